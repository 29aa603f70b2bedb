"""What may be forgotten of old versions, and what says who wrote."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Revision

from education.models import DecisionRefused, SignOff
from tests.factories import PortalTestCase, approve, fresh, make_question


def purge(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_revisions", *arguments, stdout=out)
    return out.getvalue()


class OldVersionsTestCase(PortalTestCase):
    def write(self, who, words: str) -> Revision:
        page = fresh(self.page).get_latest_revision_as_object()
        page.short_answer = words
        return page.save_revision(user=who, log_action=True)

    def kept(self) -> set[int]:
        revisions = Revision.objects.for_instance(self.page)
        return set(revisions.values_list("pk", flat=True))


class LivePageTests(OldVersionsTestCase):
    def setUp(self):
        self.page = make_question()
        self.bens = [self.write(self.ben, f"Ben's attempt {n}.").pk for n in range(3)]
        self.anas = [self.write(self.ana, f"Ana's attempt {n}.").pk for n in range(3)]
        self.submit(fresh(self.page).get_latest_revision_as_object())
        approve(self.page, self.chloe)
        self.live = fresh(self.page).live_revision_id

    def test_only_what_its_author_wrote_over_is_forgotten(self):
        assert "Old versions deleted: 5" in purge()
        assert self.kept() == {self.bens[-1], self.live}
        assert "Old versions deleted: 0" in purge()

    def test_what_was_signed_off_stays(self):
        self.write(self.ana, "Newer words.")
        self.submit(fresh(self.page).get_latest_revision_as_object())
        approve(self.page, self.chloe)
        purge()
        signed = set(SignOff.objects.values_list("revision_id", flat=True))
        assert signed <= self.kept()

    def test_of_each_time_between_two_decisions_the_last_word_stays(self):
        later = self.write(self.ben, "Ben wrote once more.").pk
        page = fresh(self.page).get_latest_revision_as_object()
        page.short_answer = "Ana had the last word."
        self.submit(page)
        approve(self.page, self.chloe)
        purge()
        assert {self.bens[-1], later} <= self.kept()

    def test_what_is_newer_than_the_live_page_stays(self):
        newer = {self.write(self.ben, f"Newer {n}.").pk for n in range(3)}
        purge()
        assert newer <= self.kept()

    def test_young_ones_stay_where_so_asked(self):
        before = self.kept()
        purge("--days", "30")
        assert self.kept() == before
        with pytest.raises(CommandError, match="0 or more"):
            purge("--days", "-1")

    def test_nobody_approves_a_copy_of_what_they_wrote(self):
        purge()
        copy = CopyPageAction(
            fresh(self.page),
            user=self.ana,
            keep_live=False,
            update_attrs={"slug": "copy", "title": "What is a copy?"},
        ).execute(skip_permission_checks=True)
        assert {self.ana.pk, self.ben.pk} <= copy.specific.author_ids()

    def test_old_words_that_come_back_keep_their_author(self):
        purge()
        page = fresh(self.page)
        page.short_answer = "Ben's attempt 2."
        self.submit(page)
        with pytest.raises(DecisionRefused):
            approve(page, self.ben)


class DraftTests(OldVersionsTestCase):
    def test_of_a_page_that_is_not_live_all_stay(self):
        self.page = make_question()
        for person in (self.ben, self.ben, self.ana, self.ana):
            self.write(person, f"{person} wrote this.")
        before = self.kept()
        purge()
        assert self.kept() == before
        self.submit(fresh(self.page).get_latest_revision_as_object())
        approve(self.page, self.chloe)
        fresh(self.page).unpublish()
        before = self.kept()
        purge()
        assert self.kept() == before
