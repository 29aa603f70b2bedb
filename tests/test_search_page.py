"""Whatever is typed, the search page answers, cheaply, and keeps it to itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from education.installation import install
from education.models import DemonstrationItem
from education.search.query import parse
from education.search.views import search
from tests.searching import SearchTestCase, make_many_topics, topic

STATEMENTS = 6

ODD = [
    'a"b',
    '"',
    '""',
    "'; DROP TABLE education_searchdocument; --",
    "AND",
    "cramp AND",
    "NOT cramp",
    "OR",
    "NEAR(cramp, 2)",
    "*",
    "cramp*",
    "(",
    ")(",
    "-x",
    "-cramp",
    ":",
    "title:cramp",
    "cramp:*",
    "!cramp",
    "cramp & | !",
    "<->",
    "%",
    "%s %(a)s {} {0}",
    "\\",
    "cramp\\",
    "{cramp}",
    "^cramp",
    "\U0001f9b5 \U0001f4a5",
    "\u202ecramp",
    "\ufdfa" * 90,
    "a\u0301" * 90,
    "\u808c\u8089",
    "\u0664\u0665",
    "<script>alert(1)</script>",
    "cramp " * 1900,
    " ".join(f"word{number}" for number in range(1900)),
    "x" * 10_000,
    "9" * 10_000,
    "(" * 10_000,
]


class OddQueriesTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Cramp")

    def test_get_an_answer(self):
        for words in ODD:
            response = self.ask(words)
            assert response.status_code == 200, words[:40]
            assert "<script>alert" not in response.content.decode()

    def test_operators_are_only_marks(self):
        for words in ("cramp*", "-cramp", "!cramp", '"cramp', "(cramp", "cramp:"):
            assert self.titles(words) == ["Cramp"], words

    def test_nothing_but_marks_asks_for_a_word(self):
        for words in ("", "   ", "*", "\u2026!?", "\U0001f9b5", "--"):
            page = self.ask(words).content.decode()
            assert "Type a word to search for." in page, words
        assert (
            "Type a word to search for." in self.client.get("/search/").content.decode()
        )

    def test_bad_utf_8_is_read_as_well_as_it_goes(self):
        response = self.client.get("/search/?q=cramp%ff%fe")
        assert response.status_code == 200
        response = self.client.get("/search/?q=cramp%20%ff&kind=%ff&tag=%c3%28")
        assert response.status_code == 400
        assert b"1 page found" in response.content

    def test_control_characters_are_refused_at_the_door(self):
        for mark in ("%00", "%01", "%7f"):
            assert self.client.get(f"/search/?q=cramp{mark}").status_code == 400

    def test_control_characters_do_no_harm_past_the_door(self):
        for name in ("q", "kind", "tag", "page"):
            asked = {"q": "cramp"} | {name: "cramp\x00\x01"}
            request = RequestFactory().get("/search/", asked)
            response = search(request).render()
            assert response.status_code == (400 if name in ("kind", "tag") else 200)
            assert "\x00" not in response.content.decode()

    def test_long_text_is_cut_with_a_sentence(self):
        page = self.ask("cramp " * 100).content.decode()
        assert "we kept its first 200 characters" in page
        assert "1 page found" in page

    def test_too_many_words_are_cut_with_a_sentence(self):
        typed = "cramp " + " ".join("bcdefghjklmnp")
        page = self.ask(typed).content.decode()
        assert "we searched for 12 of its words." in page
        assert len(parse(QueryDict(f"q={typed}"), "en", None).asked.terms) == 12


class PageTests(SearchTestCase):
    def test_the_text_stays_in_the_box(self):
        page = self.ask('leg "pain" <b>').content.decode()
        assert 'name="q" value="leg &quot;pain&quot; &lt;b&gt;"' in page

    def test_crawlers_are_told_to_keep_out(self):
        assert b'<meta name="robots" content="noindex">' in self.ask("x").content

    def test_is_read_only(self):
        assert self.client.head("/search/?q=cramp").status_code == 200
        assert self.client.post("/search/", {"q": "cramp"}).status_code == 405

    def test_visitors_get_no_cookie_and_no_token(self):
        response = self.ask("cramp")
        assert not response.cookies
        assert b"csrf" not in response.content.lower()
        assert "Cookie" not in response.headers.get("Vary", "")

    def test_what_was_typed_is_written_down_nowhere(self):
        topic("Cramp")
        with CaptureQueriesContext(connection) as statements, self.assertNoLogs():
            self.ask("cramp xylophone")
        writing = [
            statement["sql"]
            for statement in statements
            if not re.match(r"\s*(SELECT|WITH)\b", statement["sql"])
        ]
        assert writing == []


@pytest.mark.django_db
@pytest.mark.parametrize("pages", [10, 1000])
def test_a_search_takes_at_most_six_statements(client: Any, pages: int) -> None:
    install()
    make_many_topics(pages)
    DemonstrationItem.objects.create(kind="wagtailcore.page", object_id=1)
    asked = [
        "q=cramp",
        "q=cramp&page=99999",
        "q=cramp&tag=calf&kind=topic&page=99999",
        "q=cramp&tag=nonsense&page=99999",
        "q=cramp+zebra",
        "q=cramp+zebra&tag=calf&page=3",
        "q=cramp+zebra&tag=nonsense",
        "q=zebra&kind=nonsense",
        "q=",
    ]
    # What a process keeps until something changes is read by the first search.
    client.get("/search/?q=anything")
    for query in asked:
        cache.clear()
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/search/?{query}")
        assert len(statements) <= STATEMENTS, (query, len(statements))
