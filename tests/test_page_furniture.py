"""What stands on or around every page: review line, banner, previews, errors."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.test import SimpleTestCase
from django.utils import timezone

from education.blocks import AnswerBlock, CareCardBlock, SectionBlock
from education.models import (
    DemonstrationItem,
    FAQPage,
    HomePage,
    MedicationPage,
    NeededPage,
    SectionPage,
    SignOff,
    TaggedPage,
    TopicPage,
)
from education.vocabulary import Kind
from tests.factories import (
    PortalTestCase,
    fresh,
    make_medicine,
    make_tag,
    make_topic,
    section,
)
from tests.test_pages import PageTestCase, card, words

BANNER = "Demonstration content, not medical advice; not reviewed by a clinician."


class ReviewLineTests(PageTestCase):
    def test_a_page_says_who_reviewed_it_and_when_it_is_due(self) -> None:
        page = self.publish(make_topic())
        today = timezone.now()
        due = today.replace(year=today.year + 3)
        self.says_in_order(
            page.address,
            f"Reviewed by Ben Example on {today:%-d %B %Y} .",
            f"Next review due {due:%-d %B %Y} .",
        )
        assert f'<time datetime="{today:%Y-%m-%d}">' in self.read(page.address)

    def test_a_medicine_names_both_reviewers(self) -> None:
        page = self.publish(make_medicine())
        assert "Reviewed by Ben Example and Chloe Example on" in words(
            self.read(page.address)
        )

    def test_credentials_stand_behind_the_name(self) -> None:
        page = self.publish(make_topic())
        said = SignOff(
            page=page,
            revision=page.live_revision,
            reviewer=self.chloe,
            reviewer_name="Chloe Example",
            reviewer_credentials="MD, PhD",
            decision="approved",
            completes=True,
            signed_at=datetime(2027, 2, 3, tzinfo=UTC),
        )
        said.save()
        assert "Ben Example and Chloe Example, MD, PhD on 3 February 2027" in words(
            self.read(page.address)
        )

    def test_without_a_sign_off_nothing_is_claimed(self) -> None:
        page = make_topic(live=True)
        assert "Reviewed" not in self.read(page.address)

    def test_an_edit_that_waits_leaves_the_line_alone(self) -> None:
        page = self.publish(make_topic())
        page.title = "Changed words"
        self.submit(page)
        said = self.read(page.address)
        assert "Changed words" not in said
        assert "Reviewed by Ben Example" in words(said)


class HomeTests(PageTestCase):
    def test_it_opens_every_way_in(self) -> None:
        topic = make_topic(live=True)
        TaggedPage.objects.create(tag=make_tag("Calf"), content_object_id=topic.pk)
        NeededPage.objects.create(page=HomePage.objects.get(), needed=topic)
        self.says_in_order(
            "/",
            "Health information you can trust",
            "What do you want to know?",
            "Health topics",
            "1 page",
            "Questions",
            "0 pages",
            "Most needed Muscle cramps",
            "Find it by name",
            "Body area Calf",
            "Newest Muscle cramps",
        )
        said = self.read("/")
        assert 'href="/a-to-z/?letter=M"' in said
        assert 'action="/search/"' in said

    def test_an_empty_portal_has_a_home_page(self) -> None:
        said = words(self.read("/"))
        assert "Newest" not in said
        assert "Most needed" not in said


class BannerTests(PageTestCase):
    def test_demonstration_content_says_so_on_every_page(self) -> None:
        page = make_topic(live=True)
        addresses = ("/", "/topics/", page.address, "/tags/", "/a-to-z/", "/search/")
        for address in addresses:
            assert BANNER not in self.read(address)
        DemonstrationItem.objects.note(page)
        for address in addresses:
            assert self.read(address).count(BANNER) == 1


class PreviewTests(PageTestCase):
    """The editor shows a page as readers will see it, saved or not."""

    def preview(self, page: Any) -> str:
        response = page.make_preview_request()
        assert response.status_code == 200
        return response.content.decode()

    def test_a_page_that_was_never_saved(self) -> None:
        for model in (TopicPage, FAQPage, MedicationPage):
            draft = model(title="Not saved yet", summary="A summary.")
            draft.set_url_path(section(model.page_kind))
            assert "<h1>Not saved yet</h1>" in self.preview(draft)

    def test_a_draft_shows_its_new_words(self) -> None:
        page = make_topic(live=True)
        page.title = "New words"
        page.save_revision()
        draft = fresh(page).get_latest_revision_as_object()
        assert "<h1>New words</h1>" in self.preview(draft)

    def test_home_and_sections(self) -> None:
        assert "<h1>" in self.preview(HomePage.objects.get())
        for page in SectionPage.objects.all():
            assert f"<h1>{page.title}</h1>" in self.preview(page)


class BlockTests(SimpleTestCase):
    def test_what_editors_type_is_never_taken_for_markup(self) -> None:
        evil = "<script>alert(1)</script>"
        raw = [
            {"type": "do", "value": {"heading": evil, "items": [evil]}},
            {"type": "dont", "value": {"heading": evil, "items": [evil]}},
            {"type": "steps", "value": {"heading": evil, "items": [evil]}},
            {
                "type": "table",
                "value": {
                    "caption": evil,
                    "table": {
                        "columns": [{"type": "text", "heading": evil}],
                        "rows": [{"values": [evil]}],
                    },
                },
            },
        ]
        block = AnswerBlock()
        assert "<script" not in block.render(block.to_python(raw))
        said = card("urgent", evil)["value"] | {"reasons": [evil]}
        block = CareCardBlock()
        assert "<script" not in block.render(block.to_python(said))

    def test_each_thing_to_avoid_says_do_not(self) -> None:
        block = AnswerBlock()
        raw = [{"type": "dont", "value": {"heading": "", "items": ["wait", "drive"]}}]
        html = block.render(block.to_python(raw))
        assert re.findall(r"do not (\w+)", html) == ["wait", "drive"]

    def test_the_first_cell_names_its_row(self) -> None:
        block = AnswerBlock()
        value = block.child_blocks["table"].meta.preview_value
        html = block.render(block.to_python([{"type": "table", "value": value}]))
        assert html.count('<th scope="col">') == 3
        assert html.count('<th scope="row">') == 1
        assert 'tabindex="0"' in html

    def test_a_section_previews_alone(self) -> None:
        block = SectionBlock()
        html = block.render(block.to_python(block.meta.preview_value))
        assert "<h2>Overview</h2>" in html


class ErrorPageTests(PortalTestCase):
    def test_a_missing_page_offers_ways_on_and_asks_the_database_nothing(self) -> None:
        with self.assertNumQueries(0):
            response = self.client.get("/no/such/page/here/")
        assert response.status_code == 404
        said = response.content.decode()
        for part in ("We cannot find that page", 'action="/search/"', "/a-to-z/"):
            assert part in said

    def test_the_last_resort_needs_nothing(self) -> None:
        with self.assertNumQueries(0):
            said = render_to_string("500.html")
        assert "The fault is ours" in said


def test_kinds_know_where_their_lists_are() -> None:
    assert [kind.address for kind in Kind] == ["/topics/", "/questions/", "/medicines/"]
