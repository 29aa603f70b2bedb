"""`manage.py rebuild_search`: whatever befell the index, one command makes it whole."""

from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from education.management.progress import Progress
from education.models import SearchDocument
from education.search.finding import MOST_FOUND
from education.search.index import rebuild
from tests.damage import DamageTestCase, all_that_is_known, breakages, run, schema
from tests.factories import PortalTestCase, make_question
from tests.searching import SearchTestCase, make_many_topics, topic


class Terminal(StringIO):
    """A screen, and a person at it who may press Ctrl-C after some lines."""

    def __init__(self, patience: int = 10_000) -> None:
        super().__init__()
        self.patience = patience

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.patience -= 1
        if self.patience == 0:
            raise KeyboardInterrupt
        return super().write(text)


def rebuilt(*options: str, out: StringIO | None = None) -> str:
    out = out or StringIO()
    call_command("rebuild_search", *options, stdout=out, stderr=out)
    return out.getvalue()


class ProgressTests(PortalTestCase):
    def setUp(self):
        make_many_topics(120)

    def test_a_terminal_shows_one_line_that_redraws(self):
        said = rebuilt(out=Terminal())
        bar, last = said.strip().splitlines()[-2:]
        assert "[####################] 120 of 120 pages, 100%" in bar
        assert bar.count("\r") == 0
        assert last == "Pages that search can find: 120"
        assert said.startswith("\r[")

    def test_a_file_gets_a_line_every_few_seconds(self):
        now = iter(range(0, 100, 2))
        out = StringIO()
        progress = Progress(OutputWrapper(out), 3000, clock=lambda: next(now))
        for done in range(50, 3001, 200):
            progress.tell(done)
        first, second, *_ = out.getvalue().splitlines()
        assert first == "450 of 3,000 pages, 15%, 75 pages a second, 34 s left"
        assert second == "1,050 of 3,000 pages, 35%, 88 pages a second, 22 s left"

    def test_says_nothing_when_told_to_be_quiet(self):
        assert rebuilt("--quiet") == ""
        assert rebuilt("--quiet", out=Terminal()) == ""

    def test_a_portal_without_pages_is_no_error(self):
        SearchDocument.objects.all().delete()
        run(["DELETE FROM education_searchword"])
        assert "Pages that search can find" in rebuilt(out=Terminal())

    def test_ctrl_c_ends_it_with_a_sentence(self):
        out = Terminal(patience=1)
        with pytest.raises(SystemExit) as ended:
            rebuilt(out=out)
        assert ended.value.code == 130
        said = out.getvalue().splitlines()[-1]
        assert said == (
            "Stopped after 50 of 120 pages; run it again to finish. Search goes on "
            "with what it knows."
        )

    def test_stopped_and_run_again_it_comes_to_the_same(self):
        rebuilt()
        before = all_that_is_known()
        assert before["SearchDocument"]
        SearchDocument.objects.update(title="zebra")
        with pytest.raises(SystemExit):
            rebuilt(out=Terminal(patience=1))
        assert all_that_is_known() != before
        rebuilt()
        assert all_that_is_known() == before

    def test_run_twice_it_comes_to_the_same(self):
        rebuilt()
        before = all_that_is_known()
        rebuilt()
        assert all_that_is_known() == before

    def test_only_what_is_missing_leaves_the_rest_alone(self):
        kept, lost, *_ = SearchDocument.objects.order_by("pk").values_list(
            "pk", flat=True
        )
        SearchDocument.objects.filter(pk=kept).update(summary="zebra")
        SearchDocument.objects.filter(pk=lost).delete()
        hidden = make_question()
        SearchDocument.objects.create(page_id=hidden.pk, language="en", title="zebra")
        assert "Pages that were read: 2\n" in rebuilt("--only-missing")
        assert SearchDocument.objects.get(pk=kept).summary == "zebra"
        assert SearchDocument.objects.filter(pk=lost).exists()
        assert not SearchDocument.objects.filter(pk=hidden.pk).exists()


class LeftOverTests(SearchTestCase):
    """Rows of the index that somebody wrote by hand, or that a crash left behind."""

    def test_drafts_and_pages_that_are_gone_are_never_shown(self):
        shown = topic("Cramp")
        document = SearchDocument.objects.get(pk=shown.pk)
        for stray in (make_question("What is a cramp?").pk, 999_999):
            document.pk = stray
            document.save(force_insert=True)
        assert self.titles("cramp") == ["Cramp"]
        rebuilt()
        assert set(SearchDocument.objects.values_list("pk", flat=True)) == {shown.pk}

    def test_a_page_that_was_withdrawn_behind_the_indexs_back_is_not_shown(self):
        page, _ = topic("Cramp"), topic("Cramp of the foot")
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
        assert self.titles("cramp") == ["Cramp of the foot"]


class MendingTests(DamageTestCase):
    def setUp(self):
        super().setUp()
        self.page = topic("Cramp", also=["Charley horse"])
        topic("Rash")

    def titles(self, words: str) -> list[str]:
        return SearchTestCase.titles(self, words)

    def ask(self, words: str):
        return self.client.get("/search/", {"q": words})

    def test_whatever_broke_is_whole_again(self):
        rebuilt()
        before, known = schema(), all_that_is_known()
        for name, statements in breakages().items():
            with self.subTest(name):
                run(statements)
                said = rebuilt()
                assert "again" in said or "back" in said, said
                assert schema() == before
                assert all_that_is_known() == known
                assert self.titles("charley horse") == ["Cramp"]
                assert self.titles("rash") == ["Rash"]
                topic(f"Sprain {name}")
                assert self.titles("sprain") == [f"Sprain {name}"]
                type(self.page).objects.filter(title__startswith="Sprain").delete()
                rebuilt()

    def test_what_is_whole_is_left_alone(self):
        assert rebuilt() == "Pages that search can find: 2\n"

    def test_before_the_migrations_ran_it_says_so(self):
        recorder = MigrationRecorder(connection)
        applied = recorder.migration_qs.filter(app="education", name__gte="0006")
        names = list(applied.values_list("name", flat=True))
        run(["DROP TABLE education_suggestion"])
        applied.delete()
        try:
            with pytest.raises(CommandError) as refused:
                rebuilt()
        finally:
            for name in names:
                recorder.record_applied("education", name)
        assert str(refused.value) == (
            "education_suggestion is missing. Run `manage.py migrate` first."
        )


class BesideOthersTests(DamageTestCase):
    """Readers search, and somebody else rebuilds, at the same time."""

    def setUp(self):
        super().setUp()
        make_many_topics(120)
        rebuilt()
        self.failed: list[BaseException] = []

    def in_a_thread(self) -> threading.Thread:
        def work() -> None:
            try:
                for _ in range(3):
                    list(rebuild())
            except BaseException as error:
                self.failed.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def test_readers_find_all_pages_all_the_time(self):
        thread = self.in_a_thread()
        answers = []
        while thread.is_alive():
            answers.append(self.client.get("/search/", {"q": "cramp"}))
        thread.join()
        assert self.failed == []
        assert len(answers) > 2
        for answer in answers:
            self.assertContains(answer, f"{MOST_FOUND} pages")

    def test_two_at_once_come_to_the_same(self):
        known = all_that_is_known()
        for thread in [self.in_a_thread(), self.in_a_thread()]:
            thread.join()
        assert self.failed == []
        assert all_that_is_known() == known
