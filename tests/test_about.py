"""What the site says of itself, and what it says when something is not there."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import override_settings

from education.models import DemonstrationItem
from education.richtext import plain_text
from education.writing.readability import reading_grade
from tests.factories import PortalTestCase
from tests.test_pages import PageTestCase


class AboutTests(PageTestCase):
    def test_it_says_who_writes_who_approves_and_when_it_is_read_again(self) -> None:
        self.says_in_order(
            "/about/",
            "About this content",
            "Who writes it",
            "Nobody can approve a page that they wrote or changed.",
            "A page about a medicine needs 2 people to approve it.",
            "that is after 3 years.",
            "For a medicine, it is after 2 years.",
            "Tell us about a mistake, or complain",
        )

    def test_it_does_not_say_so_of_demonstration_content(self) -> None:
        notice = "Nobody in health care has read it."
        assert notice not in self.read("/about/")
        DemonstrationItem.objects.create(kind="wagtailcore.page", object_id=1)
        assert notice in self.read("/about/")

    def test_every_page_leads_to_it_and_to_the_accessibility_statement(self) -> None:
        for address in ("/", "/tags/", "/search/", "/about/"):
            said = self.read(address)
            assert 'href="/about/"' in said
            assert 'href="/accessibility/"' in said

    def test_readers_are_told_how_to_reach_those_who_answer_for_it(self) -> None:
        for address in ("/about/", "/accessibility/"):
            with override_settings(CONTACT="Write to <desk@example.org>."):
                assert "Write to &lt;desk@example.org&gt;." in self.read(address)
            with override_settings(CONTACT=""):
                assert "Ask the organization that runs this site." in self.read(address)


class AccessibilityStatementTests(PageTestCase):
    def test_it_owns_up_to_what_was_not_tested(self) -> None:
        self.says_in_order(
            "/accessibility/",
            "What we test",
            "What we know does not work well",
            "People who use a screen reader have not tested this site yet.",
            "Tell us what you cannot use",
        )


class PlainWordsTests(PageTestCase):
    def test_both_can_be_read_after_six_years_at_school(self) -> None:
        for address in ("/about/", "/accessibility/"):
            main = self.read(address).split("<main")[1].split("</main>")[0]
            grade = reading_grade(plain_text(main))
            assert grade is not None
            assert grade <= 6, (address, grade)


class HelpOnErrorPagesTests(PortalTestCase):
    def test_they_offer_search_ways_on_and_what_to_do_in_an_emergency(self) -> None:
        with self.assertNumQueries(0):
            pages = [render_to_string(name) for name in ("404.html", "500.html")]
        for said in pages:
            for part in (
                'action="/search/"',
                'href="/topics/"',
                'href="/a-to-z/"',
                'href="/"',
                "call 911 or your local emergency number",
            ):
                assert part in said
            assert said.count("<h1>") == 1
