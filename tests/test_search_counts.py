"""What is kept of searches: counts by day, and nothing of who searched."""

import logging
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from time import perf_counter
from unittest import mock

from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from education.models import SearchCount, SearchTerm
from education.private_words import is_private
from education.search import counting
from education.search.counts_written import forget_old_searches
from education.search.opened import opening_address
from tests.factories import make_question, make_topic
from tests.searching import SearchTestCase, publish_at_once, topic

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class CountingTestCase(SearchTestCase):
    def setUp(self):
        counting.forget_noted()
        self.addCleanup(counting.forget_noted)

    def searched(self, *texts: str, on: datetime = MONDAY, found: int = 3, **more):
        for text in texts:
            counting.note_search(text, more.get("language", "en"), found, on)
        counting.flush(on)

    def everything_kept(self) -> str:
        """All that the tables of searches hold, as text."""
        terms = SearchTerm.objects.values_list()
        return str([*terms, *SearchCount.objects.values_list()])

    def count(self, text: str, language: str = "en") -> SearchCount:
        hashed = counting.hash_of(counting.token_for(text, language))
        return SearchCount.objects.get(term__hashed=hashed)


class WhatIsKeptTests(CountingTestCase):
    def test_a_rare_search_is_kept_as_a_hash_without_its_words(self):
        self.searched("charley horse", "charley horse")
        term = SearchTerm.objects.get()
        assert term.text == ""
        assert "charley" not in self.everything_kept()
        assert self.count("charley horse").asked == 2

    def test_its_words_are_kept_once_it_was_made_on_three_days(self):
        for day in range(2):
            self.searched("charley horse", "charley horse", on=MONDAY + day * DAY)
        assert SearchTerm.objects.get().text == ""
        self.searched("charley horse", on=MONDAY + 2 * DAY)
        assert SearchTerm.objects.get().text == "charley horse"

    def test_three_searches_on_one_day_are_not_three_days(self):
        for hour in range(3):
            self.searched("charley horse", on=MONDAY + timedelta(hours=hour))
        assert SearchTerm.objects.get().text == ""

    def test_openings_alone_do_not_bring_words_to_light(self):
        token = counting.token_for("charley horse", "en")
        self.searched("charley horse")
        for day in range(1, 4):
            counting.note_opening(token, MONDAY + day * DAY)
            counting.flush(MONDAY + day * DAY)
        self.searched("charley horse", on=MONDAY + 4 * DAY)
        assert SearchTerm.objects.get().text == ""

    def test_long_searches_never_show_their_words(self):
        for long in (
            "my left calf aches each night after running uphill fast",
            "pneumonoultramicroscopic" * 4,
        ):
            for day in range(4):
                self.searched(long, on=MONDAY + day * DAY)
        assert SearchTerm.objects.count() == 2
        assert not SearchTerm.objects.in_clear().exists()

    def test_searches_that_mean_the_same_are_one(self):
        self.searched("What is a Charley-Horse?", "charley   horse", "CHARLEY HÓRSE")
        assert self.count("charley horse").asked == 3

    def test_languages_are_counted_apart(self):
        self.searched("dolor")
        self.searched("dolor", language="es")
        assert SearchTerm.objects.count() == 2
        assert self.count("dolor", "es").term.language == "es"

    def test_the_number_of_results_last_seen_is_kept_for_each_day(self):
        self.searched("cramp", found=0)
        self.searched("cramp", found=7)
        self.searched("cramp", found=9, on=MONDAY + DAY)
        assert list(SearchCount.objects.order_by("day").values_list("results")) == [
            (7,),
            (9,),
        ]

    def test_a_search_without_words_is_not_counted(self):
        self.searched("", "?!", "   ")
        assert not SearchTerm.objects.exists()

    def test_no_time_of_day_and_nothing_of_the_reader_is_kept(self):
        self.client.get("/search/", {"q": "cramp"}, REMOTE_ADDR="203.0.113.77")
        counting.flush(MONDAY)
        assert "203.0.113.77" not in self.everything_kept()
        assert SearchCount.objects.get().day == date.today()
        kept = {field.name for field in SearchTerm._meta.get_fields()}
        kept |= {field.name for field in SearchCount._meta.get_fields()}
        assert kept == {
            *("id", "hashed", "language", "text", "counts"),
            *("term", "day", "asked", "opened", "results"),
        }

    def test_the_address_of_a_result_does_not_give_the_hash_away(self):
        """Who has the database may not try words out on the public site."""
        token = counting.token_for("charley horse", "en")
        self.searched("charley horse")
        assert token not in self.everything_kept()

    def test_another_portal_makes_other_hashes(self):
        here = counting.token_for("cramp", "en")
        with self.settings(SECRET_KEY="of another portal"):
            assert counting.token_for("cramp", "en") != here


