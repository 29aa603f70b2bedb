"""The search index holds what is published, whatever happens to it or around it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction

from education.models import (
    HomePage,
    SearchDocument,
    SearchWord,
    SectionPage,
    TopicPage,
)
from education.search import index
from education.search.engines import hits
from education.search.index import rebuild, refresh
from education.search.knowledge import Way
from education.search.terms import Term
from education.vocabulary import Kind
from tests.factories import PortalTestCase, make_question, make_topic, section
from tests.searching import make_many_topics, topic

search_index = import_module("education.migrations.0003_search_index")


def indexed() -> set[int]:
    return set(SearchDocument.objects.values_list("page_id", flat=True))


def found_by(word: str) -> set[int]:
    """The pages that the database's own index gives for an analysed word."""
    sql, given = hits([Term((word,), (Way((word,), 1.0),))], "en")
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return {row[0] for row in cursor.fetchall()}


class PublicationTests(PortalTestCase):
    def committed(self, work):
        with self.captureOnCommitCallbacks(execute=True):
            return work()

    def published(self) -> TopicPage:
        return self.committed(lambda: self.publish(make_topic("Cramp")))

    def test_a_draft_is_not_taken_up_before_it_is_approved(self):
        page = make_topic("Cramp")
        self.committed(lambda: self.submit(page))
        assert indexed() == set()
        self.committed(lambda: self.approve(page))
        assert indexed() == {page.pk}
        assert found_by("cramp") == {page.pk}

    def test_an_edit_is_not_found_before_it_is_approved(self):
        page = self.published()
        page.title = "Zebra"
        self.committed(lambda: self.submit(page))
        assert found_by("zebra") == set()
        self.committed(lambda: self.approve(page))
        assert found_by("zebra") == {page.pk}
        assert "cramp" not in SearchDocument.objects.get().title

    def test_nothing_is_written_before_the_publication_is_committed(self):
        with self.captureOnCommitCallbacks():
            page = self.publish(make_topic("Cramp"))
        assert page.live
        assert indexed() == set()

    def test_a_page_that_is_taken_off_drops_out(self):
        page = self.published()
        self.committed(page.unpublish)
        assert indexed() == set()
        assert found_by("cramp") == set()

    def test_a_deleted_page_drops_out(self):
        page = topic("Cramp")
        assert found_by("cramp") == {page.pk}
        self.committed(Page.objects.get(pk=page.pk).delete)
        assert indexed() == set()
        assert found_by("cramp") == set()

    def test_the_pages_of_a_deleted_section_drop_out(self):
        topic("Cramp")
        topic("Spasm")
        self.committed(Page.objects.get(pk=section(Kind.TOPIC).pk).delete)
        assert indexed() == set()

    def test_a_page_made_private_drops_out_and_comes_back(self):
        page = self.published()
        for place in (page, page.get_parent()):
            restriction = self.committed(
                lambda place=place: PageViewRestriction.objects.create(
                    page=place, restriction_type="login"
                )
            )
            assert indexed() == set()
            self.committed(restriction.delete)
            assert indexed() == {page.pk}

    def test_moving_into_and_out_of_a_private_section(self):
        page, topics = self.published(), section(Kind.TOPIC)
        hidden = SectionPage(title="Hidden", slug="hidden", kind=Kind.TOPIC, live=False)
        HomePage.objects.get().add_child(instance=hidden)
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        self.move(page, hidden)
        assert indexed() == set()
        self.move(page, topics)
        assert indexed() == {page.pk}

    def move(self, page: Page, place: Page) -> None:
        page, place = Page.objects.get(pk=page.pk), Page.objects.get(pk=place.pk)
        self.committed(lambda: page.move(place, pos="last-child"))

    def test_moving_a_section_reads_no_page_again(self):
        page = self.published()
        SearchDocument.objects.update(title="as it was")
        parent = page.get_parent()
        last = Page.objects.child_of(HomePage.objects.get()).last()
        self.committed(lambda: parent.move(last, pos="right"))
        assert SearchDocument.objects.get().title == "as it was"


