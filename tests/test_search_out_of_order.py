"""The index is gone or broken: people still find pages, and pages still go live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from education.management.mending_search import mend
from education.models import SearchDocument
from education.search.index import rebuild
from education.search.without_index import MOST_PAGES, titles_like
from education.vocabulary import Kind
from tests.damage import DamageTestCase, breakages, run
from tests.factories import (
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
)
from tests.searching import RESULT, make_many_topics, publish_at_once, topic

NOTICE = "Search is being repaired"


class WithoutIndexTests(PortalTestCase):
    """What is found by names alone; no test here has a document to read."""

    def setUp(self):
        self.cramp = topic("Muscle cramps", "Calf", also=["Charley horse"])
        self.asked = publish_at_once(make_question("What is a cramp?"))
        self.drug = publish_at_once(
            make_medicine("Acetaminophen", generic_name="paracetamol"),
            brands=["Tylenol"],
        )
        SearchDocument.objects.all().delete()

    def found(self, text, kind=None, tag=None, now=None):
        with self.assertNumQueries(1 if text.strip("%_'\\ .\0") else 0):
            return titles_like(text, "en", now or timezone.now(), kind, tag)

    def test_finds_a_page_by_what_it_is_called(self):
        for words in ("muscle", "CRAMPS muscle", "charley horse", "muscle pain cramp"):
            assert self.found(words)[0] == self.cramp.pk, words
        for words in ("tylenol", "paracetamol", "Acetaminophens"):
            assert self.found(words) == [self.drug.pk], words

    def test_pages_with_more_of_the_words_come_first(self):
        assert self.found("cramp") == [self.cramp.pk, self.asked.pk]
        riding = topic("Horse riding")
        assert self.found("charley horse") == [self.cramp.pk, riding.pk]
        assert self.found("muscle cramp") == [self.cramp.pk, self.asked.pk]

    def test_keeps_to_the_kind_and_the_tag_that_were_asked_for(self):
        assert self.found("cramp", kind=Kind.QUESTION) == [self.asked.pk]
        assert self.found("cramp", tag=make_tag("Calf")) == [self.cramp.pk]
        assert self.found("cramp", tag=make_tag("Pain")) == []

    def test_signs_of_the_database_are_only_signs(self):
        for text in ("%", "_", "\\", "'", "' OR 1=1 --", "%%%", "\0", "", " . "):
            assert self.found(text) == [], text
        for text in ("_ramps", "%uscle", "ramps"):
            assert self.found(text) == [], text

    def test_any_input_is_taken(self):
        assert self.found("cramp " * 3000) != []
        assert self.found("x" * 100_000) == []
        assert self.found("\ud800 cramp \U0001f600") != []
        assert self.found(" ".join(f"word{n}" for n in range(1900))) == []

    def test_is_bounded(self):
        make_many_topics(60)
        assert len(self.found("cramp")) == MOST_PAGES

    def test_hides_what_the_public_may_not_see(self):
        now = timezone.now()
        make_topic("Cramp draft")
        later, gone = topic("Cramp later"), topic("Cramp gone")
        pages = type(later).objects
        pages.filter(pk=later.pk).update(go_live_at=now + timedelta(hours=1))
        pages.filter(pk=gone.pk).update(expire_at=now - timedelta(hours=1))
        private = topic("Cramp private")
        private.view_restrictions.create(restriction_type="login")
        wanted = {self.cramp.pk, self.asked.pk}
        assert set(self.found("cramp", now=now)) == wanted
        assert titles_like("cramp", "es", now, None, None) == []


class IndexIsBrokenTests(DamageTestCase):
    def setUp(self):
        super().setUp()
        topic("Cramp", "Calf", also=["Charley horse"])
        make_topic("Cramp draft")

    def ask(self, words: str) -> HttpResponse:
        return self.client.get("/search/", {"q": words})

    @contextmanager
    def broken(self, name: str, statements: list[str]) -> Iterator[None]:
        with self.subTest(name):
            run(statements)
            try:
                yield
            finally:
                mend()
                list(rebuild())

    def test_search_answers_with_a_notice_and_pages(self):
        run(["DROP TABLE education_searchdocument"])
        response = self.ask("charley horse")
        self.assertContains(response, NOTICE)
        self.assertContains(response, 'value="charley horse"')
        assert RESULT.findall(response.content.decode()) == ["Cramp"]

    def test_nothing_found_by_name_shows_the_lists(self):
        run(["DROP TABLE education_searchdocument"])
        response = self.ask("zebra")
        self.assertContains(response, NOTICE)
        self.assertContains(response, "A to Z")

    def test_no_breakage_makes_an_error_page_or_shows_a_draft(self):
        for way in breakages().items():
            with self.broken(*way):
                for words in (
                    "cramp",
                    "zebra",
                    "",
                    "cramp%",
                    "c\u00f3lico",
                    "cramp " * 2000,
                ):
                    response = self.ask(words)
                    assert response.status_code == 200, words
                    self.assertNotContains(response, "Cramp draft")

    def test_pages_are_published_and_withdrawn_all_the_same(self):
        for way in breakages().items():
            with self.broken(*way):
                page = publish(make_topic(f"Rash {way[0]}"), self.ana, self.ben)
                assert fresh(page).live
                assert self.client.get(page.address).status_code == 200
                fresh(page).unpublish()
                assert self.client.get(page.address).status_code == 404

    def test_a_page_published_meanwhile_is_found_once_it_is_mended(self):
        run(["DROP TABLE education_searchdocument"])
        publish(make_topic("Rash"), self.ana, self.ben)
        mend()
        list(rebuild())
        assert RESULT.findall(self.ask("rash").content.decode()) == ["Rash"]
