"""`manage.py import_questions`: a report first, drafts only when told to."""

from __future__ import annotations

import json
from dataclasses import fields
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.core import mail
from django.core.management import call_command
from wagtail.models import Revision, Site, WorkflowState

from education.importer.keeping import accepting
from education.importer.keeping.reporting import Outcome, Report
from education.importer.reading import read_file
from education.importer.sources import RefusedRow
from education.models import (
    ClinicalPage,
    FAQPage,
    ImportedFile,
    ImportedItem,
    ImportedLine,
    Provenance,
    Reference,
    ReviewSchedule,
    SectionPage,
    Tag,
)
from tests.factories import PortalTestCase, fresh, make_question
from tests.importing import MEDICINE, NOSEBLEED, PAPER, TOPIC, naming

WHAT = "What is a nosebleed?"
WRITTEN = (
    ClinicalPage,
    ImportedFile,
    ImportedItem,
    ImportedLine,
    Provenance,
    Reference,
    ReviewSchedule,
    Revision,
    Tag,
    WorkflowState,
)


class CommandTestCase(PortalTestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "paper.txt"
        self.file.write_text(PAPER)
        self.enterContext(naming())

    def run_it(self, *options):
        """What it printed; `status` is what it ended with."""
        out, self.errors = StringIO(), StringIO()
        self.status = 0
        try:
            call_command(
                "import_questions",
                str(self.file),
                *options,
                stdout=out,
                stderr=self.errors,
            )
        except SystemExit as ended:
            self.status = ended.code
        return out.getvalue()

    def as_json(self, *options):
        return json.loads(self.run_it("--format", "json", *options))

    def everything(self):
        return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


class WithoutApplyTests(CommandTestCase):
    def test_it_writes_nothing(self):
        before = self.everything()
        with naming(TOPIC, MEDICINE):
            said = self.run_it()
        assert self.everything() == before
        assert "Nothing was written." in said
        assert self.status == 0

    def test_the_report_is_that_of_applying_it(self):
        with naming(TOPIC, MEDICINE):
            dry, asked, applied = (
                self.run_it(),
                self.run_it("--dry-run"),
                self.run_it("--apply"),
            )
        assert dry == asked
        report = dry.split("\nNothing was written.")[0]
        assert applied.startswith(report)
        assert "Drafts made: 5" in applied.removeprefix(report)

    def test_every_line_is_counted(self):
        report = self.as_json()
        assert report["lines"] == sum(report["ledger"].values()) == 7
        assert report["ledger"]["question"] == 4
        assert report["counts"]["wordings"] == 4
        assert report["counts"]["questions"] == 3
        assert report["counts"]["answer_needed"] == 1

    def test_it_names_questions_with_where_they_stand(self):
        with naming(TOPIC, MEDICINE):
            report = self.as_json()
        (first, *_) = report["questions"]
        assert first["question"] == WHAT
        assert first["places"] == "lines 1-2"
        assert first["answers"][0]["text"] == NOSEBLEED
        assert report["topics"][0]["also_called"] == ["epistaxis"]
        assert report["medicines"][0]["brands"][0]["doubt"]

    def test_it_says_what_the_portal_holds_that_is_near(self):
        make_question("How long will a nosebleed last?")
        said = self.run_it()
        assert "near: “How long will a nosebleed last?” (draft)" in said

    def test_the_shape_of_the_json_is_written_down(self):
        names = [field.name for field in fields(Report)]
        assert list(self.as_json()) == [*names, "outcome"]
        outcome = [field.name for field in fields(Outcome)]
        assert list(self.as_json("--apply")["outcome"]) == outcome


class ApplyingTests(CommandTestCase):
    def apply(self, *options):
        with self.captureOnCommitCallbacks(execute=True):
            return self.run_it("--apply", *options)

    def test_drafts_and_nothing_else(self):
        mail.outbox.clear()
        self.apply("--user", "ana")
        assert self.status == 0
        assert FAQPage.objects.count() == 3
        assert set(FAQPage.objects.values_list("owner__username", flat=True)) == {"ana"}
        assert not ClinicalPage.objects.filter(live=True).exists()
        assert not WorkflowState.objects.exists()
        assert not ReviewSchedule.objects.exists()
        assert not Reference.objects.exists()
        assert mail.outbox == []

    def test_without_a_name_they_are_nobodys(self):
        self.apply()
        assert not FAQPage.objects.filter(owner__isnull=False).exists()
        assert FAQPage.objects.count() == 3

    def test_the_same_file_again_makes_and_changes_nothing(self):
        self.apply("--user", "ana")
        page = FAQPage.objects.get(title=WHAT)
        page.short_answer = "A person's words."
        page.save_revision(user=self.lea)
        before = self.everything()
        said = self.apply("--user", "ana")
        assert self.everything() == before
        assert "Drafts made: 0" in said
        assert self.status == 0

    def test_a_draft_that_somebody_deleted_does_not_come_back(self):
        self.apply()
        FAQPage.objects.get(title=WHAT).delete()
        self.apply()
        assert not FAQPage.objects.filter(title=WHAT).exists()

    def test_of_a_file_that_grew_only_what_is_new_is_made(self):
        self.apply("--user", "ana")
        before = {page.pk: page.latest_revision_id for page in FAQPage.objects.all()}
        self.file.write_text(f"{PAPER}Why do noses bleed?\nDry air hurts them.\n")
        said = self.apply("--user", "ana")
        assert "3 known from earlier files" in said
        assert "Drafts made: 1" in said
        assert FAQPage.objects.count() == 4
        for pk, revision in before.items():
            assert FAQPage.objects.get(pk=pk).latest_revision_id == revision

    def test_what_changed_is_told_and_left_to_a_person(self):
        self.apply()
        self.file.write_text(PAPER.replace(NOSEBLEED, "It is blood from the nose."))
        said = self.apply()
        assert "new answer since an earlier file: It is blood from the nose." in said
        assert "Waiting for a person: 1" in said
        assert "Drafts made: 0" in said
        assert self.status == 0
        assert fresh(FAQPage.objects.get(title=WHAT)).short_answer == NOSEBLEED

    def test_one_that_is_refused_is_told_and_the_others_are_made(self):
        make_question(WHAT)
        said = self.apply()
        assert self.status == 1
        assert f"Question: {WHAT}. “{WHAT}” is here already." in said
        assert FAQPage.objects.count() == 3
        assert self.as_json("--apply")["outcome"]["failed"][0]["title"] == WHAT

    def test_one_that_breaks_is_rolled_back_alone(self):
        broken = mock.Mock(side_effect=[RuntimeError("Bang"), *[mock.DEFAULT] * 2])
        broken.return_value = None
        with mock.patch.object(accepting, "note_provenance", broken):
            said = self.apply()
        assert self.status == 1
        assert "Something went wrong" in said
        assert FAQPage.objects.count() == 2
        self.apply()
        assert self.status == 0
        assert FAQPage.objects.count() == 3

    def test_a_row_that_could_not_be_read_is_an_exit_status(self):
        def short(*args):
            document = read_file(*args)
            object.__setattr__(document, "refused", (RefusedRow("line 9", "Torn."),))
            return document

        place = "education.management.commands.import_questions.read_file"
        with mock.patch(place, short):
            said = self.apply()
        assert "line 9: Torn." in said
        assert self.status == 1
        assert FAQPage.objects.count() == 3


class RefusedWholeTests(CommandTestCase):
    def refused(self, *options):
        before = self.everything()
        said = self.run_it(*options)
        assert self.status == 2
        assert self.everything() == before
        return said + self.errors.getvalue()

    def test_a_file_that_is_not_there(self):
        self.file = self.file / "nowhere.txt"
        assert "cannot be read" in self.refused("--apply")

    def test_a_file_that_cannot_be_read(self):
        self.file.write_bytes(b"")
        assert self.refused("--apply").strip().endswith(".")

    def test_a_user_whom_nobody_knows(self):
        assert "no active user named “zoe”" in self.refused("--apply", "--user", "zoe")

    def test_a_language_without_pages(self):
        assert "no pages in the language “sv”" in self.refused("--language", "sv")

    def test_a_portal_without_sections(self):
        Site.objects.all().delete()
        for section in SectionPage.objects.all():
            section.delete()
        assert "no section for health topics" in self.refused("--apply")

    def test_json_says_it_in_json(self):
        self.file.unlink()
        said = json.loads(self.run_it("--format", "json"))
        assert "cannot be read" in said["refused_whole"]
        assert self.status == 2
