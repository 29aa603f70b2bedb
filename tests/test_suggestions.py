"""While somebody types, the search box says what there is, and only what there is."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from education.installation import install
from education.models import Alias, Brand, ClinicalPage, SearchEdition
from education.search.index import refresh
from education.search.suggest_views import suggestions
from education.search.suggesting import matched
from education.search.suggestions import openings
from education.vocabulary import AliasKind, BrandStatus, Kind
from tests.factories import fresh, make_medicine, make_question
from tests.searching import (
    SearchTestCase,
    make_many_topics,
    publish_at_once,
    topic,
)
from tests.test_search_page import ODD

STATEMENTS = 2


def asked_as(page: ClinicalPage, *wordings: str) -> None:
    for text in wordings:
        Alias.objects.create(page_id=page.pk, text=text, kind=AliasKind.ASKED_AS)
    refresh([page.pk])


class SuggestionTestCase(SearchTestCase):
    def type(self, letters: str) -> HttpResponse:
        return self.client.get("/search/suggest/", {"q": letters})

    def said(self, letters: str) -> dict[str, Any]:
        response = self.type(letters)
        assert response.status_code == 200, response.content
        return response.json()

    def texts(self, letters: str) -> list[str]:
        return [row["text"] for row in self.said(letters)["suggestions"]]


class NamesTests(SuggestionTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.cramps = topic("Leg and calf cramps", also=["Charley horse"])
        medicine = make_medicine("Ibuprofen", generic_name="ibuprofen")
        cls.ibuprofen = publish_at_once(medicine, brands=["Advil"])
        Brand.objects.create(
            page_id=medicine.pk, name="Advil PM", status=BrandStatus.COMBINATION
        )
        refresh([medicine.pk])
        cls.question = publish_at_once(make_question("Is it a cramp or a clot?"))
        asked_as(cls.question, "How do I know it is no thrombosis?")

    def test_begin_at_the_second_letter(self):
        assert self.texts("i") == []
        assert self.texts("ib") == ["Ibuprofen"]
        assert self.texts("IBU") == ["Ibuprofen"]

    def test_may_be_begun_at_any_of_their_words_but_little_ones(self):
        for letters in ("le", "leg and c", "calf", "calf cr", "Leg & calf"):
            assert "Leg and calf cramps" in self.texts(letters)[:1] or "&" in letters
        assert "Leg and calf cramps" not in self.texts("and")
        assert self.texts("is it a cr") == ["Is it a cramp or a clot?"]

    def test_each_leads_to_its_page_and_says_what_kind_it_is(self):
        (found,) = self.said("ibu")["suggestions"]
        assert found == {
            "text": "Ibuprofen",
            "kind": "medicine",
            "kind_label": "Medicine",
            "address": "/medicines/ibuprofen/",
            "matched": [0, 3],
            "instead_of": None,
        }

    def test_a_brand_leads_to_the_medicine_that_it_is(self):
        assert self.texts("advi") == ["Advil (ibuprofen)"]
        assert self.texts("advil p") == ["Advil PM (with ibuprofen)"]

    def test_another_name_says_what_the_page_is_called(self):
        assert self.texts("charley h") == ["Charley horse: Leg and calf cramps"]

    def test_what_was_only_asked_so_is_found_and_not_shown(self):
        assert self.texts("how do i kn") == ["Is it a cramp or a clot?"]
        assert self.texts("thromb") == ["Is it a cramp or a clot?"]
        assert b"know it is no" not in self.type("how do i kn").content

    def test_a_page_stands_once(self):
        topic("Cramps at night", also=["Cramps in bed", "Cramps while asleep"])
        assert self.texts("cramps") == ["Cramps at night", "Leg and calf cramps"]

    def test_medicines_come_first_then_topics_brands_and_questions(self):
        topic("Icy feet", also=["Idle feet"])
        topic("Icebound", also=["Idle hands"])
        publish_at_once(make_question("Icing: does it help?"))
        publish_at_once(make_medicine("Icaridin"), brands=["Icefree"])
        medicine = make_medicine("Zinc ice", generic_name="zinc")
        publish_at_once(medicine, brands=["Icepaste"])
        assert self.texts("ic") == [
            "Icaridin",
            "Zinc ice",
            "Icebound",
            "Icy feet",
            "Icing: does it help?",
        ]

    def test_never_more_than_eight(self):
        for number in range(12):
            topic(f"Rash {number:02}")
        assert self.texts("rash") == [f"Rash {number:02}" for number in range(8)]


class LettersTests(SuggestionTestCase):
    def test_accents_case_and_marks_make_no_difference(self):
        topic("Ménière’s disease")
        for letters in ("meniere", "MÉNIÈRE", "ménières d", "meniere's"):
            assert self.texts(letters) == ["Ménière’s disease"], letters

    def test_a_hyphen_may_be_left_out_or_be_a_space(self):
        topic("X-ray of the leg")
        for letters in ("x-r", "x r", "xray", "xray of the l"):
            assert self.texts(letters) == ["X-ray of the leg"], letters

    def test_what_was_typed_is_marked_where_it_stands(self):
        assert matched("Leg and calf cramps", "calf cr") == (8, 15)
        assert matched("Ménière’s disease", "menieres") == (0, 9)
        assert matched("X-ray of the leg", "x ray") == (0, 5)
        assert matched("(Calf)  cramps", "calf c") == (1, 9)
        assert matched("Muscle cramps", "ramps") is None
        assert matched("", "cramps") is None

    def test_names_are_kept_short(self):
        rows = openings(1, "en", Kind.TOPIC, "leg " * 60, aliases=[("x" * 255, "")])
        assert all(len(row.opening) <= 100 for row in rows)
        assert all(len(row.text) <= 255 for row in rows)
        assert len(rows) <= 14

    def test_other_languages_stay_apart(self):
        topic("Cramps")
        row = openings(1, "es", Kind.TOPIC, "Crampones")[0]
        row.save()
        assert self.texts("cramp") == ["Cramps"]


class SlipsTests(SuggestionTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        medicine = make_medicine("Cyclobenzaprine", generic_name="cyclobenzaprine")
        publish_at_once(medicine, brands=["Flexeril"])
        topic("Muscle cramps", also=["Charley horse"])

    def test_are_put_right_and_said_to_be(self):
        said = self.said("flexaril")
        assert [row["text"] for row in said["suggestions"]] == [
            "Flexeril (cyclobenzaprine)"
        ]
        assert said["suggestions"][0]["instead_of"] == "flexaril"
        assert said["corrected"] == "flexeril"
        assert self.texts("charly hor") == ["Charley horse: Muscle cramps"]

    def test_are_put_right_while_the_word_is_unfinished(self):
        assert self.texts("flexari") == ["Flexeril (cyclobenzaprine)"]
        assert self.texts("muscel cr") == ["Muscle cramps"]

    def test_what_begins_a_name_is_no_slip(self):
        assert self.said("muscl")["corrected"] is None

    def test_little_words_at_the_front_are_no_slip_either(self):
        said = self.said("the muscle cr")
        assert [row["text"] for row in said["suggestions"]] == ["Muscle cramps"]
        assert said["corrected"] is None
        assert said["suggestions"][0]["instead_of"] is None

    def test_two_medicines_that_are_near_are_both_offered(self):
        publish_at_once(make_medicine("Prednisone", generic_name="prednisone"))
        publish_at_once(make_medicine("Prednisole", generic_name="prednisole"))
        said = self.said("prednisoe")
        texts = {row["text"] for row in said["suggestions"]}
        assert texts == {"Prednisone", "Prednisole"}
        assert said["corrected"] is None

    def test_a_medicine_that_is_not_here_is_not_made_into_one_that_is(self):
        publish_at_once(make_medicine("Hydroxyzine", generic_name="hydroxyzine"))
        assert self.texts("hydroxizine") == ["Hydroxyzine"]
        for other in ("hydralazine", "hydralaz"):
            assert self.texts(other) == []

    def test_nor_is_a_slip_that_may_mean_either(self):
        page = make_medicine("Ibuprofen", generic_name="ibuprofen")
        publish_at_once(page, brands=["Advil"])
        for typed in ("advail", "advir"):  # Advil, or Advair, which has no page here
            assert self.said(typed)["corrected"] is None, typed

    def test_nonsense_stays_nonsense(self):
        for letters in ("xqzzw", "qq", "1234567", "zebra crossing"):
            said = self.said(letters)
            assert said["suggestions"] == []
            assert said["corrected"] is None


class SecretsTests(SuggestionTestCase):
    """Nothing that the public may not read is named, nor any of its words."""

    def hidden(self, **changes: Any) -> None:
        page = topic("Zygote secrets", also=["Zyklon"])
        ClinicalPage.objects.filter(pk=page.pk).update(**changes)
        for letters in ("zy", "zygote", "secrets", "zyklon", "zygotte"):
            answer = self.said(letters)
            assert answer["suggestions"] == [], letters

    def test_of_a_draft(self):
        self.hidden(live=False)

    def test_of_a_page_that_has_expired(self):
        self.hidden(expire_at=timezone.now() - timedelta(seconds=1))

    def test_of_a_page_that_is_not_out_yet(self):
        self.hidden(go_live_at=timezone.now() + timedelta(hours=1))

    def test_of_a_private_page(self):
        page = topic("Zygote secrets")
        with self.captureOnCommitCallbacks(execute=False):
            page.view_restrictions.create(restriction_type="login")
        assert self.texts("zyg") == []

    def test_of_a_page_that_was_withdrawn(self):
        page = topic("Zygote secrets")
        assert self.texts("zyg") == ["Zygote secrets"]
        with self.captureOnCommitCallbacks(execute=True):
            fresh(page).unpublish()
        assert self.texts("zyg") == []

    def test_of_what_an_editor_has_not_published_yet(self):
        page = topic("Cramps")
        page.title = "Zygote secrets"
        page.save_revision()
        assert self.texts("zyg") == []


class AnswerTests(SuggestionTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Cramps")

    def test_odd_letters_get_an_answer(self):
        for letters in ODD:
            response = self.type(letters)
            assert response.status_code == 200, letters[:40]
            assert response.headers["Content-Type"] == "application/json"

    def test_long_text_is_cut_with_a_sentence(self):
        said = self.said("cramps " * 1500)
        assert "we read its first 200 characters" in said["notice"]
        assert said["query"] == ("cramps " * 30)[:200].strip()

    def test_nothing_to_complete_is_refused_with_a_sentence(self):
        for address in ("", "?q[]=cramp", "?q=cramp&q=leg", "?Q=cramp"):
            response = self.client.get(f"/search/suggest/{address}")
            assert response.status_code == 400, address
            assert response.json()["notice"] == (
                "Say once, as q, what to complete: ?q=cramp"
            )
            assert response.json()["suggestions"] == []

    def test_text_that_nobody_can_read_is_refused_with_a_sentence(self):
        response = self.client.get("/search/suggest/?q=cramp%ff")
        assert response.status_code == 400
        assert response.json()["notice"] == "This text is not UTF-8."
        assert self.client.get("/search/suggest/?q=cramp%00").status_code == 400

    def test_control_characters_do_no_harm_past_the_door(self):
        request = RequestFactory().get("/search/suggest/", {"q": "cramp\x00"})
        response = suggestions(request)
        assert response.status_code == 400
        said = json.loads(response.content)
        assert said["notice"] == "This text holds control characters."

    def test_letters_that_are_nearly_right_get_the_same_keys_as_all(self):
        keys = {"query", "suggestions", "corrected", "emergency", "notice"}
        for letters in ("c", "cramp", "crmaps", "x" * 500):
            assert set(self.said(letters)) == keys
        assert set(self.client.get("/search/suggest/").json()) == keys

    def test_is_read_only(self):
        assert self.client.head("/search/suggest/?q=cr").status_code == 200
        for method in ("post", "put", "delete", "patch"):
            response = getattr(self.client, method)("/search/suggest/?q=cr")
            assert response.status_code == 405

    def test_visitors_get_no_cookie_and_crawlers_no_invitation(self):
        response = self.type("cramp")
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "public, max-age=60"

    def test_who_is_signed_in_gets_the_same_answer(self):
        before = self.type("cramp").content
        self.sign_in(self.sam)
        assert self.type("cramp").content == before

    def test_what_was_typed_is_written_down_nowhere(self):
        with CaptureQueriesContext(connection) as statements, self.assertNoLogs():
            self.type("cramp xylophone")
            self.type("cr")
        writing = [
            row["sql"]
            for row in statements
            if not re.match(
                r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK)\b", row["sql"]
            )
        ]
        assert writing == []


@pytest.mark.django_db
@pytest.mark.parametrize("pages", [10, 1000])
def test_suggesting_takes_at_most_two_statements(client: Any, pages: int) -> None:
    install()
    make_many_topics(pages)
    SearchEdition.renew()
    client.get("/search/suggest/", {"q": "crmap"})  # reads what is kept in memory
    for letters in ("cr", "cramp number1", "crmap", "the cramp", "zebra", "c", ""):
        cache.clear()
        with CaptureQueriesContext(connection) as statements:
            response = client.get(f"/search/suggest/?q={quote(letters)}")
        assert response.status_code == 200
        assert len(statements) <= STATEMENTS, (letters, len(statements))
