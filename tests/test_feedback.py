"""Was this page helpful: what readers send, what is kept of it, and what is not."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.core.signing import Signer
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, TransactionTestCase, override_settings
from wagtail.models import PageViewRestriction

from education.demonstration.removing import remove
from education.feedback.hidden_keys import scrambled
from education.feedback.sent import Ticket
from education.models import ClinicalPage, DemonstrationItem, Feedback, withdraw
from education.private_words import masked
from education.rate_limit import address_of
from education.vocabulary import FeedbackState, WithdrawalReason
from tests.factories import (
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_topic,
    publish,
    set_the_scene,
)

SALT = "education.feedback.ticket"
TODAY = datetime(2026, 6, 30, 12, 34, 56, tzinfo=UTC)
PRIVATE = {
    "mail ana@example.org now": "mail [removed] now",
    "ana.b at example dot org": "[removed]",
    "ana (at) example (dot) org": "[removed]",
    "ask @ana": "[removed]",
    "see https://example.org/a?b=c and www.example.org": "see [removed] and [removed]",
    "my site is example.com/me": "my site is [removed]",
    "call 5550199 today": "call [removed] today",
    "call (555) 010-0199 x 12": "call [removed]",
    "call 555.010.0199": "call [removed]",
    "call 5 5 5 0 1 9 9": "call [removed]",
    "call +44 (0)20 7946 0958": "call [removed]",
    "call 555 – 010 – 0199": "call [removed]",
    "call ５５５０１９９": "call [removed]",
    "call five five five oh one nine nine": "call [removed]",
    "NHS 943 476 5919": "NHS [removed]",
    "SSN 123-45-6789": "SSN [removed]",
    "QQ 12 34 56 C": "[removed]",
    "record A123456": "record [removed]",
    "born 3/4/1980": "[removed]",
    "I was born on 3 April 1980, and": "I was [removed], and",
    "my DOB: 1980-04-03": "my [removed]",
    "on April 3, 1980 it began": "on [removed] it began",
    "since 3 April": "since [removed]",
    "an\u200ba@ex\u00adample.org": "[removed]",
    "call 5\ufe0f\u20e35\ufe0f\u20e35\ufe0f\u20e30199 now": "call [removed] now",
    "call 5\u03385\u03385\u03380\u03381\u03389\u03389\u0338 now": "call [removed] now",
    "call 555|010|0199": "call [removed]",
    "call 555*010~0199": "call [removed]",
    "call 5:5:5:0:1:9:9": "call [removed]",
    "I am of 1 2 1980.": "I am of [removed].",
    "since 02/1980, daily": "since [removed], daily",
    "since 2/1980": "since [removed]",
    "since 1980-02": "since [removed]",
    "since Feb 1980": "since [removed]",
    "since Feb. '80": "since [removed]",
    "on 3-Feb-1980": "on [removed]",
    "see example.de and a.example.fr/me": "see [removed] and [removed]",
    "ask t.me/john": "ask [removed]",
}
HARMLESS = (
    "Can I take 2 tablets of 200 mg, up to 1,200 mg a day?",
    "3 times a day for 10 days, or 1-2 at night",
    "Taking 2 may be too much.",
    "It hurts at night. Why?",
    "0.5 mL; then 2, 4 or 6 hours later",
    "For 10 days 200 mg, 3-4 times, or 2 to 3; 1 in 10 feels sick.",
    "At 8:00, 14:00 and 20:00, or 08:30 | 12:30 | 18:30?",
    "It may hurt 2-3 weeks. In 2020 I had it 2 times, about 1/2000 have it",
    "1-2 2000 IU, or 1 2 2000 mg, or 10-2000 mg; 5/10 for pain",
    "My blood pressure is 120/80; 130/85 at night",
    "The pain.it is bad.My doctor said no.I walk 10 2000 steps",
    "Take it b.i.d./t.i.d., e.g. at 8 a.m./p.m. and/or with food",
    "¿Cómo está? cafe\u0301 y nin\u0303o",
    "5 mg/mL vs. 2.5 mg/ml",
)


class FeedbackTestCase(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = publish(make_topic(), cls.ana, cls.ben)

    def setUp(self) -> None:
        cache.clear()
        self.clock = time_machine.travel(TODAY, tick=False)
        self.traveller = self.clock.start()
        self.addCleanup(self.clock.stop)

    def answer(self, helpful: str = "no", **changes: Any) -> HttpResponse:
        sent = {
            "page": self.topic.pk,
            "revision": self.topic.live_revision_id,
            "helpful": helpful,
            "website": "",
        }
        headers = changes.pop("headers", {"Sec-Fetch-Site": "same-origin"})
        address = changes.pop("address", "127.0.0.1")
        return _post("/feedback/", sent | changes, headers, address)

    def ticket(self, **changes: Any) -> str:
        response = self.answer(**changes)
        assert response.status_code == 303
        return parse_qs(urlsplit(response.headers["Location"]).query)["ticket"][0]

    def say(self, words: str, ticket: str = "", after: int = 5) -> HttpResponse:
        ticket = ticket or self.ticket()
        self.traveller.shift(timedelta(seconds=after))
        return _post("/feedback/words/", {"ticket": ticket, "words": words})

    def assertRefused(self, response: HttpResponse, status: int, sentence: str) -> None:
        self.assertContains(response, sentence, status_code=status)
        self.assertContains(response, "There is a problem", status_code=status)
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies


def unscrambled_too_large() -> int:
    """What a key would be that no database has."""
    return scrambled(2**64 - 1)


def _post(
    path: str,
    sent: dict[str, Any] | bytes,
    headers: dict[str, str] | None = None,
    address: str = "127.0.0.1",
) -> HttpResponse:
    """As browsers send forms, and with the check of tokens that tests leave out."""
    body = sent if isinstance(sent, bytes) else urlencode(sent).encode()
    return Client(enforce_csrf_checks=True).post(
        path,
        body,
        content_type="application/x-www-form-urlencoded",
        headers=headers or {},
        REMOTE_ADDR=address,
    )


class FormTests(FeedbackTestCase):
    def test_every_topic_question_and_medicine_asks(self):
        pages = [
            self.topic,
            publish(make_question(topic=self.topic), self.ana, self.ben),
            publish(make_medicine(), self.ana, self.ben, self.chloe),
        ]
        for page in pages:
            response = self.client.get(page.address)
            self.assertContains(response, "Was this page helpful?", 1)
            self.assertContains(response, f'name="page" value="{page.pk}"')
            self.assertContains(
                response, f'name="revision" value="{page.live_revision_id}"'
            )

    def test_it_is_the_same_for_everybody(self):
        before = self.client.get(self.topic.address)
        self.traveller.shift(timedelta(hours=1))
        self.sign_in(self.sam)
        assert self.client.get(self.topic.address).content == before.content
        assert b"csrf" not in before.content
        assert not before.cookies

    def test_a_draft_does_not_ask(self):
        draft = make_topic("A draft")
        self.sign_in(self.ana)
        draft.save_revision(user=self.ana)
        response = draft.make_preview_request()
        self.assertNotContains(response, "Was this page helpful?")

    def test_who_only_looks_at_its_address_is_told_where_it_is(self):
        self.assertContains(self.client.get("/feedback/"), "At the end of each page")
        assert self.client.head("/feedback/").status_code == 200

    def test_other_ways_to_ask_get_a_sentence(self):
        for address in ("/feedback/", "/feedback/words/", "/feedback/thanks/"):
            response = self.client.put(address)
            assert response.status_code == 405
            assert b"This address can only be read" in response.content


class AnswerTests(FeedbackTestCase):
    def test_yes_and_no_count_at_once(self):
        self.answer("yes")
        self.answer("no")
        rows = Feedback.objects.order_by("pk").values_list(
            "page", "revision", "is_helpful", "words", "given_on"
        )
        page, revision = self.topic.pk, self.topic.live_revision_id
        assert list(rows) == [
            (page, revision, True, "", date(2026, 6, 30)),
            (page, revision, False, "", date(2026, 6, 30)),
        ]

    def test_it_leads_to_a_page_that_takes_words_and_leads_back(self):
        response = self.answer()
        assert response.status_code == 303
        response = self.client.get(response.headers["Location"])
        self.assertContains(response, "Thank you. Your answer counts.")
        self.assertContains(response, "What was missing, or what could be better?")
        self.assertContains(response, "Please do not write personal details")
        self.assertContains(response, f'href="{self.topic.address}"')

    def test_nothing_is_kept_of_who_answered_or_at_what_time(self):
        self.answer(address="203.0.113.77")
        kept = {field.name for field in Feedback._meta.concrete_fields}
        assert kept == {
            "id",
            "page",
            "revision",
            "is_helpful",
            "words",
            "given_on",
            "state",
            "decided_by",
            "decided_at",
        }
        (row,) = Feedback.objects.values()
        assert not [value for value in row.values() if isinstance(value, datetime)]

    def test_who_is_signed_in_is_not_kept_either(self):
        self.sign_in(self.sam)
        self.client.post("/feedback/", {"page": self.topic.pk, "helpful": "yes"})
        assert not Feedback.objects.filter(decided_by=self.sam).exists()

    def test_an_older_version_that_was_live_is_kept_as_the_one_that_was_read(self):
        before = self.topic.live_revision_id
        self.topic.summary = "Something new."
        page = publish(self.topic, self.ana, self.ben)
        assert page.live_revision_id != before
        self.answer(revision=before)
        assert Feedback.objects.get().revision_id == before

    def test_no_draft_other_page_or_nonsense_is_taken_for_a_version(self):
        other = publish(make_topic("Leg rash"), self.ana, self.ben)
        page = fresh(self.topic)
        page.summary = "Not approved."
        draft = page.save_revision(user=self.ana)
        for revision in (draft.pk, other.live_revision_id, "x", "", "9" * 40, "-1"):
            cache.clear()
            self.answer(revision=revision)
        kept = set(Feedback.objects.values_list("revision", flat=True))
        assert kept == {self.topic.live_revision_id}

    def test_nothing_chosen_is_said_and_can_be_mended(self):
        for helpful in ("", "maybe"):
            response = self.answer(helpful)
            self.assertRefused(response, 400, "Please press Yes or No.")
            self.assertContains(response, 'value="yes"', status_code=400)
        assert not Feedback.objects.exists()

    def test_a_page_that_nobody_knows_is_not_found(self):
        draft = make_topic("A draft")
        for page in (draft.pk, 999_999, "9" * 18, "9" * 40, "x", "", "-1", "٣", "1\0"):
            self.assertRefused(self.answer(page=page), 404, "which page you mean")
        assert not Feedback.objects.exists()

    def test_a_private_page_is_not_known_either(self):
        PageViewRestriction.objects.create(
            page=self.topic, restriction_type="login", password=""
        )
        self.assertRefused(self.answer(), 404, "which page you mean")

    def test_a_page_that_came_off_since_is_gone(self):
        reason = WithdrawalReason.OUTDATED
        withdraw(self.topic, self.lea, reason, "Too old.", TODAY)
        self.assertRefused(self.answer(), 410, "has been taken down")

    def test_what_no_browser_sends_gets_a_sentence(self):
        page = f"page={self.topic.pk}&helpful=".encode()
        for body in (
            b"",
            b"\xff\xfe=%FF",
            page + b"%ED%A0%80",
            page + b"\0",
            b"&" * 99,
        ):
            response = _post("/feedback/", body)
            assert response.status_code in (400, 404), body
            self.assertContains(
                response, "There is a problem", status_code=response.status_code
            )
        for kind in ("application/json", "multipart/form-data", "x", ""):
            response = self.client.generic("POST", "/feedback/", "{", content_type=kind)
            self.assertRefused(response, 400, "We could not read that")
        latin = "application/x-www-form-urlencoded; charset=latin-1"
        response = self.client.post("/feedback/", b"page=1", content_type=latin)
        self.assertRefused(response, 400, "We could not read that")

    def test_a_form_that_is_far_too_large_is_not_read(self):
        response = _post("/feedback/", b"helpful=" + b"y" * 70_000)
        self.assertRefused(response, 413, "far too long")
        for length in ("nonsense", "-1", "9" * 40):
            request = self.client.generic("POST", "/feedback/", CONTENT_LENGTH=length)
            self.assertRefused(request, 413, "far too long")

    def test_programs_that_fill_in_every_field_are_refused(self):
        self.assertRefused(self.answer(website="x"), 400, "has to stay empty")
        assert not Feedback.objects.exists()

    def test_a_database_that_fails_is_said_and_logged_by_name(self):
        create = "education.feedback.views.add_answer"
        with (
            patch(create, side_effect=DatabaseError("secret")),
            self.assertLogs("education.feedback", logging.ERROR) as logs,
        ):
            response = self.answer()
        self.assertRefused(response, 503, "could not keep it")
        assert response.headers["Retry-After"]
        assert "secret" not in str(logs.output)


class OriginTests(FeedbackTestCase):
    def test_what_another_site_sends_is_refused(self):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "https://testserver.evil.example"},
            {"Origin": "http://[x"},
            {"Referer": "https://evil.example/testserver"},
        ):
            response = self.answer(headers=headers)
            self.assertRefused(response, 403, "from another website")
            response = _post("/feedback/words/", {"ticket": "x"}, headers)
            self.assertRefused(response, 403, "from another website")
        assert not Feedback.objects.exists()

    def test_what_our_own_pages_send_is_taken(self):
        for headers in (
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://public.example"},
            {"Origin": "http://testserver"},
            {"Referer": "http://testserver/topics/muscle-cramps/"},
        ):
            cache.clear()
            assert self.answer(headers=headers).status_code == 303, headers

    def test_browsers_that_say_nothing_are_let_in(self):
        assert self.answer(headers={}).status_code == 303

    @override_settings(CSRF_TRUSTED_ORIGINS=["https://public.example"])
    def test_origins_that_the_operator_trusts_are_let_in(self):
        given = {"Origin": "https://public.example"}
        assert self.answer(headers=given).status_code == 303


class WordsTests(FeedbackTestCase):
    def test_words_are_added_to_the_answer_and_thanked_for(self):
        response = self.say("How long does it last?")
        assert response.status_code == 303
        row = Feedback.objects.get()
        assert (row.words, row.is_helpful) == ("How long does it last?", False)
        response = self.client.get(response.headers["Location"])
        self.assertContains(response, "Thank you")
        self.assertContains(response, f'href="{self.topic.address}"')
        self.assertNotContains(response, "How long")

    def test_words_are_optional(self):
        assert self.say("  \n ").status_code == 303
        assert Feedback.objects.get().words == ""

    def test_four_hundred_characters_fit_as_browsers_send_them(self):
        assert self.say("é\r\n" * 199 + "éé").status_code == 303
        assert len(Feedback.objects.get().words) == 400

    def test_too_many_are_said_and_come_back_as_they_were_typed(self):
        response = self.say("<b>" + "x" * 400)
        self.assertRefused(response, 400, "You wrote 403 characters")
        self.assertContains(response, "&lt;b&gt;xxx", status_code=400)
        self.assertContains(response, "Error: ", status_code=400)
        assert Feedback.objects.get().words == ""

    def test_what_cannot_be_shown_is_left_out(self):
        self.say("a\0b\x07c\x1b \u202ed")
        assert Feedback.objects.get().words == "abc d"
        ticket = self.ticket()
        self.traveller.shift(timedelta(seconds=5))
        body = f"ticket={ticket}&words=caf%E9+%ED%A0%80".encode()
        assert _post("/feedback/words/", body).status_code == 303

    def test_what_may_say_who_somebody_is_is_never_stored(self):
        self.say("I am at ana@example.org, or 555 010 0199.")
        assert Feedback.objects.get().words == "I am at [removed], or [removed]."

    def test_who_sees_a_slip_sends_it_again(self):
        ticket = self.ticket()
        self.say("I am Ana.", ticket)
        assert self.say("It is too long.", ticket).status_code == 303
        assert Feedback.objects.get().words == "It is too long."

    def test_what_somebody_has_decided_on_stays(self):
        ticket = self.ticket()
        self.say("Too long.", ticket)
        Feedback.objects.update(state=FeedbackState.DONE)
        response = self.say("Too short.", ticket)
        self.assertRefused(response, 409, "cannot be changed")
        self.assertContains(response, "Too short.", status_code=409)
        assert Feedback.objects.get().words == "Too long."

    def test_nobody_adds_words_to_the_answer_of_another(self):
        ticket = self.ticket()
        other = ticket[:-3] + "abc"
        for made_up in ("", "1", "x:y", other, "é", "a" * 9000):
            response = self.say("Words.", made_up or " ")
            self.assertRefused(response, 400, "which page you mean")
            self.assertContains(response, "Words.", status_code=400)
            response = self.client.get("/feedback/words/", {"ticket": made_up})
            self.assertRefused(response, 400, "which page you mean")

    def test_a_ticket_does_not_tell_how_many_answers_there_are(self):
        tickets = [self.ticket(), self.ticket()]
        keys = list(Feedback.objects.order_by("pk").values_list("pk", flat=True))
        shown = [Signer(salt=SALT).unsign_object(ticket)[0] for ticket in tickets]
        assert abs(shown[1] - shown[0]) > 1000
        assert not set(keys) & set(shown)
        assert [Ticket.read(ticket).answer for ticket in tickets] == keys

    def test_a_ticket_of_another_secret_leads_to_no_answer(self):
        for number in (-1, 2**64, "x", None, unscrambled_too_large()):
            ticket = Signer(salt=SALT).sign_object([number, 1])
            response = self.say("Words.", ticket)
            self.assertRefused(response, 400, "which page you mean")

    def test_nobody_is_quicker_than_two_seconds(self):
        response = self.say("Words.", after=1)
        self.assertRefused(response, 429, "Please press Send again")
        self.assertContains(response, "Words.", status_code=429)
        assert response.headers["Retry-After"] == "2"

    def test_after_a_day_it_is_too_late_and_the_words_are_still_there(self):
        ticket = self.ticket()
        response = self.say("Words.", ticket, after=24 * 3600 + 1)
        self.assertRefused(response, 410, "more than a day ago")
        self.assertContains(response, "Words.", status_code=410)
        self.assertContains(response, self.topic.address, status_code=410)

    def test_words_on_a_page_that_came_off_meanwhile_are_kept_and_nothing_leaks(self):
        ticket = self.ticket()
        reason = WithdrawalReason.WRONG
        withdraw(self.topic, self.lea, reason, "Wrong.", TODAY)
        self.assertNotContains(
            self.client.get("/feedback/words/", {"ticket": ticket}), self.topic.title
        )
        response = self.say("The dose was wrong.", ticket)
        assert response.status_code == 303
        thanks = self.client.get(f"/feedback/thanks/?page={self.topic.pk}")
        self.assertNotContains(thanks, self.topic.title)
        assert Feedback.objects.get().words == "The dose was wrong."

    def test_the_page_of_thanks_takes_any_nonsense(self):
        for page in ("x", "", "9" * 40, "-1", "1%E9"):
            response = self.client.get(f"/feedback/thanks/?page={page}")
            assert response.status_code == 200

    def test_no_log_holds_what_was_written(self):
        with self.assertLogs(level=logging.DEBUG) as logs:
            logging.getLogger("test").info("begin")
            self.say("a secret of mine " * 40)
            self.say("a secret of mine")
        assert "secret" not in str(logs.output)

    def test_answering_and_adding_words_cost_few_statements(self):
        with self.assertNumQueries(2):
            ticket = self.ticket()
        with self.assertNumQueries(2):
            self.say("Words.", ticket)


class LimitTests(FeedbackTestCase):
    def test_five_answers_a_minute_are_taken_from_one_address(self):
        for _ in range(5):
            assert self.answer().status_code == 303
        response = self.answer()
        self.assertRefused(response, 429, "Please wait a minute")
        assert response.headers["Retry-After"] == "4"
        assert Feedback.objects.count() == 5
        assert self.answer(address="203.0.113.9").status_code == 303
        self.traveller.shift(timedelta(seconds=4))
        assert self.answer().status_code == 303

    def test_ten_times_words_are_taken_and_the_eleventh_come_back(self):
        ticket = self.ticket()
        self.traveller.move_to(TODAY + timedelta(minutes=1))
        for _ in range(10):
            assert self.say("Words.", ticket, after=0).status_code == 303
        response = self.say("Other words.", ticket, after=0)
        self.assertRefused(response, 429, "Please wait a minute")
        self.assertContains(response, "Other words.", status_code=429)

    def test_no_address_is_kept_in_the_cache_and_nothing_beyond_its_time(self):
        kept: list[tuple[Any, ...]] = []
        add = cache.add

        def noted(key: str, value: Any, timeout: int, **more: Any) -> bool:
            kept.append((key, value, timeout))
            return add(key, value, timeout, **more)

        with patch.object(cache, "add", noted):
            self.answer(address="203.0.113.77")
            self.answer(address="2001:db8::77")
        assert kept
        assert {timeout for *_, timeout in kept} == {60}
        assert "203.0.113" not in str(kept)
        assert "2001" not in str(kept)

    def test_without_a_cache_answers_are_taken_and_the_failure_is_named(self):
        broken = patch.object(cache, "add", side_effect=OSError("redis://secret"))
        with broken, self.assertLogs("education.rate_limit", logging.ERROR) as logs:
            for _ in range(7):
                assert self.answer().status_code == 303
        assert "OSError" in logs.output[0]
        assert "secret" not in str(logs.output)

    def test_the_address_is_what_the_proxies_that_are_ours_saw(self):
        forged = "198.51.100.1, 203.0.113.5"
        for proxies, said, expected in (
            (0, forged, "10.0.0.1"),
            (1, forged, "203.0.113.5"),
            (2, forged, "198.51.100.1"),
            (3, forged, "10.0.0.1"),
            (1, "", "10.0.0.1"),
            (1, "nonsense", "unknown"),
            (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            (1, "::ffff:203.0.113.5", "203.0.113.5"),
        ):
            request = RequestFactory().get(
                "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": said}
            )
            with override_settings(TRUSTED_PROXIES=proxies):
                assert address_of(request) == expected, (proxies, said)


class KeepingTests(FeedbackTestCase):
    def test_words_are_forgotten_after_a_year_and_the_answers_stay(self):
        self.say("Old words.")
        self.traveller.shift(timedelta(days=364))
        call_command("run_schedule", verbosity=0)
        assert Feedback.objects.get().words == "Old words."
        self.traveller.shift(timedelta(days=2))
        call_command("run_schedule", verbosity=0)
        row = Feedback.objects.get()
        assert (row.words, row.is_helpful) == ("", False)

    def test_feedback_on_a_withdrawn_page_stays(self):
        self.say("Too long.")
        reason = WithdrawalReason.OUTDATED
        withdraw(self.topic, self.lea, reason, "Too old.", TODAY)
        assert Feedback.objects.filter(words="Too long.").exists()

    def test_feedback_goes_with_the_demonstration_and_does_not_hold_it(self):
        self.say("Too long.")
        for thing in (self.topic, self.ana, self.ben):
            DemonstrationItem.objects.note(thing)
        page = ClinicalPage.objects.get(pk=self.topic.pk)
        page.sign_offs.model.objects.none()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE education_signoff SET ledger = 'demonstration'")
        remove()
        assert not Feedback.objects.exists()

    def test_nothing_of_it_is_public(self):
        self.say("Words that nobody reads in public.")
        for address in (self.topic.address, f"{self.topic.address}history/", "/"):
            self.assertNotContains(self.client.get(address), "nobody reads in public")
        response = self.client.get("/search/?q=nobody+reads+in+public")
        self.assertNotContains(response, "Words that")


@pytest.mark.parametrize(("said", "kept"), PRIVATE.items())
def test_what_may_say_who_somebody_is_is_masked(said: str, kept: str) -> None:
    assert masked(said) == kept


@pytest.mark.parametrize("said", HARMLESS)
def test_doses_times_and_plain_words_stay(said: str) -> None:
    assert masked(said) == said


class TwoAtOnceTests(TransactionTestCase):
    serialized_rollback = True

    def test_answers_that_come_together_all_count(self):
        set_the_scene(self)
        cache.clear()
        page = publish(make_topic(), self.ana, self.ben)
        barrier, statuses = Barrier(4, timeout=20), []

        def send() -> None:
            try:
                barrier.wait()
                sent = {"page": page.pk, "helpful": "yes"}
                statuses.append(_post("/feedback/", sent).status_code)
            finally:
                connection.close()

        threads = [Thread(target=send, daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert statuses == [303] * 4
        assert Feedback.objects.filter(page=page.pk).count() == 4
