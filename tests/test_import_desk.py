"""The desk for imported documents: the list, bringing in, sorting, the overview."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from education.import_vocabulary import Danger, ImportState, ItemDecision
from education.importer.desk import files, lines, overview, progress, uploading
from education.models import ClinicalPage, ImportedFile, ImportedItem
from tests.factories import PortalTestCase, fresh
from tests.imported import (
    LINES,
    make_file,
    make_medicine_piece,
    make_question_piece,
    make_topic_piece,
    make_unanswered_piece,
)

DOCUMENT = b"What is a migraine?\nIt is a strong headache on one side of the head.\n"


class DeskTestCase(PortalTestCase):
    def setUp(self) -> None:
        self.sign_in(self.ana)

    def get(self, name: str, *args: Any, query: str = "") -> HttpResponse:
        return self.client.get(f"{reverse(f'imports:{name}', args=args)}?{query}")

    def post(self, name: str, *args: Any, **sent: Any) -> HttpResponse:
        return self.client.post(reverse(f"imports:{name}", args=args), sent)

    def titles(self, file: ImportedFile, query: str = "") -> list[str]:
        response = self.get("overview", file.pk, query=query)
        assert response.status_code == 200
        return [row.title for row in response.context["rows"]]


class MenuTests(DeskTestCase):
    def test_who_may_add_pages_finds_the_imports(self):
        for person in (self.ana, self.lea):
            self.sign_in(person)
            assert self.get("files").status_code == 200
            home = self.client.get(reverse("wagtailadmin_home")).content.decode()
            assert reverse("imports:files") in home

    def test_nobody_else_does(self):
        for person in (self.ben, self.vera):
            self.sign_in(person)
            assert self.get("files").status_code == 302
            home = self.client.get(reverse("wagtailadmin_home")).content.decode()
            assert reverse("imports:files") not in home


class ListTests(DeskTestCase):
    def test_says_how_far_each_file_has_come(self):
        file = make_file(self.ana)
        make_question_piece(file)
        make_topic_piece(file, decision=ItemDecision.SET_ASIDE)
        (row,) = self.get("files").context["rows"]
        assert (row.name, row.pieces, row.open, row.decided) == (
            "migraine.txt",
            2,
            1,
            1,
        )
        assert row.brought_by == "Ana Example"

    def test_a_file_that_is_being_sorted_leads_to_its_progress(self):
        file = make_file()
        ImportedFile.objects.update(state=ImportState.SORTING)
        (row,) = self.get("files").context["rows"]
        assert row.url == reverse("imports:progress", args=[file.pk])
        assert self.get("overview", file.pk).status_code == 302

    def test_a_long_list_comes_in_parts(self):
        for number in range(files.PART + 1):
            make_file(name=f"{number}.txt")
        assert len(self.get("files").context["rows"]) == files.PART
        assert len(self.get("files", query="p=2").context["rows"]) == 1
        for page in ("3", "0", "x", "9" * 40):
            response = self.get("files", query=f"p={page}")
            assert response.status_code == 404
            assert "no such page" in response.content.decode()


class UploadTests(DeskTestCase):
    def upload(
        self, content: bytes = DOCUMENT, name: str = "a.txt", **sent: Any
    ) -> HttpResponse:
        document = SimpleUploadedFile(name, content)
        return self.post("upload", **({"document": document, "language": "en"} | sent))

    def test_the_form_says_what_can_be_brought_in(self):
        page = self.get("upload").content.decode()
        assert ".txt" in page
        assert "MB" in page

    def test_a_document_is_kept_and_waits_for_its_sorting(self):
        response = self.upload()
        file = ImportedFile.objects.get()
        assert response["Location"] == reverse("imports:overview", args=[file.pk])
        assert file.uploaded_by == self.ana
        assert file.state == ImportState.SORTING

    def test_the_same_file_again_leads_to_the_one_that_is_there(self):
        self.upload()
        response = self.upload(name="b.txt")
        file = ImportedFile.objects.get()
        assert response["Location"] == reverse("imports:overview", args=[file.pk])
        page = self.client.get(response["Location"], follow=True).content.decode()
        assert "here already, as “a.txt”" in page

    def test_what_cannot_be_read_is_refused_with_a_sentence(self):
        with patch.object(uploading, "LARGEST_FILE", 10):
            response = self.upload()
        assert response.status_code == 400
        assert "larger than" in response.content.decode()
        for refused, said in (
            ({"content": b""}, "empty"),
            ({"name": "a.exe", "content": b"MZ\0\0"}, "not"),
            ({"document": ""}, "Choose a file."),
            ({"language": "xx"}, "valid choice"),
        ):
            response = self.upload(**refused)
            assert response.status_code == 400, refused
            assert said in response.content.decode(), refused
        assert not ImportedFile.objects.exists()


class ProgressTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        sent = {"document": SimpleUploadedFile("a.txt", DOCUMENT), "language": "en"}
        self.post("upload", **sent)
        self.file = ImportedFile.objects.get()

    def test_without_scripts_a_button_carries_on(self):
        page = self.get("progress", self.file.pk).content.decode()
        assert "Carry on" in page
        assert "<progress" in page
        assert 'http-equiv="refresh"' not in page
        response = self.post("carry_on", self.file.pk)
        assert response["Location"] == reverse("imports:overview", args=[self.file.pk])
        assert self.titles(self.file)

    def test_scripts_are_told_how_far_it_came(self):
        url = reverse("imports:carry_on", args=[self.file.pk])
        with patch.object(progress, "SECONDS", 600):
            told = self.client.post(url, headers={"Accept": "application/json"}).json()
        overview_url = reverse("imports:overview", args=[self.file.pk])
        assert told["percent"] == 100
        assert told["ready"] == overview_url

    def test_a_step_ends_after_some_seconds_and_a_colleague_carries_on(self):
        with patch.object(progress, "SECONDS", -1):
            response = self.post("carry_on", self.file.pk)
        assert response["Location"] == reverse("imports:progress", args=[self.file.pk])
        # However long it takes to work out what to keep, each step keeps some of it.
        assert fresh(self.file).done > 0
        self.sign_in(self.lea)
        self.post("carry_on", self.file.pk)
        self.file.refresh_from_db()
        assert self.file.state == ImportState.READY

    def test_looking_changes_nothing(self):
        self.get("progress", self.file.pk)
        assert self.get("carry_on", self.file.pk).status_code == 405
        self.file.refresh_from_db()
        assert self.file.state == ImportState.SORTING


class OverviewTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.file = make_file(self.ana)
        self.unanswered = make_unanswered_piece(self.file)
        self.question = make_question_piece(self.file)
        self.topic = make_topic_piece(self.file)
        self.medicine = make_medicine_piece(self.file)

    def test_the_lines_add_up_to_those_of_the_file(self):
        context = self.get("overview", self.file.pk).context
        assert context["line_total"] == len(LINES)
        counted = {label: count for _, label, count in context["line_counts"]}
        assert counted["Left over from copying"] == 1
        assert counted["Blank"] == 1

    def test_counts_what_is_open_dangerous_and_unanswered(self):
        self.medicine.decision = ItemDecision.SET_ASIDE
        self.medicine.save()
        numbers = self.get("overview", self.file.pk).context["numbers"]
        assert (numbers["total"], numbers["open"], numbers["set_aside"]) == (4, 3, 1)
        assert numbers["answer_needed"] == 1
        dangers = {value: count for value, _, _, count in numbers["dangers"]}
        assert dangers == {"critical": 1, "high": 0, "medium": 0, "low": 0}

    def test_the_most_dangerous_stands_first_or_the_order_is_that_of_the_file(self):
        question, unanswered = self.question.title, self.unanswered.title
        gravest = [question, "Migraine", unanswered, "Ibuprofen"]
        assert self.titles(self.file) == gravest
        in_file = ["Migraine", unanswered, question, "Ibuprofen"]
        assert self.titles(self.file, "order=file") == in_file

    def test_the_list_can_be_narrowed(self):
        self.topic.decision = ItemDecision.ACCEPTED
        self.topic.save()
        self.medicine.decision = ItemDecision.KNOWN
        self.medicine.save()
        for query, found in (
            ("show=critical", [self.question.title]),
            ("show=answer_needed", [self.unanswered.title]),
            ("show=in_a_page", ["Migraine"]),
            ("show=known", ["Ibuprofen"]),
            ("show=set_aside", []),
            ("kind=topic", []),
            ("kind=topic&show=all", ["Migraine"]),
            ("topic=Migraine", [self.question.title, self.unanswered.title]),
        ):
            assert self.titles(self.file, query) == found, query

    def test_chips_say_how_many_there_are(self):
        chips = self.get("overview", self.file.pk).context["chips"]
        counts = {chip.label: chip.count for chip in chips["show"]}
        assert counts == {"To decide": 4, "Critical": 1, "Answer needed": 1, "All": 4}
        kinds = {chip.label: chip.count for chip in chips["kind"]}
        assert kinds["Questions"] == 2
        assert [chip.label for chip in chips["show"] if chip.is_chosen] == ["To decide"]

    def test_what_nobody_can_ask_for_is_said(self):
        for query in ("show=x", "kind=x", "topic=x", "order=x"):
            response = self.get("overview", self.file.pk, query=query)
            assert response.status_code == 400, query
            assert "not used" in response.content.decode()
        assert self.get("overview", self.file.pk, query="p=9").status_code == 404
        for query in ("topic=%00", "show=%FF", "p=%00", "after=%00"):
            response = self.get("overview", self.file.pk, query=query)
            assert response.status_code == 400, query

    def test_the_doubts_about_a_medicine_are_told(self):
        response = self.get("overview", self.file.pk, query="kind=medicine")
        self.assertContains(response, "It holds caffeine, too.")

    def test_a_long_list_comes_in_parts(self):
        for number in range(overview.PART):
            make_unanswered_piece(self.file, f"Is it number {number}?")
        assert overview.PART == 20, "more is too much to look through"
        assert len(self.titles(self.file)) == overview.PART
        assert len(self.titles(self.file, "p=2")) == 4

    def test_one_begins_with_the_first_that_is_open(self):
        self.question.decision = ItemDecision.SET_ASIDE
        self.question.save()
        first = self.get("begin", self.file.pk)["Location"]
        url = reverse("imports:item", args=[self.file.pk, self.topic.pk])
        assert first == url


class LineTests(DeskTestCase):
    def test_every_line_is_there_with_its_place_and_what_became_of_it(self):
        file = make_file()
        response = self.get("lines", file.pk)
        assert [row.text for row in response.context["rows"]] == [t for t, _ in LINES]
        self.assertContains(response, "line 7")
        response = self.get("lines", file.pk, query="became=residue")
        assert [row.text for row in response.context["rows"]] == ["Related"]

    def test_a_warning_that_no_piece_shows_stands_with_its_line(self):
        text = b"Hold your breath until the pain stops.\n\n\n" + DOCUMENT
        self.post("upload", document=SimpleUploadedFile("a.txt", text), language="en")
        file = ImportedFile.objects.get()
        self.post("carry_on", file.pk)
        file.refresh_from_db()
        assert file.loose_flags
        url = reverse("imports:lines", args=[file.pk])
        self.assertContains(self.get("overview", file.pk), f"{url}?became=warned")
        response = self.get("lines", file.pk, query="became=warned")
        self.assertContains(response, "Critical")
        self.assertContains(response, "imports__mark--critical")

    def test_nothing_of_a_file_is_taken_for_html(self):
        page = self.get("lines", make_file().pk).content.decode()
        assert "&lt;b&gt;on one side" in page
        assert "<b>on one side" not in page

    def test_what_nobody_can_ask_for_is_said(self):
        file = make_file()
        assert self.get("lines", file.pk, query="became=x").status_code == 400
        assert self.get("lines", file.pk, query="p=2").status_code == 404
        assert len(LINES) < lines.PART


class AttackTests(DeskTestCase):
    def test_what_is_not_there_is_not_found(self):
        for key in (4711, 10**18, 10**30):
            for name in ("overview", "begin", "progress", "lines", "drafts"):
                assert self.get(name, key).status_code == 404, (name, key)
            for name in ("carry_on", "hand_over"):
                assert self.post(name, key).status_code == 404, (name, key)

    def test_who_may_not_bring_in_changes_nothing(self):
        file = make_file()
        piece = make_question_piece(file, danger=Danger.LOW)
        self.sign_in(self.ben)
        for name, args in (
            ("upload", []),
            ("carry_on", [file.pk]),
            ("hand_over", [file.pk]),
            ("item", [file.pk, piece.pk]),
            ("undo", [file.pk, piece.pk]),
        ):
            sent = {"action": "set_aside", "reason": "x", "seen": "open"}
            response = self.post(name, *args, **sent)
            assert response["Location"] == reverse("wagtailadmin_home"), name
            script = self.client.post(
                reverse(f"imports:{name}", args=args),
                sent,
                headers={"X-Requested-With": "XMLHttpRequest"},
            )
            assert script.status_code == 403, name
        assert ImportedItem.objects.get().decision == ItemDecision.OPEN
        assert not ClinicalPage.objects.exists()
