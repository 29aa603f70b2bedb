"""Words of self-harm show the card, and nothing that pages say of harm."""

from __future__ import annotations

from unittest.mock import patch

from django.db import DatabaseError, connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from education.models import EmergencyCard
from education.search.query import parse
from tests.searching import SearchTestCase, titles_on, topic

CRISIS = ("i want to die", "kill myself", "suicidal", "quiero morir")
CARD = 'class="care-card" data-level="emergency"'
HELP = "Talking with someone can help."
STATEMENTS = 6


class WordsOfSelfHarmTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Overdose", "Pain", text="It can kill. People want to die, suicidal.")
        topic("Die for it", text="Kill myself. Some people have died.")

    def test_the_card_shows_and_no_page(self):
        for words in CRISIS:
            page = self.ask(words)
            self.assertContains(page, CARD, 1)
            self.assertContains(page, HELP, 1)
            self.assertContains(page, "How to get care", 1)
            self.assertNotContains(page, "page-list")
            self.assertNotContains(page, "Overdose")
            self.assertNotContains(page, "Die for it")

    def test_nothing_else_is_offered_and_no_word_is_set_right(self):
        page = self.ask("i want to die overdsoe", kind="topic", tag="pain")
        self.assertContains(page, CARD, 1)
        for said in ("Showing results", "Did you mean", "Use fewer words", "By kind"):
            self.assertNotContains(page, said)
        for said in ("Narrow by tag", "Only pages with", "Check the spelling"):
            self.assertNotContains(page, said)

    def test_a_graver_card_stands_alone_too_beside_words_of_self_harm(self):
        page = self.ask("took too many pills want to die")
        self.assertContains(page, "tel:18002221222", 1)
        self.assertNotContains(page, "page-list")
        page = self.ask("overdose")
        self.assertContains(page, "tel:18002221222", 1)
        self.assertContains(page, "page-list")

    def test_one_link_shows_the_pages_all_the_same(self):
        page = self.ask("i want to die")
        link = '<a href="?q=i+want+to+die&amp;pages=1">Show pages with these words</a>'
        self.assertContains(page, link, 1, html=True)
        page = self.ask("i want to die", pages="1")
        self.assertContains(page, CARD, 1)
        self.assertNotContains(page, HELP)
        assert "Die for it" in titles_on(page.content.decode())

    def test_the_choice_stays_while_one_reads_on_and_ends_with_other_words(self):
        query = parse(QueryDict("q=die&pages=1"), "en", None)
        assert query.narrowed(tag="pain").parameters == "q=die&tag=pain&pages=1"
        assert query.for_text("cramp").parameters == "q=cramp"

    def test_other_emergencies_still_list_pages(self):
        page = self.ask("overdose")
        self.assertContains(page, CARD, 1)
        assert titles_on(page.content.decode()) == ["Overdose"]

    def test_a_card_may_be_told_to_list_pages_again(self):
        self.ask("suicidal")
        for card in EmergencyCard.objects.filter(name="crisis"):
            card.stands_alone = False
            card.save()
        page = self.ask("suicidal")
        self.assertContains(page, CARD, 1)
        assert titles_on(page.content.decode()) == ["Overdose"]

    def test_it_is_so_while_the_index_is_broken(self):
        with patch(
            "education.search.views.edition_and_surroundings", side_effect=DatabaseError
        ):
            page = self.ask("kill myself die")
            self.assertContains(page, CARD, 1)
            self.assertContains(page, HELP, 1)
            self.assertNotContains(page, "Die for it")
            page = self.ask("kill myself die", pages="1")
        self.assertContains(page, "Die for it")

    def test_no_page_is_suggested_while_typing(self):
        said = self.client.get("/search/suggest/", {"q": "die for it"}).json()
        assert [item["text"] for item in said["suggestions"]] == ["Die for it"]
        said = self.client.get("/search/suggest/", {"q": "want to die"}).json()
        assert said["emergency"]["number"] == "988"
        assert said["emergency"]["stands_alone"]
        assert said["suggestions"] == []
        assert said["corrected"] is None

    def test_it_costs_no_more_than_any_search(self):
        self.ask("suicidal")
        for words in CRISIS:
            with CaptureQueriesContext(connection) as statements:
                self.ask(words)
            assert len(statements) <= STATEMENTS, words


class TheDeskTests(SearchTestCase):
    def test_says_which_cards_stand_alone(self):
        self.sign_in(self.lea)
        page = self.client.get("/cms/emergencies/")
        count = EmergencyCard.objects.filter(stands_alone=True).count()
        assert count == 2
        self.assertContains(page, "Stands alone", count)
