"""The ledger of sign-offs shows who tampered with it, and with what was signed."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from education.demonstration import load, read_demonstration, remove
from education.installation import install
from education.models import (
    Alias,
    ClinicalPage,
    HomePage,
    Reference,
    RelatedTopic,
    ReviewSchedule,
    ReviewSettings,
    SignOff,
    Tag,
    TaggedPage,
)
from education.models.approval import content_hash
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_person,
    make_question,
    make_tag,
    make_topic,
    slip_past_the_gate,
    submit,
)


def verify(*arguments: str) -> tuple[int, str]:
    """The exit status of the command, and what it printed."""
    out = StringIO()
    try:
        call_command("verify_signoffs", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code), out.getvalue()
    return 0, out.getvalue()


def sql(statement: str, *given: Any) -> None:
    """As somebody would who can write to the database, past all our code."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


class LedgerTestCase(PortalTestCase):
    """A topic that was changed once, and a medicine with two approvals."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        submit(topic := make_topic(), cls.ana)
        approve(topic, cls.ben)
        draft = fresh(topic)
        draft.summary = "About cramps, said anew."
        submit(draft, cls.ana)
        approve(draft, cls.chloe)
        submit(medicine := make_medicine(), cls.ana)
        approve(medicine, cls.ben)
        approve(medicine, cls.chloe)
        cls.topic, cls.medicine = fresh(topic), fresh(medicine)
        cls.rows = list(SignOff.objects.order_by("pk"))

    def publish_home(self, home: HomePage) -> None:
        home.save_revision(user=self.ana, log_action=True)
        home.get_workflow().start(home, self.ana)
        approve(home, self.ben)

    def assert_found(self, *words: str) -> str:
        status, said = verify()
        assert status == 1, said
        for word in words:
            assert word in said, said
        return said

    def assert_clean(self) -> str:
        status, said = verify()
        assert status == 0, said
        return said


class AnUntouchedLedgerTests(LedgerTestCase):
    def test_it_verifies(self) -> None:
        assert "4 sign-offs verified: no problem." in self.assert_clean()

    def test_two_hundred_sign_offs_verify(self) -> None:
        for number in range(196):
            self.publish(make_topic(f"Cramp number {number}"))
        assert "200 sign-offs verified: no problem." in self.assert_clean()

    def test_verifying_only_reads(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            self.assert_clean()
        said = {query["sql"].split()[0] for query in asked.captured_queries}
        assert said <= {"SELECT", "DECLARE"}

    def test_statements_do_not_grow_with_the_pages(self) -> None:
        with CaptureQueriesContext(connection) as few:
            self.assert_clean()
        for number in range(20):
            self.publish(make_topic(f"Cramp number {number}"))
        with CaptureQueriesContext(connection) as many:
            self.assert_clean()
        assert len(many) == len(few)

    def test_the_home_page_verifies_before_and_after_its_first_approval(self) -> None:
        home = HomePage.objects.get()
        home.welcome = "Words that somebody approved"
        self.publish_home(home)
        self.assert_clean()

    def test_pages_that_are_sent_back_scheduled_or_withdrawn_verify(self) -> None:
        state = submit(make_question(), self.ana)
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="Too short."
        )
        later = make_topic("Later", go_live_at=timezone.now() + timedelta(days=2))
        self.publish(later)
        self.assert_clean()

    def test_a_review_without_changes_verifies(self) -> None:
        draft = fresh(self.topic).get_latest_revision_as_object()
        draft.change_note = ""
        draft.save_revision(user=None)
        draft.get_workflow().start(draft, self.lea)
        approve(draft, self.lea)
        self.assert_clean()

    def test_a_page_approved_before_a_field_was_added_verifies(self) -> None:
        revision = Revision.objects.get(pk=self.medicine.live_revision_id)
        del revision.content["change_note"], revision.content["brands"]
        sql(
            "UPDATE wagtailcore_revision SET content = %s WHERE id = %s",
            json.dumps(revision.content),
            revision.pk,
        )
        self.sign_anew(revision)
        self.assert_clean()

    def test_a_row_that_went_with_the_page_it_named_is_no_tampering(self) -> None:
        draft = make_topic("Draft")
        page = make_topic("Back spasms")
        page.related_rows = [RelatedTopic(topic=draft, sort_order=0)]
        self.publish(page)
        assert fresh(page).related_rows.count() == 1
        fresh(draft).delete()
        assert fresh(page).related_rows.count() == 0
        self.assert_clean()

    def test_pages_of_a_tag_that_was_merged_into_another_verify(self) -> None:
        old, new = make_tag("Leg"), make_tag("Legs")
        page = make_topic("Calves")
        page.tags.set([old])
        page = self.publish(page)
        TaggedPage.objects.filter(content_object=page.pk).update(tag=new)
        self.assert_found("Calves", "tagged_items")
        Tag.objects.filter(pk=old.pk).update(merged_into=new)
        self.assert_clean()

    def sign_anew(self, revision: Revision) -> None:
        """Make the ledger what it would be, had this content been signed."""
        before = "0" * 64
        for row in SignOff.objects.order_by("pk").select_related("revision"):
            row.content_hash = content_hash(row.revision.content)
            row.previous_hash = before
            before = row.computed_hash()
            sql(
                "UPDATE education_signoff SET content_hash = %s, previous_hash = %s, "
                "entry_hash = %s WHERE id = %s",
                row.content_hash,
                row.previous_hash,
                before,
                row.pk,
            )


class ChangedRowTests(LedgerTestCase):
    def test_each_column_of_a_row_counts(self) -> None:
        for column, value in (
            ("reviewer_name", "Somebody Else"),
            ("reviewer_credentials", "Professor"),
            ("reviewer_id", self.lea.pk),
            ("note", "All checked."),
            ("sources_checked", True),
            ("decision", "sent_back"),
            ("completes", True),
            ("signed_at", timezone.now() + timedelta(days=1)),
            ("next_review_on", "2049-01-01"),
            ("page_id", self.topic.pk),
            ("ledger", "demonstration"),
            ("content_hash", "f" * 64),
        ):
            with self.subTest(column), transaction.atomic():
                sql(
                    f"UPDATE education_signoff SET {column} = %s WHERE id = %s",  # noqa: S608
                    value,
                    self.rows[2].pk,
                )
                self.assert_found(f"sign-off {self.rows[2].pk} ", "It was changed")
                transaction.set_rollback(True)

    def test_a_changed_row_with_a_fitting_hash_breaks_the_chain_after_it(self) -> None:
        row = self.rows[1]
        row.note = "All checked."
        sql(
            "UPDATE education_signoff SET note = %s, entry_hash = %s WHERE id = %s",
            row.note,
            row.computed_hash(),
            row.pk,
        )
        self.assert_found(f"sign-off {self.rows[2].pk} ", "written anew")

    def test_a_chain_that_is_written_anew_to_its_end_is_found_by_its_head(self) -> None:
        head = self.rows[-1].entry_hash
        row = self.rows[-1]
        row.note = "All checked."
        sql(
            "UPDATE education_signoff SET note = %s, entry_hash = %s WHERE id = %s",
            row.note,
            row.computed_hash(),
            row.pk,
        )
        self.assert_clean()
        status, said = verify("--expect", head)
        assert status == 1
        assert head in said


class RemovedRowTests(LedgerTestCase):
    def remove(self, row: SignOff) -> None:
        sql("DELETE FROM education_reviewschedule WHERE sign_off_id = %s", row.pk)
        sql("DELETE FROM education_signoff WHERE id = %s", row.pk)

    def test_the_first(self) -> None:
        self.remove(self.rows[0])
        self.assert_found(f"sign-off {self.rows[1].pk} ", "was removed")

    def test_one_in_between(self) -> None:
        self.remove(self.rows[1])
        self.assert_found(f"sign-off {self.rows[2].pk} ", "was removed")

    def test_the_last_one_though_the_chain_cannot_show_it(self) -> None:
        self.remove(self.rows[3])
        self.assert_found(
            f"page {self.medicine.pk}", "its end was cut off", "1 of 2 people"
        )

    def test_the_last_one_and_every_trace_of_it(self) -> None:
        head = self.rows[-1].entry_hash
        revision = self.medicine.live_revision_id
        for row in self.rows[2:]:
            self.remove(row)
        sql(
            "UPDATE wagtailcore_workflowstate SET current_task_state_id = NULL "
            "WHERE object_id = %s",
            str(self.medicine.pk),
        )
        for table in ("taskstate", "pagelogentry"):
            sql(
                f"DELETE FROM wagtailcore_{table} WHERE revision_id = %s",  # noqa: S608
                revision,
            )
        sql(
            "UPDATE wagtailcore_page SET live = %s, live_revision_id = NULL "
            "WHERE id = %s",
            False,
            self.medicine.pk,
        )
        self.assert_clean()
        assert verify("--expect", head)[0] == 1

    def test_all_of_them(self) -> None:
        sql("DELETE FROM education_reviewschedule")
        sql("DELETE FROM education_signoff")
        self.assert_found("its end was cut off", "no approval that was enough")

    def test_all_traces_of_a_page(self) -> None:
        draft = Page.objects.get(pk=self.topic.pk)
        self.remove(self.rows[0])
        self.remove(self.rows[1])
        for table in ("topicpage", "clinicalpage"):
            key = "clinicalpage_ptr_id" if table == "topicpage" else "page_ptr_id"
            for below in ("alias", "reference", "clinicalcode", "taggedpage"):
                if table == "clinicalpage":
                    column = "content_object_id" if below == "taggedpage" else "page_id"
                    sql(
                        f"DELETE FROM education_{below} WHERE {column} = %s",  # noqa: S608
                        draft.pk,
                    )
            sql(f"DELETE FROM education_{table} WHERE {key} = %s", draft.pk)  # noqa: S608
        sql(
            "UPDATE wagtailcore_page SET latest_revision_id = NULL, "
            "live_revision_id = NULL WHERE id = %s",
            draft.pk,
        )
        sql(
            "DELETE FROM wagtailcore_taskstate WHERE workflow_state_id IN "
            "(SELECT id FROM wagtailcore_workflowstate WHERE object_id = %s)",
            str(draft.pk),
        )
        sql("DELETE FROM wagtailcore_workflowstate WHERE object_id = %s", str(draft.pk))
        sql("DELETE FROM wagtailcore_page WHERE id = %s", draft.pk)
        self.assert_found(f"page {draft.pk}: It was published, but")


class InsertedRowTests(LedgerTestCase):
    def forge(self, after: SignOff, **fields: Any) -> SignOff:
        """A row with a fitting hash, written without anybody's decision."""
        row = SignOff.objects.get(pk=self.rows[-1].pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.pk, row.previous_hash = None, after.entry_hash
        row.entry_hash = row.computed_hash()
        models.Model.save(row, force_insert=True)
        return row

    def test_one_at_the_end_with_a_fitting_hash(self) -> None:
        row = self.forge(self.rows[-1], reviewer=self.lea, reviewer_name="Lea")
        self.assert_found(f"sign-off {row.pk} ", "nobody took that decision")

    def test_a_withdrawal_that_never_was(self) -> None:
        row = self.forge(self.rows[-1], reviewer=self.lea, decision="withdrawn")
        self.assert_found(f"sign-off {row.pk} ", "no withdrawal is noted")

    def test_one_in_between(self) -> None:
        row = self.forge(self.rows[-1], reviewer=self.lea)
        shift = self.rows[3].pk + 100
        sql("UPDATE education_signoff SET id = %s WHERE id = %s", shift, row.pk)
        sql(
            "UPDATE education_signoff SET previous_hash = %s WHERE id = %s",
            "e" * 64,
            shift,
        )
        self.assert_found(f"sign-off {shift} ")

    def test_two_that_changed_places(self) -> None:
        sql("DELETE FROM education_reviewschedule")
        first, second = self.rows[0].pk, self.rows[1].pk
        for old, new in ((first, -1), (second, first), (-1, second)):
            sql("UPDATE education_signoff SET id = %s WHERE id = %s", new, old)
        self.assert_found("It does not stand where it was written")


class WordsTests(LedgerTestCase):
    def test_a_signed_version_that_was_rewritten(self) -> None:
        content = Revision.objects.get(pk=self.topic.live_revision_id).content
        sql(
            "UPDATE wagtailcore_revision SET content = %s WHERE id = %s",
            json.dumps(content | {"summary": "Take ten a day."}),
            self.topic.live_revision_id,
        )
        self.assert_found(
            f"sign-off {self.rows[1].pk} ",
            "does not hold the words any more",
            "other words than were signed, in: summary",
        )

    def test_an_earlier_signed_version_that_was_rewritten(self) -> None:
        sql(
            "UPDATE wagtailcore_revision SET content = %s WHERE id = %s",
            json.dumps({"pk": self.topic.pk}),
            self.rows[0].revision_id,
        )
        self.assert_found(f"sign-off {self.rows[0].pk} ")

    def test_live_words_of_every_kind(self) -> None:
        topic, medicine = self.topic.pk, self.medicine.pk
        for name, table, column, value, key in (
            ("title", "wagtailcore_page", "title", "Cure", f"id = {topic}"),
            ("slug", "wagtailcore_page", "slug", "cure", f"id = {topic}"),
            (
                "summary",
                "education_clinicalpage",
                "summary",
                "Take ten.",
                f"page_ptr_id = {topic}",
            ),
            (
                "sections",
                "education_topicpage",
                "sections",
                "[]",
                f"clinicalpage_ptr_id = {topic}",
            ),
            (
                "how_to_take",
                "education_medicationpage",
                "how_to_take",
                "<p>Ten.</p>",
                f"clinicalpage_ptr_id = {medicine}",
            ),
            (
                "references",
                "education_reference",
                "title",
                "A blog",
                f"page_id = {topic}",
            ),
        ):
            with self.subTest(name), transaction.atomic():
                sql(f"UPDATE {table} SET {column} = %s WHERE {key}", value)  # noqa: S608
                self.assert_found(f"other words than were signed, in: {name}")
                transaction.set_rollback(True)

    def test_a_row_that_was_put_beneath_a_live_page(self) -> None:
        Alias.objects.create(page_id=self.topic.pk, text="Cure")
        self.assert_found("other_words")

    def test_a_source_that_was_taken_away(self) -> None:
        Reference.objects.filter(page=self.topic.pk).delete()
        self.assert_found("references")

    def test_the_home_page_once_it_was_approved(self) -> None:
        home = HomePage.objects.get()
        HomePage.objects.update(introduction="Written at installation.")
        self.assert_clean()
        self.publish_home(fresh(home))
        HomePage.objects.update(introduction="Buy these pills.")
        self.assert_found("other words than were signed, in: introduction")


class LivePageTests(LedgerTestCase):
    def test_a_page_that_was_made_live_past_the_workflow(self) -> None:
        page = make_question()
        sql("UPDATE wagtailcore_page SET live = %s WHERE id = %s", True, page.pk)
        self.assert_found("no version of it was approved")

    def test_a_version_that_nobody_signed(self) -> None:
        page = fresh(self.topic)
        page.summary = "Take ten."
        slip_past_the_gate(page, self.ana)
        self.assert_found(
            "0 of 1 people who did not write it", "no approval that was enough"
        )

    def test_a_version_that_its_author_signed(self) -> None:
        sql(
            "UPDATE wagtailcore_revision SET user_id = %s WHERE id = %s",
            self.chloe.pk,
            self.topic.live_revision_id,
        )
        self.assert_found("0 of 1 people who did not write it")

    def test_an_author_whom_only_the_audit_log_knows(self) -> None:
        sql(
            "UPDATE wagtailcore_revision SET user_id = %s WHERE id = %s",
            None,
            self.topic.live_revision_id,
        )
        PageLogEntry.objects.filter(
            revision=self.topic.live_revision_id, action="wagtail.edit"
        ).update(user=self.chloe)
        self.assert_found("0 of 1 people who did not write it")

    def test_who_wrote_earlier_may_sign_a_change_but_not_the_whole(self) -> None:
        sql(
            "UPDATE wagtailcore_revision SET user_id = %s WHERE id = %s",
            self.chloe.pk,
            self.rows[0].revision_id,
        )
        self.assert_clean()

    def test_whole_reviews_by_somebody_who_wrote_are_found(self) -> None:
        draft = fresh(self.topic).get_latest_revision_as_object()
        draft.change_note = ""
        draft.save_revision(user=None)
        draft.get_workflow().start(draft, self.lea)
        approve(draft, self.lea)
        sql(
            "UPDATE wagtailcore_revision SET user_id = %s WHERE id = %s",
            self.lea.pk,
            self.rows[0].revision_id,
        )
        self.assert_found("0 of 1 people who did not write it")

    def test_portals_that_signed_before_the_two_were_told_apart_verify(self) -> None:
        sql(
            "UPDATE django_migrations SET applied = %s WHERE app = 'education' "
            "AND name = '0004_governance'",
            timezone.now() + timedelta(days=1),
        )
        self.test_who_wrote_earlier_may_sign_a_change_but_not_the_whole()


class DatesTests(LedgerTestCase):
    def test_dates_that_no_sign_off_gave(self) -> None:
        for column, value in (
            ("last_reviewed_at", timezone.now() + timedelta(days=9)),
            ("due_on", "2049-01-01"),
            ("overdue_on", "2049-01-01"),
        ):
            with self.subTest(column), transaction.atomic():
                sql(
                    f"UPDATE education_reviewschedule SET {column} = %s "  # noqa: S608
                    "WHERE page_id = %s",
                    value,
                    self.topic.pk,
                )
                self.assert_found(f"page {self.topic.pk}: Its review dates")
                transaction.set_rollback(True)

    def test_dates_of_another_pages_sign_off(self) -> None:
        other = ReviewSchedule.objects.get(page=self.medicine.pk)
        sql(
            "UPDATE education_reviewschedule SET sign_off_id = %s WHERE page_id = %s",
            other.sign_off_id,
            self.topic.pk,
        )
        self.assert_found(f"page {self.topic.pk}: Its review dates")

    def test_dates_of_an_older_review(self) -> None:
        draft = fresh(self.topic).get_latest_revision_as_object()
        draft.change_note = ""
        draft.save_revision(user=None)
        draft.get_workflow().start(draft, self.lea)
        approve(draft, self.lea)
        old = self.rows[0]
        row = ReviewSchedule.objects.get(page=self.topic.pk)
        assert row.sign_off_id != old.pk
        sql(
            "UPDATE education_reviewschedule SET sign_off_id = %s, "
            "last_reviewed_at = %s WHERE page_id = %s",
            old.pk,
            old.signed_at,
            self.topic.pk,
        )
        self.assert_found("do not come from its last whole review")

    def test_no_dates_at_all(self) -> None:
        sql("DELETE FROM education_reviewschedule WHERE page_id = %s", self.topic.pk)
        self.assert_found("do not come from its last whole review")

    def test_another_grace_is_no_tampering(self) -> None:
        chosen = ReviewSettings.load()
        chosen.grace_days = 10
        chosen.save()
        self.assert_clean()


class DecisionsTests(LedgerTestCase):
    def test_an_approval_that_was_cut_off_the_workflow(self) -> None:
        TaskState.objects.filter(revision=self.topic.live_revision_id).delete()
        self.assert_found(f"sign-off {self.rows[1].pk} ", "nobody took that decision")

    def test_a_decision_sent_back_that_was_removed(self) -> None:
        state = submit(make_question(), self.ana)
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="Too short."
        )
        self.assert_clean()
        sql("DELETE FROM education_signoff WHERE decision = 'sent_back'")
        self.assert_found("Sent back", "its end was cut off")