class PrivateWordsTests(CountingTestCase):
    PRIVATE = (
        "ana@example.org",
        "ana ＠ example.org",
        "ana.example at gmail dot com",
        "www.example.org cramps",
        "555-123-4567",
        "(555) 123 4567 cramps",
        "+44 7700 900123",
        "call 5551234",
        "5 5 5 1 2 3 4 5 6 7",
        "078-05-1120",
        "078 05 1120",
        "943 476 5919",
        "QQ 12 34 56 C",
        "patient 48213",
        "٤٨٢١٣٦",
        "12/03/1980",
        "1980-03-12",
        "12.3.80",
        "march 12 1980",
        "12th of march 1980 cramps",
        "march 1980",
        "12 de marzo de 1980",
        "born 1980",
        "4111 1111 1111 1111",
        "555\u2011123\u20114567",
        "55\u200b51\u200b23456",
    )
    HARMLESS = (
        "charley horse",
        "ibuprofen 200 mg",
        "ibuprofen 1,000 mg",
        "advil 200 or 400 mg",
        "vitamin b12 500 mcg",
        "cramps after 40",
        "covid 19",
        "calf pain 3 days",
        "blood pressure 120/80",
        "may cause drowsiness",
        "pain at night",
        "is it 24/7",
    )

    def test_what_may_say_who_somebody_is_is_not_counted_in_any_form(self):
        for text in self.PRIVATE:
            for day in range(3):
                self.searched(text, on=MONDAY + day * DAY)
            assert not SearchTerm.objects.exists(), text
            assert counting.token_for(text, "en") == "", text

    def test_ordinary_searches_are_counted(self):
        for text in self.HARMLESS:
            self.searched(text)
            assert self.count(text).asked == 1, text

    def test_no_text_takes_long_to_look_at(self):
        for text in ("1 " * 100, "1/" * 100, "a." * 100, "march " * 33, "born " * 40):
            started = perf_counter()
            is_private(text)
            assert perf_counter() - started < 0.05, text


