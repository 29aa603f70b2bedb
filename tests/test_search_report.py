"""The report of searches: what people look for, and what can be made of it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page

from education.installation import install
from education.models import FAQPage, SearchCount, SearchTerm
from education.search import counting
from education.vocabulary import Kind
from tests.factories import PortalTestCase, make_person, section

TODAY = datetime(2026, 6, 30, 12, tzinfo=UTC)


def asked(text: str, *, times=1, opened=0, results=3, ago=0, language="en"):
    """A term in clear that was asked so often on one day."""
    term, _ = SearchTerm.objects.get_or_create(
        hashed=counting.hash_of(f"{language} {text}"),
        defaults={"text": text, "language": language},
    )
    SearchCount.objects.create(
        term=term,
        day=TODAY.date() - timedelta(days=ago),
        asked=times,
        opened=opened,
        results=results,
    )
    return term


class ReportTestCase(PortalTestCase):
    def setUp(self):
        clock = time_machine.travel(TODAY, tick=False)
        clock.start()
        self.addCleanup(clock.stop)
        self.url = reverse("searches:report")
        self.sign_in(self.lea)

    def shown(self, query: str = "") -> list[str]:
        response = self.client.get(f"{self.url}?{query}")
        assert response.status_code == 200
        return [row.text for row in response.context["object_list"]]


class ReportTests(ReportTestCase):
    def test_the_most_asked_stands_first(self):
        asked("leg cramp", times=5)
        asked("charley horse", times=9)
        asked("advil", times=7)
        assert self.shown() == ["charley horse", "advil", "leg cramp"]

    def test_the_days_of_a_search_are_added_up(self):
        asked("leg cramp", times=5, opened=1, ago=3, results=9)
        asked("leg cramp", times=4, opened=2, results=11)
        (row,) = self.client.get(self.url).context["object_list"]
        assert (row.asked, row.opened, row.results) == (9, 3, 11)

    def test_what_found_nothing_is_listed_by_the_last_time_it_was_asked(self):
        asked("flexaril", results=0)
        asked("pages came since", results=0, ago=5)
        asked("pages came since", results=2)
        asked("leg cramp", results=3)
        assert self.shown("show=no_results") == ["flexaril"]

    def test_what_was_found_but_never_opened_is_listed(self):
        asked("flexaril", results=0)
        asked("quinine", results=3)
        asked("leg cramp", results=3, opened=1)
        assert self.shown("show=never_opened") == ["quinine"]

    def test_only_the_days_asked_for_count(self):
        for text, ago in {"a week": 6, "a month": 29, "a quarter": 89}.items():
            asked(text, ago=ago)
        asked("a year", ago=364)
        asked("long ago", ago=365)
        assert self.shown("days=7") == ["a week"]
        assert self.shown("") == ["a month", "a week"]
        assert self.shown("days=90") == ["a month", "a quarter", "a week"]
        assert len(self.shown("days=365")) == 4

    def test_one_language_can_be_shown(self):
        asked("dolor", language="es")
        asked("pain")
        assert self.shown("language=es") == ["dolor"]
        assert self.shown("language=") == ["dolor", "pain"]

    def test_rare_searches_are_a_number_and_nothing_else(self):
        asked("charley horse")
        rare = SearchTerm.objects.create(hashed="f" * 64, language="en")
        SearchCount.objects.create(term=rare, day=TODAY.date(), asked=12)
        response = self.client.get(self.url)
        self.assertContains(response, "12 searches were too rare to show.")
        self.assertNotContains(response, "ffff")
        assert self.shown() == ["charley horse"]
        self.assertContains(
            self.client.get(f"{self.url}?language=es"),
            "0 searches were too rare to show.",
        )

    def test_what_the_public_typed_is_shown_as_text(self):
        asked("<script>alert(1)</script>")
        response = self.client.get(self.url)
        self.assertNotContains(response, "<script>alert(1)")
        self.assertContains(response, "&lt;script&gt;alert(1)")

    def test_it_pages_and_asks_for_as_much_with_one_row_as_with_fifty(self):
        asked("word 0")
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as one:
            self.client.get(self.url)
        assert len(one) <= 12
        for number in range(1, 60):
            asked(f"word {number}")
        with self.assertNumQueries(len(one)):
            assert len(self.shown()) == 50
        assert len(self.shown("p=2")) == 10
        assert len(self.shown("p=99999999999999999999")) == 10

    def test_what_nobody_can_ask_for_is_said(self):
        for query in ("show=nonsense", "days=3", "days=x", "language=xx"):
            for export in ("", "&export=csv"):
                response = self.client.get(f"{self.url}?{query}{export}")
                self.assertContains(response, "error-message", status_code=400)

    def test_everybody_with_a_role_reads_it_and_nobody_else(self):
        asked("charley horse")
        home = reverse("wagtailadmin_home")
        for person in (self.ana, self.ben, self.lea, self.vera, self.sam):
            self.sign_in(person)
            assert self.shown() == ["charley horse"]
            self.assertContains(self.client.get(home), self.url)
        self.client.logout()
        assert self.client.get(self.url).status_code == 302
        self.sign_in(make_person("nora"))
        assert self.client.get(self.url).status_code in (302, 403)

    def test_older_installations_let_everybody_in_too(self):
        for group in Group.objects.all():
            group.permissions.remove(
                *group.permissions.filter(codename="view_searchterm")
            )
        install()
        self.sign_in(self.ana)
        assert self.client.get(self.url).status_code == 200


class SpreadsheetTests(ReportTestCase):
    def test_csv_holds_every_column_of_what_was_filtered(self):
        asked("leg cramp", times=5, opened=2)
        asked("flexaril", results=0, times=4)
        response = self.client.get(f"{self.url}?export=csv&show=no_results")
        (row,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
        assert row == {
            "Search": "flexaril",
            "Language": "English",
            "Times asked": "4",
            "Pages found when last asked": "0",
            "Results opened": "0",
        }

    def test_excel_holds_the_same(self):
        asked("leg cramp", times=5)
        response = self.client.get(f"{self.url}?export=xlsx")
        sheet = load_workbook(io.BytesIO(response.getvalue())).active
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows] == ["Search", "leg cramp"]

    def test_no_search_is_taken_for_a_formula(self):
        asked("=1+1")
        response = self.client.get(f"{self.url}?export=csv")
        assert "'=1+1" in response.getvalue().decode()


class OneClickTests(ReportTestCase):
    def setUp(self):
        super().setUp()
        self.term = asked("<b>leg cramp</b> night", results=0)

    def links(self) -> dict[str, str]:
        (row,) = self.client.get(self.url).context["object_list"]
        return {action.label: action.url for action in row.actions}

    def test_each_person_is_offered_what_he_or_she_may_do(self):
        everything = ["Question", "Synonym", "Best bet"]
        for person, offered in {
            self.lea: everything,
            self.sam: everything,
            self.ana: everything[:1],
            self.vera: everything[1:],
            self.ben: [],
        }.items():
            self.sign_in(person)
            assert list(self.links()) == offered, person
            response = self.client.get(self.url)
            assert ("Make of it" in response.content.decode()) == bool(offered)

    def test_a_question_begins_with_what_was_asked_and_nothing_is_saved(self):
        self.sign_in(self.ana)
        before = Page.objects.count()
        response = self.client.get(self.links()["Question"])
        assert response.context["form"]["title"].value() == "<b>leg cramp</b> night?"
        self.assertContains(response, "&lt;b&gt;leg cramp&lt;/b&gt; night?")
        self.assertNotContains(response, "<b>leg cramp")
        assert response.context["form"]["short_answer"].value() == ""
        # Without an address it could not be saved as it stands.
        assert response.context["form"]["slug"].value() == "bleg-crampb-night"
        assert Page.objects.count() == before
        assert not FAQPage.objects.exists()

    def test_a_question_keeps_its_capital_and_one_question_mark(self):
        SearchTerm.objects.update(text="leg cramp")
        response = self.client.get(self.links()["Question"])
        assert response.context["form"]["title"].value() == "Leg cramp?"

    def test_synonyms_and_best_bets_begin_with_what_was_asked(self):
        SearchTerm.objects.update(language="es", text="dolor")
        self.sign_in(self.vera)
        for label in ("Synonym", "Best bet"):
            form = self.client.get(self.links()[label]).context["form"]
            assert form["words"].value() == "dolor"
            assert form["language"].value() == "es"

    def test_who_may_not_is_refused_at_the_address_too(self):
        links = self.links()
        self.sign_in(self.ben)
        for url in links.values():
            assert self.client.get(url).status_code in (302, 403)

    def test_rare_searches_and_nonsense_begin_with_nothing(self):
        add = reverse("wagtailsnippets_education_synonym:add")
        SearchTerm.objects.update(text="")
        for given in (str(self.term.pk), "x", "-1", "9" * 40, "٣", ""):
            form = self.client.get(f"{add}?asked={given}").context["form"]
            assert not form["words"].value()

    def test_other_pages_begin_as_ever(self):
        where = ["education", "medicationpage", section(Kind.MEDICINE).pk]
        url = reverse("wagtailadmin_pages:add", args=where)
        form = self.client.get(f"{url}?asked={self.term.pk}").context["form"]
        assert not form["title"].value()
