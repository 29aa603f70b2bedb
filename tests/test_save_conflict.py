"""Two people edit one page: nobody's words are lost, and nobody is surprised."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from education.models import HomePage, Reference, SectionPage
from education.vocabulary import Kind
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_question,
    question_form,
    section,
)

#: `tests/faults/run.py` plays fifty.
ROUNDS = 10


def url_of(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def hidden(response: HttpResponse, name: str) -> str:
    """What the form in this answer sends back by itself."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


class TwoEditorsTestCase(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.page.save_revision(user=self.ana, log_action=True)

    def open(self) -> dict[str, str]:
        """What the form that is opened now will send along to say what was read."""
        newest = self.newest()
        return {
            "loaded_revision_id": str(newest.pk),
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }

    def save(self, who: User, read: dict[str, str], **changes: Any) -> HttpResponse:
        self.sign_in(who)
        form = question_form(self.page, **changes)
        return self.client.post(url_of(self.page), form | read)

    def newest(self) -> Revision:
        return fresh(self.page).get_latest_revision()


class SavingOverTests(TwoEditorsTestCase):
    def conflict(self, **more: Any) -> HttpResponse:
        """Ana opens the page, Ben saves, Ana saves."""
        read = self.open()
        theirs = self.open()
        saved = self.save(self.ben, theirs, short_answer="Ben's careful answer.")
        assert saved.status_code == 302
        return self.save(
            self.ana, read, short_answer="Ana's own answer.", summary="Ana's.", **more
        )

    def test_the_form_says_what_was_read(self):
        self.sign_in(self.ana)
        response = self.client.get(url_of(self.page))
        for name, value in self.open().items():
            assert hidden(response, name) == value

    def test_it_is_refused_and_nothing_typed_is_lost(self):
        response = self.conflict()
        self.assertContains(response, "Ana&#x27;s own answer.", status_code=409)
        self.assertContains(response, "Your changes are not saved", status_code=409)
        assert self.newest().content["short_answer"] == "Ben's careful answer."

    def test_it_shows_who_saved_what(self):
        response = self.conflict()
        self.assertContains(
            response, "Ben Example saved a newer version", status_code=409
        )
        self.assertContains(
            response, "<ins>Ben&#x27;s careful answer.</ins>", status_code=409
        )
        compare = re.search(
            r'href="([^"]*revisions/compare[^"]*)"', str(response.content)
        )
        assert self.client.get(compare[1]).status_code == 200

    def test_handing_over_is_refused_too(self):
        response = self.conflict(**{"action-submit": "1"})
        assert response.status_code == 409
        assert not fresh(self.page).workflow_in_progress

    def test_the_same_form_sent_again_is_refused_again(self):
        before = self.open()
        response = self.conflict()
        read = {name: hidden(response, name) for name in before}
        assert read == before
        again = self.save(self.ana, read, short_answer="Ana's own answer.")
        assert again.status_code == 409
        assert self.newest().user == self.ben

    def test_after_reading_theirs_hers_is_saved_and_theirs_stays_in_the_history(self):
        response = self.conflict()
        read = {"loaded_revision_id": hidden(response, "loaded_revision_id")}
        ticked = {"read_theirs": hidden(response, "read_theirs")}
        saved = self.save(self.ana, read | ticked, short_answer="Both answers.")
        assert saved.status_code == 302
        assert self.newest().content["short_answer"] == "Both answers."
        assert Revision.objects.for_instance(self.page).filter(user=self.ben).exists()

    def test_having_read_one_does_not_stand_for_the_next(self):
        response = self.conflict()
        ticked = {"read_theirs": hidden(response, "read_theirs")}
        read = {"loaded_revision_id": hidden(response, "loaded_revision_id")}
        self.save(self.ben, self.open(), short_answer="Ben wrote once more.")
        response = self.save(self.ana, read | ticked, short_answer="Both answers.")
        self.assertContains(response, "Ben wrote once more.", status_code=409)

    def test_no_autosave_slips_it_in_meanwhile(self):
        self.assertNotContains(self.conflict(), "w-autosave-interval", status_code=409)
        read = self.open()
        self.save(self.ben, self.open(), short_answer="Ben's answer.")
        self.sign_in(self.ana)
        for sent in (read, {}):
            response = self.client.post(
                url_of(self.page),
                question_form(self.page) | sent,
                headers={"accept": "application/json"},
            )
            assert response.json()["error_code"] == "invalid_revision"
        assert self.newest().user == self.ben

    def test_a_form_that_says_nothing_counts_as_old(self):
        self.save(self.ben, self.open(), short_answer="Ben's answer.")
        for sent in (
            {},
            {"loaded_revision_id": "999999"},
            {"loaded_revision_id": "9" * 40},
            {"loaded_revision_id": "-1"},
            {"loaded_revision_id": str(self.newest().pk)},
            {"overwrite_revision_id": str(self.newest().pk)},
            {"read_theirs": str(self.newest().pk)},
        ):
            response = self.save(self.ana, sent, short_answer="Ana's answer.")
            assert response.status_code == 409
        assert self.newest().user == self.ben

    def test_but_nobody_is_kept_from_their_own_newest_version(self):
        for _ in range(2):
            saved = self.save(self.ana, {}, short_answer="Ana's answer.")
            assert saved.status_code == 302

    def test_ones_own_older_window_may_save_while_nobody_else_wrote(self):
        read = self.open()
        self.save(self.ana, read, short_answer="In the first window.")
        saved = self.save(self.ana, read, short_answer="In the second window.")
        assert saved.status_code == 302
        self.save(self.ben, self.open(), short_answer="Ben's answer.")
        assert self.save(self.ana, read).status_code == 409

    def test_what_autosave_wrote_over_counts_as_newer(self):
        self.save(self.ben, self.open(), short_answer="Ben begins.")
        read = self.open()
        bens = self.newest()
        page = fresh(self.page)
        page.short_answer = "Ben goes on."
        page.save_revision(user=self.ben, overwrite_revision=bens)
        assert self.newest() == bens
        response = self.save(self.ana, read, short_answer="Ana's answer.")
        assert response.status_code == 409
        read = {
            name: hidden(response, name)
            for name in ("loaded_revision_id", "loaded_revision_created_at")
        }
        assert self.save(self.ana, read).status_code == 409
        ticked = {"read_theirs": hidden(response, "read_theirs")}
        assert self.save(self.ana, read | ticked).status_code == 302

    def test_rows_that_they_removed_do_not_stand_in_the_way(self):
        read = self.open()
        hers = question_form(self.page, short_answer="Ana's answer.") | read
        theirs = self.open()
        without = inline_formset([])
        assert self.save(self.ben, theirs, references=without).status_code == 302
        self.sign_in(self.ana)
        response = self.client.post(url_of(self.page), hers)
        ticked = {"read_theirs": hidden(response, "read_theirs")}
        saved = self.client.post(url_of(self.page), hers | ticked)
        assert saved.status_code == 302
        assert len(self.newest().content["references"]) == 1

    def test_rows_that_they_added_are_not_mixed_into_hers(self):
        read = self.open()
        hers = question_form(self.page, short_answer="Ana's answer.") | read
        page = fresh(self.page)
        page.references.add(Reference(title="Ben's source", url="https://example.org"))
        page.save_revision(user=self.ben, log_action=True)
        self.sign_in(self.ana)
        response = self.client.post(url_of(self.page), hers)
        ticked = {"read_theirs": hidden(response, "read_theirs")}
        saved = self.client.post(url_of(self.page), hers | ticked)
        assert saved.status_code == 302
        titles = [row["title"] for row in self.newest().content["references"]]
        assert titles == ["Muscle cramps"]

    def test_going_back_to_an_old_version_is_no_way_round(self):
        first = self.newest()
        revert = reverse(
            "wagtailadmin_pages:revisions_revert", args=[self.page.pk, first.pk]
        )
        self.sign_in(self.ana)
        read = {
            "loaded_revision_id": hidden(self.client.get(revert), "loaded_revision_id")
        }
        self.save(self.ben, self.open(), short_answer="Ben's answer.")
        self.sign_in(self.ana)
        response = self.client.post(revert, question_form(self.page) | read)
        assert response.status_code == 409
        assert self.newest().user == self.ben

    def test_a_live_page_is_as_safe(self):
        self.submit(self.page)
        approve(self.page, self.chloe)
        self.page = fresh(self.page)
        response = self.conflict(change_note="Said better.")
        self.assertContains(response, "Ben Example saved", status_code=409)

    def test_round_after_round_nothing_is_lost(self):
        lost = 0
        for number in range(ROUNDS):
            read = self.open()
            dose = f"Take {number} a day, says Ben."
            self.save(self.ben, self.open(), short_answer=dose)
            refused = self.save(self.ana, read, summary=f"Round {number}.")
            lost += refused.status_code != 409
            lost += self.newest().content["short_answer"] != dose
        assert lost == 0


class HomeAndSectionTests(PortalTestCase):
    def forms(self):
        home = HomePage.objects.get()
        yield (
            home,
            nested_form_data(
                {
                    "title": home.title,
                    "slug": home.slug,
                    "welcome": "Welcome",
                    "introduction": "Words.",
                    "needed_rows": inline_formset([]),
                    "comments": inline_formset([]),
                }
            ),
        )
        topics = section(Kind.TOPIC)
        yield (
            topics,
            nested_form_data(
                {
                    "title": topics.title,
                    "slug": topics.slug,
                    "introduction": "Words.",
                    "comments": inline_formset([]),
                }
            ),
        )

    def test_they_are_as_safe_as_pages_of_health_content(self):
        for page, form in self.forms():
            page.introduction = "Lea wrote this."
            page.save_revision(user=self.lea)
            self.sign_in(self.ana)
            response = self.client.post(url_of(page), form)
            self.assertContains(response, "Lea Example saved", status_code=409)
            assert isinstance(page, HomePage | SectionPage)


class WaitingPageTests(TwoEditorsTestCase):
    def test_who_saves_after_it_was_handed_over_keeps_what_was_typed(self):
        read = self.open()
        self.submit(self.page)
        response = self.save(self.lea, read, summary="Lea typed this.")
        self.assertContains(response, "Lea typed this.", status_code=409)
        self.assertContains(response, "waiting for approval", status_code=409)

    def test_handing_over_twice_gives_one_approval_and_a_sentence(self):
        read = self.open()
        first = self.save(self.ana, read, **{"action-submit": "1"})
        second = self.save(self.ana, read, **{"action-submit": "1"})
        assert (first.status_code, second.status_code) == (302, 409)
        self.assertContains(second, "waiting for approval", status_code=409)

    def test_a_page_that_another_page_overtook_is_refused_with_a_sentence(self):
        other = make_question("What is a spasm?")
        read = self.open()
        self.submit(other)
        approve(other, self.ben)
        response = self.save(
            self.ana, read, title="What is a spasm?", **{"action-submit": "1"}
        )
        assert response.status_code in (200, 409)
        assert not fresh(self.page).workflow_in_progress


class ExpiredPageTests(TwoEditorsTestCase):
    def test_its_day_does_not_stand_in_the_way_of_the_next_save(self):
        self.page.expire_at = timezone.now() + timedelta(hours=1)
        self.submit(self.page)
        approve(self.page, self.ben)
        with time_machine.travel(timezone.now() + timedelta(hours=2)):
            fresh(self.page).unpublish(set_expired=True)
            self.sign_in(self.ana)
            response = self.client.get(url_of(self.page))
            until = response.context["form"]["expire_at"].value()
            saved = self.save(
                self.ana, self.open(), summary="Said better.", expire_at=until or ""
            )
            assert saved.status_code == 302