class AnchorTests(LedgerTestCase):
    def test_a_head_that_was_kept_is_found_again_after_more_sign_offs(self) -> None:
        _, said = verify("--anchor")
        assert f"clinical: 4 rows, head {self.rows[-1].entry_hash}" in said
        self.publish(make_question())
        assert verify("--expect", self.rows[-1].entry_hash)[0] == 0

    def test_it_is_read_by_programs_too(self) -> None:
        said = json.loads(verify("--format", "json")[1])
        assert said["ok"]
        assert said["ledgers"]["clinical"] == {
            "rows": 4,
            "head": self.rows[-1].entry_hash,
        }
        Reference.objects.filter(page=self.topic.pk).delete()
        status, text = verify("--format", "json")
        (problem,) = json.loads(text)["problems"]
        assert status == 1
        assert set(problem) == {"where", "what", "remedy"}


class DemonstrationTests(TestCase):
    """The demonstration has a ledger of its own, and leaves no gap in it."""

    def assert_clean(self) -> None:
        status, said = verify()
        assert status == 0, said

    def test_it_verifies_when_it_is_loaded_and_when_it_is_removed(self) -> None:
        install()
        load(read_demonstration())
        self.assert_clean()
        somebody = make_person("somebody")
        page = ClinicalPage.objects.filter(live=True).order_by("pk")[5].specific
        page.save_revision(user=somebody)
        remove()
        assert SignOff.objects.filter(ledger=SignOff.DEMONSTRATION).exists()
        self.assert_clean()
        load(read_demonstration())
        self.assert_clean()
