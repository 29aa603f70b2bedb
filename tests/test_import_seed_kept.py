"""The real document becomes drafts as its key asks, and nothing but drafts.

It holds other people's words and is not part of this project, so these tests are
skipped where it does not lie beside it.
"""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core import mail
from django.core.management import call_command
from wagtail.models import WorkflowState

from education.import_vocabulary import ItemKind
from education.importer.keeping import WorkLeft, hand_over, work_left
from education.models import (
    ClinicalPage,
    FAQPage,
    ImportedFile,
    ImportedItem,
    MedicationPage,
    Provenance,
    Reference,
    ReviewSchedule,
    SignOff,
    Tag,
    TopicPage,
)
from tests.factories import PortalTestCase, fresh
from tests.importing import NOW

ROOT = Path(__file__).resolve().parent.parent
BESIDE = Path(os.environ.get("SHARED_SEED", ROOT.parent / "shared" / "seed"))
DOCUMENT = BESIDE / "muscle-spasms.txt"


@pytest.mark.skipif(
    not DOCUMENT.exists(), reason="the real document is not kept with the project"
)
class RealDocumentKeptTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.dry = _run(DOCUMENT)
        cls.pages_before = ClinicalPage.objects.count()
        mail.outbox.clear()
        cls.applied = _run(DOCUMENT, "--apply", "--user", "ana")

    def test_the_dry_run_wrote_nothing_and_said_the_same(self):
        assert self.pages_before == 0
        report = self.dry.split("\nNothing was written.")[0]
        assert self.applied.startswith(report)

    def test_every_line_is_kept_with_one_disposition(self):
        lines = ImportedFile.objects.get().lines
        assert lines.count() == 150
        assert not lines.filter(disposition="").exists()

    def test_questions_topics_and_medicines_are_drafts(self):
        assert 39 <= FAQPage.objects.count() <= 43
        assert TopicPage.objects.count() == 8
        assert MedicationPage.objects.count() == 8
        assert sum(page.brands.count() for page in MedicationPage.objects.all()) == 11
        pages = ClinicalPage.objects.all()
        assert not pages.filter(live=True).exists()
        assert Provenance.objects.count() == pages.count()

    def test_nobody_was_asked_and_nothing_was_made_up(self):
        assert not WorkflowState.objects.exists()
        assert not ReviewSchedule.objects.exists()
        assert not SignOff.objects.exists()
        assert not Reference.objects.exists()
        assert not Tag.objects.exists()
        assert mail.outbox == []

    def test_every_question_stands_under_its_topic(self):
        alone = [page for page in FAQPage.objects.all() if page.main_topic is None]
        assert alone == []

    def test_all_67_wordings_find_their_question(self):
        wordings = {
            text.casefold()
            for page in FAQPage.objects.all()
            for text in (
                page.title,
                *page.other_words.values_list("text", flat=True),
            )
        }
        asked = ImportedFile.objects.get().lines.filter(disposition="question")
        assert asked.count() == 67
        missing = [
            line.text for line in asked if line.text.strip().casefold() not in wordings
        ]
        assert missing == []

    def test_questions_without_an_answer_that_may_be_taken_wait_for_one(self):
        questions = ImportedItem.objects.filter(kind=ItemKind.QUESTION)
        unanswered = set(questions.filter(state="none").values_list("page", flat=True))
        assert len(unanswered) == 7
        # Two more have no answer but one that is gravely unsafe.
        unsafe = set(questions.filter(danger="critical").values_list("page", flat=True))
        waiting = {page for page, left in self.left().items() if left.needs_answer}
        assert unanswered < waiting
        assert waiting - unanswered < unsafe
        assert len(waiting - unanswered) == 2

    def left(self) -> dict[int, WorkLeft]:
        return work_left(list(FAQPage.objects.all()))

    def test_no_copied_answer_can_be_handed_over(self):
        pages = list(FAQPage.objects.exclude(short_answer="")[:5])
        done = hand_over(pages, self.ana, NOW)
        assert done.pages == ()
        assert all(
            any("somebody else's" in reason for reason in reasons)
            for _, reasons in done.kept_back
        )

    def test_a_second_run_changes_nothing_and_keeps_what_people_wrote(self):
        page = FAQPage.objects.exclude(short_answer="").first()
        page.short_answer = "A person's words."
        page.save_revision(user=self.lea)
        before = list(ClinicalPage.objects.order_by("pk").values())
        said = _run(DOCUMENT, "--apply", "--user", "ana")
        assert "Drafts made: 0" in said
        assert list(ClinicalPage.objects.order_by("pk").values()) == before
        newest = fresh(page).get_latest_revision_as_object()
        assert newest.short_answer == "A person's words."

    def test_a_changed_byte_is_a_difference_not_an_import(self):
        before = list(ClinicalPage.objects.order_by("pk").values())
        with TemporaryDirectory() as folder:
            changed = Path(folder) / DOCUMENT.name
            words = DOCUMENT.read_bytes().rstrip()
            changed.write_bytes(words.removesuffix(b".") + b"!\n")
            said = _run(changed, "--apply", "--user", "ana")
        assert ImportedFile.objects.count() == 2
        assert "Drafts made: 0" in said
        assert list(ClinicalPage.objects.order_by("pk").values()) == before


def _run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_questions", str(path), *options, stdout=out)
    return out.getvalue()
