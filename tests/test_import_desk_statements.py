"""How many statements the desk takes, with a file of 5,000 pieces."""

from __future__ import annotations

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.import_vocabulary import Danger, ItemDecision
from education.models import ImportedItem, ImportedLine
from tests.factories import PortalTestCase, count_rows_anew, make_question, make_topic
from tests.imported import (
    make_file,
    make_medicine_piece,
    make_question_piece,
    make_topic_piece,
)

PIECES = 5_000
MOST = 12
#: Far more than it takes, but less than a list that is read whole for every row.
SECONDS = 10


class StatementTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.file = make_file(cls.ana)
        cls.piece = make_question_piece(cls.file)
        cls.topic = make_topic_piece(cls.file)
        cls.medicine = make_medicine_piece(cls.file)
        pages = [make_question(f"What is a migraine of kind {n}?") for n in range(25)]
        for number in range(5):
            make_topic(f"Migraine {number}")
        cls._make_many(pages)
        count_rows_anew()

    @classmethod
    def _make_many(cls, pages: list) -> None:
        """Every twentieth is decided and in a page; every tenth is dangerous."""
        model = cls.piece
        ImportedItem.objects.bulk_create(
            ImportedItem(
                file=cls.file,
                kind=model.kind,
                key=f"{number}",
                digest="0",
                position=number,
                title=f"Is it number {number}?",
                topic=f"Topic {number % 50}",
                state=model.state,
                danger="" if number % 10 else Danger.HIGH,
                content=model.content,
                decision="open" if number % 20 else ItemDecision.ACCEPTED,
                page_id=None if number % 20 else pages[number % 25].pk,
                decided_by=None if number % 20 else cls.ana,
            )
            for number in range(10, PIECES)
        )
        ImportedLine.objects.bulk_create(
            ImportedLine(
                file=cls.file,
                number=number,
                place=f"line {number}",
                text="It throbs.",
                role="plain",
                disposition="answer",
            )
            for number in range(100, 2 * PIECES)
        )

    def setUp(self) -> None:
        self.sign_in(self.ana)

    def assert_cheap(self, name: str, *args: int, query: str = "") -> None:
        url = f"{reverse(f'imports:{name}', args=args)}?{query}"
        self.client.get(url)  # what is kept in mind between requests
        began = time.monotonic()
        with CaptureQueriesContext(connection) as asked:
            assert self.client.get(url).status_code == 200
        said = "\n".join(query["sql"][:160] for query in asked.captured_queries)
        assert len(asked) <= MOST, f"{name}: {len(asked)}\n{said}"
        assert time.monotonic() - began < SECONDS, name

    def test_the_lists(self):
        for number in range(25):
            make_file(self.lea, f"{number}.txt")
        self.assert_cheap("files")
        self.assert_cheap("upload")
        self.assert_cheap("progress", self.file.pk)
        self.assert_cheap("lines", self.file.pk, query="p=100")
        self.assert_cheap("drafts", self.file.pk)

    def test_the_overview(self):
        last = ImportedItem.objects.filter(decision=ItemDecision.ACCEPTED).first()
        for query in ("", "show=all&order=file&p=200", f"after={last.pk}"):
            self.assert_cheap("overview", self.file.pk, query=query)

    def test_a_piece_of_each_kind_open_and_decided(self):
        decided = ImportedItem.objects.filter(decision=ItemDecision.ACCEPTED).first()
        for piece in (self.piece, self.topic, self.medicine, decided):
            query = f"after={decided.pk}" if piece != decided else ""
            self.assert_cheap("item", self.file.pk, piece.pk, query=query)
