"""Content goes out as files and comes in as drafts, and nothing is lost on the way."""

from __future__ import annotations

import csv
import tomllib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import PageLogEntry, Revision, WorkflowState

from education.demonstration import read_demonstration
from education.demonstration.documents import FOLDER
from education.models import (
    ClinicalPage,
    ReviewSchedule,
    SignOff,
    Tag,
    TopicPage,
)
from education.page_files.shape import DocumentProblem
from education.transfer.folders import written_whole
from tests.carrying import OutAndIn, everything_goes, files_in, without_numbers
from tests.demonstration import publish_the_demonstration
from tests.factories import fresh, make_medicine, make_question, make_tag, make_topic

LINK = '<p>See <a linktype="page" id="{}">cramps</a> too.</p>'


class TheDemonstrationTests(OutAndIn):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        publish_the_demonstration()
        for row in read_demonstration().tags:
            Tag.objects.filter(slug=row.slug).update(
                description=row.description, body_places=row.body_places
            )

    def test_goes_out_as_it_lies_in_its_own_files(self):
        assert self.export()[0] == 0
        assert read_demonstration(self.folder) == read_demonstration()

    def test_keeps_every_key_and_word_of_its_files(self):
        self.export()
        for path in sorted(FOLDER.rglob("*.toml")):
            with self.subTest(path.name):
                file = self.folder / path.relative_to(FOLDER)
                written = tomllib.loads(file.read_text())
                original = tomllib.loads(path.read_text())
                assert written == {
                    key: held for key, held in original.items() if held != []
                }

    def test_comes_back_in_the_same_bytes(self):
        self.export()
        before = {
            (page.kind, page.slug): without_numbers(page.specific.serializable_data())
            for page in ClinicalPage.objects.all()
        }
        everything_goes()
        status, said = self.load()
        assert status == 0, said
        assert "59 drafts made, 40 tags made, 0 pages kept, 0 rows refused" in said
        self.export(to="again")
        assert files_in(self.folder) == files_in(self.scratch / "again")
        for page in ClinicalPage.objects.all():
            again = without_numbers(page.specific.serializable_data())
            assert again == before[page.kind, page.slug], page


class GoingOutTests(OutAndIn):
    def test_says_the_newest_words_or_those_that_the_public_reads(self):
        page = make_topic("Cramps")
        self.publish(page)
        page = fresh(page)
        page.summary, page.slug = "Newer words.", "leg-cramps"
        page.save_revision(user=self.ana)
        make_topic("Never live")
        assert "2 pages written" in self.export(to="new")[1]
        assert "1 pages written" in self.export("--what", "live", to="live")[1]
        new = (self.scratch / "new/topics/leg-cramps.toml").read_text()
        live = (self.scratch / "live/topics/cramps.toml").read_text()
        assert "Newer words." in new
        assert "Newer words." not in live
        assert "About cramps." in live

    def test_says_nothing_of_who_approved_and_when(self):
        page = make_topic("Cramps")
        self.publish(page)
        self.export()
        written = b"".join(files_in(self.folder).values()).decode().lower()
        for word in ("ben", "ana", "review", "approv", "sign", str(page.pk + 10_000)):
            assert word not in written

    def test_takes_few_statements_however_many_pages(self):
        def statements(version: str, to: str) -> int:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                self.export("--what", version, to=to)
            return len(asked)

        def make(first: int, last: int) -> None:
            topic = make_topic(f"Topic {first}")
            for number in range(first, last):
                make_question(f"What is {number}?", topic).save_revision()
                make_medicine(f"Medicine {number}")

        make(0, 2)
        few = statements("draft", "a"), statements("live", "b")
        make(2, 12)
        ClinicalPage.objects.update(live=True)
        many = statements("draft", "c"), statements("live", "d")
        assert many[0] <= few[0]
        assert many[1] <= 40

    def test_leaves_a_folder_alone_that_holds_something(self):
        make_topic("Cramps")
        self.write("letter.txt", "Dear doctor")
        status, said = self.export()
        assert (status, "not empty" in said) == (2, True)
        status, said = self.export("--force")
        assert status == 2
        assert "letter.txt: No export brought this" in said
        assert files_in(self.folder) == {"letter.txt": b"Dear doctor"}

    def test_leaves_alone_what_was_put_there_meanwhile(self):
        def export_while_somebody_writes() -> None:
            with written_whole(self.folder, force=False) as beside:
                (beside / "tags.toml").write_text("tags = []")
                self.write("letter.txt", "Dear doctor")

        with pytest.raises(DocumentProblem, match="not empty"):
            export_while_somebody_writes()
        assert files_in(self.scratch) == {"out/letter.txt": b"Dear doctor"}

    def test_replaces_an_earlier_export_when_told_to(self):
        page = make_topic("Cramps")
        self.export()
        page.delete()
        make_topic("Spasms")
        assert self.export()[0] == 2
        assert self.export("--force")[0] == 0
        assert set(files_in(self.folder)) == {"tags.toml", "topics/spasms.toml"}

    def test_leaves_no_half_folder_when_a_page_cannot_be_written(self):
        make_topic("Cramps")
        page = make_topic("Spasms")
        crafted = '[{"type": "video", "value": "x"}]'
        TopicPage.objects.filter(pk=page.pk).update(sections=crafted)
        revision = fresh(page).save_revision()
        revision.content["sections"] = crafted
        revision.save()
        status, said = self.export()
        assert status == 2
        assert "topics/spasms" in said
        assert '"video"' in said
        assert list(self.scratch.iterdir()) == []

    def test_a_link_to_a_page_that_is_gone_is_named_and_leads_nowhere(self):
        make_medicine("Ibuprofen", uses=LINK.format(999_999)).save_revision()
        status, said = self.export()
        assert status == 1
        assert "medicines/ibuprofen.toml: A link leads to page 999999" in said
        everything_goes()
        status, said = self.load()
        assert status == 1
        assert 'A link leads to "missing"' in said
        page = fresh(ClinicalPage.objects.get(slug="ibuprofen")).specific
        assert page.uses == LINK.format(0)

    def test_two_drafts_that_ask_for_one_address_keep_their_own(self):
        first, second = make_topic("One"), make_topic("Two")
        for page in (first, second):
            page.slug = "same"
            page.save_revision()
        assert self.export()[0] == 0
        assert {"topics/one.toml", "topics/two.toml"} < set(files_in(self.folder))


