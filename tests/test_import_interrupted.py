"""An import that is killed and started again ends as if it had never been killed."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from education.import_vocabulary import ImportState
from education.importer.keeping import carry_on_unfinished, carrying_on, store
from education.importer.reading import read_file
from education.models import (
    ClinicalPage,
    FAQPage,
    ImportedFile,
    ImportedItem,
    ImportedLine,
    Provenance,
)
from tests.factories import set_the_scene
from tests.importing import MEDICINE, NOW, PAPER, TOPIC, naming

KILLS = 20


class InterruptedTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        set_the_scene(self)
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "paper.txt"
        self.file.write_text(PAPER)
        # Small pieces, so that there is much to interrupt.
        for name in ("LINES_AT_ONCE", "ITEMS_AT_ONCE"):
            patched = mock.patch.object(carrying_on, name, 2)
            patched.start()
            self.addCleanup(patched.stop)

    def apply(self) -> None:
        with naming(TOPIC, MEDICINE):
            call_command(
                "import_questions",
                str(self.file),
                "--apply",
                "--user",
                "ana",
                stdout=StringIO(),
            )

    def in_a_child(self, do: Callable[[], Any], kill_at: int = 0) -> tuple[int, int]:
        """Do it in a process of its own, killed before its n-th statement.

        How it ended, and how many statements it took.
        """
        connections.close_all()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            self._as_the_child(do, kill_at, writer)
        os.close(writer)
        with os.fdopen(reader) as told:
            statements = told.read()
        _, ended = os.waitpid(child, 0)
        return ended, int(statements or 0)

    def _as_the_child(self, do: Callable[[], Any], kill_at: int, writer: int) -> None:
        count = 0

        def counted(execute: Any, *statement: Any) -> Any:
            nonlocal count
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*statement)

        status = 1
        try:
            with connection.execute_wrapper(counted):
                do()
            os.write(writer, str(count).encode())
            status = 0
        finally:
            connections.close_all()
            os._exit(status)

    def test_killed_at_twenty_points_it_ends_as_a_clean_run(self):
        ended, statements = self.in_a_child(self.apply)
        assert ended == 0
        clean = state()
        assert len(clean["pages"]) == 5
        points = random.SystemRandom().sample(range(1, statements + 1), KILLS)
        for point in sorted(points):
            with self.subTest(f"killed before statement {point} of {statements}"):
                clear()
                ended, _ = self.in_a_child(self.apply, kill_at=point)
                assert os.WTERMSIG(ended) == signal.SIGKILL
                assert not ClinicalPage.objects.filter(live=True).exists()
                ended, _ = self.in_a_child(self.apply)
                assert ended == 0
                assert state() == clean

    def test_two_at_once_end_as_one(self):
        self.in_a_child(self.apply)
        clean = state()
        clear()
        connections.close_all()
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                self._as_the_child(self.apply, 0, os.open(os.devnull, os.O_WRONLY))
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        assert state() == clean

    def test_the_schedule_goes_on_with_what_was_cut_short(self):
        self.enterContext(naming())
        file = store(read_file("paper.txt", PAPER.encode()), self.ana, NOW)
        self.in_a_child(lambda: carry_on_unfinished(NOW), kill_at=25)
        file.refresh_from_db()
        assert file.state == ImportState.SORTING
        call_command("run_schedule", stdout=StringIO())
        file.refresh_from_db()
        assert file.state == ImportState.READY
        assert file.items.count() == 3
        assert not FAQPage.objects.exists()


def clear() -> None:
    """Take away what a run has left, and nothing else."""
    ImportedFile.objects.all().delete()
    for page in ClinicalPage.objects.all():
        page.specific.delete()


def state() -> dict[str, list[Any]]:
    """Everything that a run leaves, without keys and times."""
    return {
        "pages": [_page(page) for page in ClinicalPage.objects.order_by("slug")],
        "items": list(
            ImportedItem.objects.order_by("position").values(
                "kind",
                "key",
                "digest",
                "title",
                "topic",
                "state",
                "danger",
                "content",
                "decision",
                "reason",
                "page__slug",
                "decided_by",
            )
        ),
        "lines": list(
            ImportedLine.objects.order_by("number").values(
                "number", "place", "text", "role", "section", "disposition"
            )
        ),
        "files": list(
            ImportedFile.objects.values("name", "sha256", "state", "total", "done")
        ),
        "provenance": list(
            Provenance.objects.order_by("page__slug").values(
                "page__slug", "item__key", "places", "words", "rights"
            )
        ),
    }


def _page(page: ClinicalPage) -> dict[str, Any]:
    page = page.as_its_kind()
    newest = page.get_latest_revision_as_object()
    rows = {
        name: sorted(str(row) for row in getattr(page, name).all())
        for name in (
            "other_words",
            "references",
            "topic_rows",
            "medicine_rows",
            "brands",
            "tags",
        )
        if hasattr(page, name)
    }
    return rows | {
        "slug": page.slug,
        "title": page.title,
        "live": page.live,
        "owner": page.owner_id,
        "url": page.url_path,
        "short_answer": getattr(newest, "short_answer", ""),
        "answer": [str(block.value) for block in getattr(newest, "answer", ())],
        "versions": page.revisions.count(),
    }