class BrokenIndexTests(PortalTestCase):
    def setUp(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE education_searchdocument")

    @contextmanager
    def committed(self) -> Iterator[None]:
        """Run what follows the commit, in a transaction of its own, as it would be."""
        with self.captureOnCommitCallbacks() as callbacks:
            yield
        for callback in callbacks:
            before = transaction.savepoint()
            callback()
            transaction.savepoint_rollback(before)

    def test_publishing_and_taking_off_work_without_and_it_is_logged(self):
        page = make_topic("Cramp")
        with self.assertLogs("education.search", "ERROR") as logs:
            with self.committed():
                self.publish(page)
            assert TopicPage.objects.get(pk=page.pk).live
            with self.committed():
                TopicPage.objects.get(pk=page.pk).unpublish()
        assert not TopicPage.objects.get(pk=page.pk).live
        assert len(logs.output) == 2
        assert f"page {page.pk}" in logs.output[0]

    def test_deleting_and_making_private_work_without(self):
        page = make_topic("Cramp", live=True)
        with self.assertLogs("education.search", "ERROR"):
            with self.committed():
                PageViewRestriction.objects.create(page=page)
            with self.committed():
                Page.objects.get(pk=page.pk).delete()
        assert not Page.objects.filter(pk=page.pk).exists()


class RefreshTests(PortalTestCase):
    def test_what_is_published_while_it_reads_is_read_again(self):
        page = topic("Cramp")
        reading = index.entries_of

        def reading_slowly(pages):
            entries = reading(pages)
            index.entries_of = reading
            TopicPage.objects.filter(pk=page.pk).update(
                title="Zebra", last_published_at="2030-01-01T00:00Z"
            )
            return entries

        index.entries_of = reading_slowly
        self.addCleanup(setattr, index, "entries_of", reading)
        refresh([page.pk])
        assert SearchDocument.objects.get().title == "zebra"

    def test_a_rebuild_beside_a_publication_forgets_no_words(self):
        for title in ("Cramp", "Spasm"):
            page = topic(title)
        writing = index._write

        def writing_slowly(entries, ids):
            index._write = writing
            writing(entries, ids)
            TopicPage.objects.filter(pk=page.pk).update(
                last_published_at="2030-01-01T00:00Z"
            )

        index._write = writing_slowly
        self.addCleanup(setattr, index, "_write", writing)
        for _ in rebuild():
            pass
        words = set(SearchWord.objects.values_list("word", flat=True))
        assert {"cramp", "spasm"} <= words

    def test_what_is_taken_off_while_it_reads_drops_out(self):
        page = topic("Cramp")
        reading = index.entries_of

        def reading_slowly(pages):
            entries = reading(pages)
            index.entries_of = reading
            TopicPage.objects.filter(pk=page.pk).update(live=False)
            return entries

        index.entries_of = reading_slowly
        self.addCleanup(setattr, index, "entries_of", reading)
        refresh([page.pk])
        assert indexed() == set()


class RebuildTests(PortalTestCase):
    def setUp(self):
        make_many_topics(120)
        self.hidden = make_question()

    def rebuilt(self) -> str:
        said = StringIO()
        call_command("rebuild_search", stdout=said)
        return said.getvalue()

    def test_says_how_many_pages_can_be_found(self):
        assert self.rebuilt() == "Pages that search can find: 120\n"

    def test_mends_what_is_missing_wrong_and_left_over(self):
        first, second, *_ = sorted(indexed())
        SearchDocument.objects.filter(pk=first).delete()
        SearchDocument.objects.filter(pk=second).update(title="zebra")
        for stray in (self.hidden.pk, 999_999):
            SearchDocument.objects.create(page_id=stray, title="zebra")
        self.rebuilt()
        assert found_by("zebra") == set()
        assert len(found_by("cramp")) == len(indexed()) == 120

    def test_may_be_stopped_and_started_again(self):
        SearchDocument.objects.all().delete()
        assert next(rebuild()) == index.BATCH
        assert len(indexed()) == index.BATCH
        self.rebuilt()
        assert len(indexed()) == 120


class WordsTests(PortalTestCase):
    def test_the_database_keeps_every_word_as_it_was_analysed(self):
        """Both split and drop words by rules of their own, were they let."""
        chance = random.Random(7)  # noqa: S311
        signs = "abcdefxopqrstz0123456789"
        words = ["1e5", "0x1f", "1point5e3", "e", "00", "007", "nbsp", "a" * 40]
        words += [
            "".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in "x" * 300
        ]
        SearchDocument.objects.create(page_id=1, language="en", body=" ".join(words))
        assert [word for word in words if found_by(word) != {1}] == []

    def test_long_pages_and_words_fit(self):
        text = " ".join(f"{number:05}{'x' * 35}" for number in range(30_000))
        topic("Cramp", text=text)
        assert len(found_by("cramp")) == 1


class MigrationTests(PortalTestCase):
    def test_goes_back_and_forth_and_keeps_the_documents_findable(self):
        page = topic("Cramp")
        for statements in (search_index.BACK, search_index.FORWARD):
            with connection.cursor() as cursor:
                for statement in statements[connection.vendor]:
                    cursor.execute(statement)
        assert found_by("cramp") == {page.pk}
        spasm = topic("Spasm")
        assert found_by("spasm") == {spasm.pk}