class TablesForPeopleTests(OutAndIn):
    def setUp(self):
        super().setUp()
        make_topic("Cramps", summary="=1+1").save_revision()
        make_medicine("Ibuprofen", uses="<p>For <b>pain</b>.</p>", storage="x" * 40_000)
        make_tag("Legs")

    def test_are_one_file_a_kind(self):
        assert self.export("--format", "csv")[0] == 0
        names = {"topics.csv", "questions.csv", "medicines.csv", "tags.csv"}
        assert set(files_in(self.folder)) == names
        with (self.folder / "medicines.csv").open(encoding="utf-8-sig") as file:
            (row,) = csv.DictReader(file)
        assert (row["Address"], row["Uses"]) == ("ibuprofen", "For pain.")
        assert "Emergency: act now. Call an ambulance now if:" in row["Too much cards"]

    def test_are_one_sheet_a_kind(self):
        assert self.export("--format", "xlsx")[0] == 0
        book = load_workbook(self.folder / "content.xlsx", read_only=True)
        assert book.sheetnames == ["topics", "medicines", "questions", "tags"]
        head, row = book["medicines"].iter_rows(values_only=True)
        said = dict(zip(head, row, strict=True))
        assert said["Uses"] == "For pain."
        assert said["Storage"].endswith("[cut here: a cell holds no more]")

    def test_hold_no_formula(self):
        self.export("--format", "csv", to="csv")
        self.export("--format", "xlsx", to="xlsx")
        assert "'=1+1" in (self.scratch / "csv/topics.csv").read_text()
        book = load_workbook(self.scratch / "xlsx/content.xlsx")
        cells = [cell for row in book["topics"].iter_rows() for cell in row]
        assert "'=1+1" in {cell.value for cell in cells}
        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


class ComingInTests(OutAndIn):
    def test_makes_drafts_and_nothing_more(self):
        page = make_topic("Cramps")
        self.publish(page)
        self.export()
        everything_goes()
        status, said = self.load(by="ana")
        assert status == 0, said
        page = TopicPage.objects.get(slug="cramps")
        assert (page.live, page.owner) == (False, self.ana)
        assert page.latest_revision.user == self.ana
        assert page.first_published_at is None
        assert page.latest_revision.approved_go_live_at is None
        assert not SignOff.objects.exists()
        assert not ReviewSchedule.objects.filter(page=page).exists()
        assert not WorkflowState.objects.for_instance(page).exists()
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action")
        assert set(actions) == {("wagtail.create",)}

    def test_whoever_brings_words_may_not_approve_them(self):
        self.write_topic()
        self.load(by="ana")
        assert self.ana.pk in TopicPage.objects.get().author_ids()

    def test_keeps_pages_that_are_there(self):
        page = make_topic("Cramps", summary="Our own words.")
        self.write_topic("cramps")
        self.write_topic("spasms", 'related_topics = ["cramps"]')
        status, said = self.load()
        assert status == 0, said
        assert "Kept topics/cramps.toml: there is such a page already." in said
        assert fresh(page).summary == "Our own words."
        spasms = TopicPage.objects.get(slug="spasms")
        assert [row.topic_id for row in spasms.related_rows.all()] == [page.pk]
        versions = Revision.objects.count()
        status, said = self.load()
        assert "0 drafts made" in said
        assert Revision.objects.count() == versions

    def test_only_tells_what_it_would_do(self):
        self.write_topic()
        status, said = self.load("--dry-run")
        assert (status, "1 drafts would be made" in said) == (0, True)
        assert not ClinicalPage.objects.exists()
        assert not Revision.objects.exists()

    def test_links_find_their_pages_under_other_numbers(self):
        cramps = make_topic("Cramps")
        medicine = make_medicine("Ibuprofen", uses=LINK.format(cramps.pk))
        medicine.save_revision()
        self.export()
        file = self.folder / "medicines/ibuprofen.toml"
        assert 'page=\\"topics/cramps\\"' in file.read_text()
        everything_goes()
        make_topic("Another that takes a number")
        assert self.load()[0] == 0
        now = TopicPage.objects.get(slug="cramps")
        assert now.pk != cramps.pk
        page = fresh(ClinicalPage.objects.get(slug="ibuprofen")).specific
        assert page.uses == LINK.format(now.pk)

    def test_names_that_lead_nowhere_are_refused_by_row(self):
        self.write_topic(
            more='related_topics = ["gone"]\ntags = ["nowhere"]\n'
            'key_points = \'<p><a linktype="page" page="topics/gone">x</a></p>\''
        )
        status, said = self.load()
        assert status == 1
        assert 'topics/cramps.toml: There is no tag "nowhere".' in said
        assert 'The page "gone" among its related_topics is not here.' in said
        assert 'A link leads to "topics/gone", which is not here.' in said
        assert "1 drafts made" in said