class WritingTests(CountingTestCase):
    def test_a_search_writes_nothing_itself(self):
        topic("Muscle cramps")
        with CaptureQueriesContext(connection) as asked:
            self.ask("cramps")
        said = [query["sql"].lstrip().split()[0].upper() for query in asked]
        assert not {"INSERT", "UPDATE", "DELETE"} & set(said)
        assert not SearchTerm.objects.exists()
        counting.flush(MONDAY)
        assert SearchTerm.objects.exists()

    def test_what_was_noted_is_written_after_a_minute_and_not_before(self):
        counting.note_search("cramp", "en", 3, MONDAY)
        counting.flush_if_due(MONDAY + timedelta(seconds=59))
        assert not SearchTerm.objects.exists()
        counting.flush_if_due(MONDAY + timedelta(seconds=60))
        assert SearchTerm.objects.exists()
        with self.assertNumQueries(0):
            counting.flush_if_due(MONDAY + timedelta(hours=1))

    def test_only_searches_that_somebody_made_are_counted(self):
        topic("Muscle cramps", "Calf")
        self.client.head("/search/", {"q": "cramps"})
        self.ask("cramps", page="2")
        self.ask("cramps", kind="topic")
        self.ask("cramps", tag="calf")
        for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE"):
            said = {name: "prefetch;prerender"}
            self.client.get("/search/", {"q": "cramps"}, **said)
        counting.flush(MONDAY)
        assert not SearchTerm.objects.exists()
        self.ask("cramps", page="1", kind="")
        counting.flush(MONDAY)
        assert self.count("cramps").asked == 1

    def test_many_are_written_in_a_handful_of_statements(self):
        for number in range(100):
            counting.note_search(f"word{number}", "en", 3, MONDAY)
        with CaptureQueriesContext(connection) as asked:
            counting.flush(MONDAY)
        assert SearchTerm.objects.count() == 100
        assert len(asked) <= 7

    def test_memory_is_bounded(self):
        with mock.patch.object(counting, "MOST_NOTED", 5):
            for number in range(9):
                self.note(f"word{number}")
            self.note("word0")
        counting.flush(MONDAY)
        assert SearchTerm.objects.count() == 5
        assert self.count("word0").asked == 2

    def note(self, text: str) -> None:
        counting.note_search(text, "en", 3, MONDAY)

    def test_threads_do_not_lose_each_others_searches(self):
        def search() -> None:
            for _ in range(200):
                self.note("cramp")

        threads = [Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counting.flush(MONDAY)
        assert self.count("cramp").asked == 800

    def test_a_failure_says_no_word_of_a_search_and_is_made_good(self):
        self.note("charley horse")
        broken = mock.Mock(side_effect=DatabaseError("near charley horse"))
        with (
            mock.patch.object(counting, "write", broken),
            self.assertLogs("education.search.counting", logging.ERROR) as logged,
        ):
            counting.flush(MONDAY)
        assert "charley" not in str(logged.output)
        assert "DatabaseError" in str(logged.output)
        self.note("charley horse")
        counting.flush(MONDAY)
        assert self.count("charley horse").asked == 2


class OpeningTests(CountingTestCase):
    def setUp(self):
        super().setUp()
        self.page = topic("Muscle cramps")
        self.token = counting.token_for("leg cramp", "en")

    def opened(self, page_id: int | None = None, token: str = "", **headers: str):
        address = opening_address(token or self.token, page_id or self.page.pk)
        return self.client.get(address, **headers)

    def test_a_result_leads_through_an_address_without_words_to_its_page(self):
        address = opening_address(self.token, self.page.pk)
        assert "cramp" not in address
        response = self.client.get(address)
        assert (response.status_code, response["Location"]) == (
            302,
            "/topics/muscle-cramps/",
        )
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies

    def test_openings_are_counted_with_the_search(self):
        self.searched("leg cramp")
        for _ in range(2):
            self.opened()
            counting.flush(MONDAY)
        assert sum(SearchCount.objects.values_list("opened", flat=True)) == 2

    def test_an_opening_that_is_written_before_its_search_is_not_lost(self):
        counting.note_opening(self.token, MONDAY)
        counting.flush(MONDAY)
        self.searched("leg cramp")
        assert self.count("leg cramp").opened == 1

    def test_made_up_searches_leave_nothing_behind(self):
        for number in range(5):
            self.opened(token=f"{number:024x}")
        for _ in range(5):
            counting.flush(MONDAY)
        assert not SearchTerm.objects.exists()
        assert not SearchCount.objects.exists()

    def test_looking_ahead_is_not_opening(self):
        self.searched("leg cramp")
        self.client.head(opening_address(self.token, self.page.pk))
        self.opened(HTTP_SEC_PURPOSE="prefetch")
        counting.flush(MONDAY)
        assert self.count("leg cramp").opened == 0

    def test_hidden_pages_answer_like_pages_that_never_were(self):
        draft = make_topic("A draft")
        expired = publish_at_once(make_question("What expired?"))
        type(expired).objects.filter(pk=expired.pk).update(expire_at=MONDAY - DAY)
        section = self.page.get_parent()
        unknown = self.opened(page_id=999_999_999)
        assert unknown.status_code == 404
        for page in (draft, expired, section):
            hidden = self.opened(page_id=page.pk)
            assert hidden.status_code == 404
            assert hidden.content == unknown.content
            assert hidden.headers == unknown.headers
        assert self.client.get("/no-such-page/").content == unknown.content

    def test_nothing_else_can_be_reached(self):
        for address in (
            f"/search/to/{self.token}/{10**40}/",
            f"/search/to/short/{self.page.pk}/",
            f"/search/to/{'Z' * 24}/{self.page.pk}/",
            f"/search/to/{self.token}/https://example.org/",
            f"/search/to/{self.token}//example.org/",
        ):
            assert self.client.get(address).status_code == 404, address
        there = opening_address(self.token, self.page.pk)
        response = self.client.get(f"{there}?next=https://example.org/")
        assert response["Location"] == "/topics/muscle-cramps/"
        assert self.client.post(there).status_code == 405

    def test_one_statement_leads_to_the_page(self):
        with self.assertNumQueries(1):
            self.opened()


class ForgettingTests(CountingTestCase):
    def test_rare_searches_are_forgotten_after_ninety_days(self):
        self.searched("charley horse")
        forget_old_searches((MONDAY + 90 * DAY).date())
        assert SearchTerm.objects.exists()
        forget_old_searches((MONDAY + 91 * DAY).date())
        assert not SearchTerm.objects.exists()

    def test_days_count_only_within_that_time(self):
        for day in (0, 1, 95):
            forget_old_searches((MONDAY + day * DAY).date())
            self.searched("charley horse", on=MONDAY + day * DAY)
        assert SearchTerm.objects.get().text == ""

    def test_counts_of_frequent_searches_are_kept_four_hundred_days(self):
        for day in range(3):
            self.searched("charley horse", on=MONDAY + day * DAY)
        forget_old_searches((MONDAY + 401 * DAY).date())
        assert SearchCount.objects.count() == 2
        assert SearchTerm.objects.get().text == "charley horse"
        forget_old_searches((MONDAY + 403 * DAY).date())
        assert not SearchTerm.objects.exists()

    def test_where_nothing_is_old_nothing_is_written(self):
        self.searched("charley horse")
        with self.assertNumQueries(1):
            assert forget_old_searches(MONDAY.date()) == 0
