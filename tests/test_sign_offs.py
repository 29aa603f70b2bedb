"""Sign-offs say who approved what and when, and nobody changes them."""

from datetime import date

import pytest
from wagtail.models import (
    PageLogEntry,
)

from education.models import (
    SignOff,
    TopicPage,
)
from education.models.approval import LedgerIsImmutable, next_review_date
from tests.factories import (
    PortalTestCase,
    make_topic,
)


class LedgerTests(PortalTestCase):
    def setUp(self):
        self.first = self.publish(make_topic("Muscle cramps"))
        self.second = self.publish(make_topic("Back spasms"))

    def test_each_row_holds_the_hash_of_the_one_before(self):
        first, second = SignOff.objects.order_by("pk")
        assert second.previous_hash == first.entry_hash
        assert second.entry_hash == second.computed_hash()

    def test_a_changed_row_shows(self):
        row = SignOff.objects.first()
        row.reviewer_name = "Somebody Else"
        assert row.entry_hash != row.computed_hash()

    def test_a_row_read_back_from_the_database_gives_its_own_hash(self):
        for row in SignOff.objects.all():
            assert row.entry_hash == row.computed_hash()

    def test_a_sign_off_cannot_be_changed_or_deleted(self):
        row = SignOff.objects.first()
        for attempt in (
            row.save,
            row.delete,
            SignOff.objects.all().delete,
            lambda: SignOff.objects.update(note="x"),
        ):
            with pytest.raises(LedgerIsImmutable):
                attempt()

    def test_the_words_of_different_pages_have_different_hashes(self):
        assert self.first.text_hash() != self.second.text_hash()


class NextReviewDateTests(PortalTestCase):
    def test_the_end_of_a_long_month_becomes_the_end_of_a_short_one(self):
        assert next_review_date(date(2023, 8, 31), 6) == date(2024, 2, 29)

    def test_it_passes_the_end_of_the_year(self):
        assert next_review_date(date(2026, 12, 5), 36) == date(2029, 12, 5)


class TracesTests(PortalTestCase):
    def test_the_audit_log_has_one_publication(self):
        page = self.publish(make_topic())
        entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
        assert entries.count() == 1
        assert entries.get().user == self.ben

    def test_a_topic_is_found_by_its_type(self):
        self.publish(make_topic())
        assert TopicPage.objects.filter(live=True).count() == 1
