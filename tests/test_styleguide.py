"""The style page: staff see every part of the public pages as readers see it."""

from __future__ import annotations

import re
from pathlib import Path

from django.template.loader import get_template

from education.look.samples import Sample, sections
from education.look.swatches import pairs, schemes
from education.models import SiteAppearance
from tests.factories import PortalTestCase

#: Made of other components, in the frame of every page, or not for the eye.
NOT_ALONE = {
    "alternates": "in the head",
    "body_figure": "on the page of the body",
    "body_way": "on lists",
    "brand": "in the header",
    "cards": "care cards one after the other",
    "care_icon": "on every care card",
    "compare_picker": "on the page that compares",
    "compare_way": "on a medicine",
    "comparison": "on the page that compares",
    "emergency_numbers": "in the footer",
    "feed_link": "in the head",
    "feedback_answer": "at the foot of a page",
    "feedback_form": "at the foot of a page",
    "feedback_trap": "not for people",
    "follow": "at the foot of a list",
    "how_to_get_care": "at the foot of a search",
    "kind_icon": "on the home page",
    "list_count": "above a list",
    "list_result": "a list and its parts",
    "navigation": "in the header",
    "page_foot": "tags, sources and review",
    "page_head": "breadcrumbs and title",
    "page_meta": "in the head",
    "search_hints": "below a search that found nothing",
    "search_meant": "above what a search found",
    "site_footer": "in the footer",
    "styles": "in the head",
    "swatch": "on the style page itself",
}


class StylePageTests(PortalTestCase):
    def read(self) -> str:
        response = self.client.get("/cms/styleguide/")
        assert response.status_code == 200
        return response.content.decode()

    def test_everybody_with_a_role_may_look_at_it_and_nobody_else(self) -> None:
        response = self.client.get("/cms/styleguide/")
        assert response.headers["Location"].startswith("/cms/login/")
        for person in (self.ana, self.ben, self.lea, self.vera, self.sam):
            self.sign_in(person)
            assert "Style page" in self.read()

    def test_it_stands_in_the_public_style_and_under_the_public_policy(self) -> None:
        self.sign_in(self.ana)
        response = self.client.get("/cms/styleguide/")
        public = self.client.get("/").headers["Content-Security-Policy"]
        assert response.headers["Content-Security-Policy"] == public
        assert "/style/" in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]

    def test_its_contents_lead_to_every_section(self) -> None:
        self.sign_in(self.ana)
        said = self.read()
        anchors = re.findall(r'<li><a href="#([\w-]+)">', said)
        assert len(anchors) > len(sections())
        for anchor in anchors:
            assert said.count(f'id="{anchor}"') == 1, anchor

    def test_no_id_stands_twice(self) -> None:
        self.sign_in(self.ana)
        ids = re.findall(r'\sid="([^"]*)"', self.read())
        assert sorted(ids) == sorted(set(ids))

    def test_it_shows_the_colors_of_the_site(self) -> None:
        SiteAppearance.objects.update(accent="#7c2855")
        self.sign_in(self.ana)
        assert 'fill="#7c2855"' in self.read()


class TestSamples:
    def test_show_every_component(self) -> None:
        """A new component is shown here, or stands in `NOT_ALONE` with a reason."""
        there = Path(get_template("education/components/styles.html").origin.name)
        components = {path.stem for path in there.parent.glob("*.html")}
        shown = {
            sample.template
            for section in sections()
            for sample in section.samples
            if isinstance(sample, Sample)
        } | {"contents"}
        assert components - NOT_ALONE.keys() == shown

    def test_say_something(self) -> None:
        for section in sections():
            for sample in section.samples:
                assert re.sub(r"<[^>]*>|\s", "", sample.html), sample.says


class TestColors:
    def test_every_pair_that_is_used_can_be_read(self) -> None:
        for accent in ("", "#005eb8", "#8a1538"):
            bad = [
                (pair.words, pair.ground)
                for pair in pairs(accent)
                if not (pair.light.is_enough and pair.dark.is_enough)
            ]
            assert bad == []

    def test_dark_screens_have_colors_of_their_own(self) -> None:
        light, dark = schemes("")
        assert light["paper"] != dark["paper"]
        assert light.keys() == dark.keys()


class TestFormErrors:
    def show(self, name: str, **given: object) -> str:
        template = get_template(f"education/components/{name}.html")
        return template.render(given)

    def test_a_summary_leads_to_the_field_that_is_wrong(self) -> None:
        said = self.show("error_summary", problem="Too long.", field="feedback-words")
        assert "There is a problem" in said
        assert '<a href="#feedback-words">Too long.</a>' in said
        assert "data-focus" in said

    def test_without_a_field_it_only_says_what_is_wrong(self) -> None:
        assert "<a " not in self.show("error_summary", problem="It is too late.")

    def test_a_field_reads_out_its_hint_and_what_is_wrong(self) -> None:
        said = self.show("feedback_words", problem="Too long.", most=400)
        assert '<label for="feedback-words">' in said
        assert 'aria-describedby="feedback-hint problem"' in said
        assert 'aria-invalid="true"' in said
        assert 'id="feedback-hint"' in said
        assert 'id="problem"' in self.show("error_summary", problem="Too long.")

    def test_what_was_typed_is_never_taken_for_markup(self) -> None:
        assert "<script>" not in self.show("feedback_words", words="<script>")
