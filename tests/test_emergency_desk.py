"""Leads keep the emergency cards; nobody approves what he or she wrote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import TransactionTestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from education.installation import CLINICAL_LEADS
from education.models import (
    EmergencyCard,
    EmergencyPhrase,
    EmergencyWording,
    WordingRefused,
    WordingState,
)
from education.search.editions import current_edition
from education.search.emergencies import card_for
from tests.factories import PortalTestCase, make_person, set_the_scene

WORDS = {
    "heading": "Ring 911 at once",
    "text": "Do not wait.",
    "action": "Ring 911",
    "number": "911",
}


class DeskTestCase(PortalTestCase):
    def setUp(self):
        self.card = EmergencyCard.objects.get(language="en", name="call-now")
        self.cards = reverse("emergencies:cards")

    def propose(self, by=None):
        return self.card.propose(by or self.lea, WORDS, timezone.now())

    def heading(self):
        return card_for("chest pain", "en", current_edition()).heading

    def decide(self, wording, by, **data):
        self.sign_in(by)
        return self.client.post(
            reverse("emergencies:decide", args=[wording.pk]), data, follow=True
        )


class TestNewWords(DeskTestCase):
    def test_wait_until_somebody_else_approves_them(self):
        before = self.heading()
        self.sign_in(self.lea)
        self.client.post(reverse("emergencies:write", args=[self.card.pk]), WORDS)
        assert self.heading() == before
        page = self.decide(self.card.waiting, self.ben, decision="approve")
        self.assertContains(page, "Approved by Ben Example")
        assert self.heading() == "Ring 911 at once"

    def test_are_not_approved_by_who_wrote_them(self):
        wording = self.propose()
        page = self.decide(wording, self.lea, decision="approve")
        self.assertContains(page, "You wrote this wording", status_code=409)
        assert self.heading() != "Ring 911 at once"

    def test_are_not_approved_from_a_second_account_of_the_same_name(self):
        twin = make_person("lea2", CLINICAL_LEADS)
        twin.first_name = "Lea"
        twin.save()
        wording = self.propose()
        with pytest.raises(WordingRefused, match="of your name"):
            wording.approve(twin, timezone.now())

    def test_are_not_approved_by_authors_or_vocabulary_managers(self):
        wording = self.propose()
        for person in (self.ana, self.vera):
            with pytest.raises(WordingRefused):
                wording.approve(person, timezone.now())

    def test_are_written_by_leads_only(self):
        with pytest.raises(WordingRefused):
            self.propose(by=self.ben)

    def test_wait_one_at_a_time(self):
        self.propose()
        with pytest.raises(WordingRefused, match="waiting already"):
            self.propose()

    def test_laid_aside_never_show_and_another_may_be_written(self):
        wording = self.propose()
        self.decide(wording, self.ben, decision="refuse", reason="Too short.")
        assert self.heading() != "Ring 911 at once"
        self.propose()

    def test_are_laid_aside_only_with_a_reason(self):
        page = self.decide(self.propose(), self.ben, decision="refuse", reason=" ")
        self.assertContains(page, "Say why", status_code=409)

    def test_decided_on_twice_get_a_plain_message(self):
        wording = self.propose()
        self.decide(wording, self.ben, decision="approve")
        page = self.decide(wording, self.chloe, decision="approve")
        self.assertContains(page, "Somebody else has decided", status_code=409)

    def test_stay_in_the_history_and_are_never_changed(self):
        wording = self.propose()
        wording.approve(self.ben, timezone.now())
        assert wording.written_by == self.lea
        assert wording.approver_name == "Ben Example"
        wording.heading = "Relax"
        with pytest.raises(WordingRefused):
            wording.save()
        with pytest.raises(WordingRefused):
            wording.delete()
        with pytest.raises(WordingRefused):
            EmergencyWording.objects.filter(pk=wording.pk).update(heading="Relax")
        with pytest.raises(WordingRefused):
            EmergencyWording.objects.filter(pk=wording.pk).delete()

    def test_the_last_approved_ones_show(self):
        now = timezone.now()
        self.propose().approve(self.ben, now)
        words = WORDS | {"heading": "Phone 911"}
        again = self.card.propose(self.lea, words, now)
        again.approve(self.chloe, now + timedelta(seconds=1))
        assert self.heading() == "Phone 911"

    def test_the_database_itself_takes_no_approval_by_the_writer(self):
        row = {"card": self.card, "state": WordingState.APPROVED, **WORDS}
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergencyWording.objects.create(
                written_by=self.lea,
                approved_by=self.lea,
                approved_at=timezone.now(),
                **row,
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergencyWording.objects.create(written_by=self.lea, **row)

    def test_every_step_is_logged(self):
        self.sign_in(self.lea)
        self.client.post(reverse("emergencies:write", args=[self.card.pk]), WORDS)
        self.decide(self.card.waiting, self.ben, decision="approve")
        actions = ModelLogEntry.objects.values_list("action", "user__username")
        assert set(actions) >= {
            ("education.write_emergency", "lea"),
            ("education.approve_emergency", "ben"),
        }

    def test_a_number_that_cannot_be_called_is_refused(self):
        self.sign_in(self.lea)
        address = reverse("emergencies:write", args=[self.card.pk])
        page = self.client.post(address, WORDS | {"number": "call me"})
        self.assertContains(page, "in digits", status_code=400)


class TestTheListOfCards(DeskTestCase):
    def test_says_plainly_what_nobody_has_approved_here(self):
        self.sign_in(self.lea)
        page = self.client.get(self.cards)
        self.assertContains(page, "Comes with the portal; not yet approved here")

    def test_is_for_leads_and_reviewers(self):
        for person, status in ((self.lea, 200), (self.ben, 200), (self.ana, 302)):
            self.sign_in(person)
            assert self.client.get(self.cards).status_code == status

    def test_tries_what_a_patient_may_type(self):
        self.sign_in(self.lea)
        page = self.client.get(self.cards, {"words": "chset pain", "language": "en"})
        self.assertContains(page, "Call 911 now")
        self.assertContains(page, "because of the phrase")
        page = self.client.get(self.cards, {"words": "charley horse", "language": "en"})
        self.assertContains(page, "No card shows.")

    def test_reading_writes_nothing(self):
        wording = self.propose()
        edition = current_edition()
        self.sign_in(self.lea)
        self.client.get(self.cards)
        self.client.get(reverse("emergencies:decide", args=[wording.pk]))
        self.client.get(reverse("emergencies:write", args=[self.card.pk]))
        assert current_edition() == edition
        assert EmergencyWording.objects.filter(card=self.card).count() == 2


class TestPhrases(DeskTestCase):
    def save(self, words, pk=None, **more):
        self.sign_in(self.lea)
        name = "emergency_phrases:edit" if pk else "emergency_phrases:add"
        address = reverse(name, args=[pk] if pk else [])
        data = {"card": self.card.pk, "words": words, **more}
        return self.client.post(address, data)

    def test_are_added_by_leads(self):
        assert self.save("sky falling").status_code == 302
        assert card_for("the sky is falling", "en", current_edition())

    def test_are_kept_by_leads_only(self):
        for person in (self.ana, self.ben, self.vera):
            self.sign_in(person)
            page = self.client.get(reverse("emergency_phrases:index"))
            assert page.status_code == 302

    def test_badly_written_are_refused_with_the_reason(self):
        page = self.save("chest//pain")
        self.assertContains(page, "missing beside the slash")

    def test_of_little_words_alone_are_refused(self):
        self.assertContains(self.save("the"), "stand in very many searches")
        assert card_for("what helps the calf", "en", current_edition()) is None

    def test_that_move_to_another_language_have_to_be_meant(self):
        row = EmergencyPhrase.objects.get(words="dvt/dvts")
        cards = EmergencyCard.objects.filter(language="es", name=row.card.name)
        page = self.save(row.words, pk=row.pk, card=cards.get().pk)
        self.assertContains(page, "would see no emergency card any more")

    def test_that_silence_others_have_to_be_meant(self):
        page = self.save("heart attack", is_harmless="on")
        self.assertContains(page, "would see no emergency card any more")
        self.assertContains(page, "heart attack")
        assert card_for("heart attack", "en", current_edition())
        self.save("heart attack", is_harmless="on", confirm="on")
        assert not card_for("heart attack", "en", current_edition())

    def test_that_lose_a_word_have_to_be_meant(self):
        row = EmergencyPhrase.objects.get(words="dvt/dvts")
        page = self.save("dvt clot", pk=row.pk, card=row.card_id)
        self.assertContains(page, "would see no emergency card any more")

    def test_deleting_one_says_who_would_see_nothing_any_more(self):
        row = EmergencyPhrase.objects.get(words="dvt/dvts")
        self.sign_in(self.lea)
        page = self.client.get(reverse("emergency_phrases:delete", args=[row.pk]))
        self.assertContains(page, "would see no emergency card any more: “dvt”")
        assert EmergencyPhrase.objects.filter(pk=row.pk).exists()

    def test_deleting_the_last_one_of_a_card_says_so(self):
        row = EmergencyPhrase.objects.get(words="dvt/dvts")
        row.card.phrases.exclude(pk=row.pk).delete()
        self.sign_in(self.lea)
        page = self.client.get(reverse("emergency_phrases:delete", args=[row.pk]))
        self.assertContains(page, "This is the last phrase")

    def test_changes_are_logged(self):
        self.save("sky falling")
        assert ModelLogEntry.objects.filter(
            action="wagtail.create", user=self.lea
        ).exists()


class TestTwoAtOnce(TransactionTestCase):
    serialized_rollback = True

    def test_one_approves_and_the_other_is_told(self):
        set_the_scene(self)
        card = EmergencyCard.objects.create(
            language="en", name="test", title="Test", place=1
        )
        wording = card.propose(self.lea, WORDS, timezone.now())
        both = Barrier(2)

        def approve(person):
            try:
                mine = EmergencyWording.objects.get(pk=wording.pk)
                both.wait()
                mine.approve(person, timezone.now())
            except WordingRefused as refusal:
                return str(refusal)
            finally:
                connection.close()
            return "approved"

        with ThreadPoolExecutor(2) as people:
            said = set(people.map(approve, [self.ben, self.chloe]))
        assert said == {
            "approved",
            "Somebody else has decided on this wording already.",
        }
