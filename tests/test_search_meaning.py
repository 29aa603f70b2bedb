"""Search understands what people mean, and says so where it had to guess."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from education.models import Synonym
from education.search.analysis import Analyser
from education.vocabulary import SynonymKind
from tests.factories import make_medicine
from tests.searching import SearchTestCase, publish_at_once, titles_on, topic


def medicine(name: str, *brands: str) -> None:
    page = make_medicine(name, generic_name=name.lower())
    publish_at_once(page, brands=list(brands))


class SynonymTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Synonym.objects.all().delete()
        topic("Sore calf", text="A muscle tightens.")
        topic("Hiccups")

    def say(self, words: str, means: str, **fields: object) -> Synonym:
        kind = fields.pop("kind", SynonymKind.LAY_TERM)
        return Synonym.objects.create(words=words, means=means, kind=kind, **fields)

    def test_the_word_of_a_reader_finds_the_word_of_a_page(self):
        assert self.titles("lower leg") == []
        self.say("lower leg", "calf")
        assert self.titles("lower leg") == ["Sore calf"]
        assert self.titles("sore lower leg") == ["Sore calf"]

    def test_words_of_little_weight_may_stand_between(self):
        self.say("lower leg", "calf")
        assert self.titles("my lower just leg") == ["Sore calf"]

    def test_one_way_is_not_the_other(self):
        topic("Lower leg")
        self.say("calf", "lower leg")
        assert self.titles("lower leg") == ["Lower leg"]
        assert set(self.titles("calf")) == {"Sore calf", "Lower leg"}

    def test_both_ways_is_both(self):
        topic("Lower leg")
        self.say("calf", "lower leg", both_ways=True)
        assert set(self.titles("lower leg")) == {"Sore calf", "Lower leg"}

    def test_what_was_typed_itself_comes_first(self):
        topic("Singultus")
        self.say("singultus", "hiccups", both_ways=True)
        assert self.titles("singultus") == ["Singultus", "Hiccups"]
        assert self.titles("hiccups") == ["Hiccups", "Singultus"]

    def test_a_synonym_of_another_language_does_not_count(self):
        self.say("lower leg", "calf", language="es")
        assert self.titles("lower leg") == []

    def test_a_synonym_that_was_changed_or_deleted_counts_no_more(self):
        row = self.say("lower leg", "calf")
        row.words = "shank"
        row.save()
        assert self.titles("lower leg") == []
        assert self.titles("shank") == ["Sore calf"]
        row.delete()
        assert self.titles("shank") == []


class SlipTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Synonym.objects.all().delete()
        names = ["Charley horse"]
        topic("Muscle cramp", also=names, text="Diarrhea. Overdose.")
        topic("Seizures")

    def test_a_slip_is_set_right_and_it_is_said(self):
        page = self.ask("muscel cramp").content.decode()
        assert self.titles("muscel cramp") == ["Muscle cramp"]
        assert "Showing results for <strong>muscle cramp</strong>" in page
        assert 'value="muscel cramp"' in page

    def test_what_was_typed_can_be_searched_for_instead(self):
        page = self.ask("muscel cramp").content.decode()
        assert 'href="?q=muscel+cramp&amp;literal=1"' in page
        page = self.ask("muscel cramp", literal="1").content.decode()
        assert "Showing results for" not in page
        assert "No page has all of your words." in page

    def test_what_finds_no_page_is_neither_set_right_nor_said_to_be(self):
        topic("Skin color")
        page = self.ask("dolor de pecho").content.decode()
        assert titles_on(page) == []
        assert "Showing results for" not in page
        assert "We found no pages with these words." in page
        assert "muscle cramp" not in page

    def test_words_that_sound_alike(self):
        for typed in ("kramp", "sizures", "diarea", "muskle"):
            assert "Showing results for" in self.ask(typed).content.decode(), typed

    def test_words_that_were_joined_or_torn_apart(self):
        for typed in ("musclecramp", "charleyhorse", "charlyhorse", "over dose"):
            assert self.titles(typed) == ["Muscle cramp"], typed

    def test_real_words_are_left_alone(self):
        for typed in ("tramp", "crimp", "nuclear", "seizing"):
            assert "Showing results for" not in self.ask(typed).content.decode()

    def test_a_word_that_only_a_page_past_its_date_holds_is_not_told(self):
        secret = topic("Zygomycosis")
        assert self.titles("zygomycosys") == ["Zygomycosis"]
        past = timezone.now() - timedelta(seconds=1)
        Page.objects.filter(pk=secret.pk).update(expire_at=past)
        for typed in ("zygomycosys", "zygomycosys cramp", "cramp zygomycosys"):
            page = self.ask(typed).content.decode()
            assert "ygomycosis" not in page, typed


class MedicineTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        medicine("Hydralazine")
        medicine("Prednisone")
        medicine("Clonidine")

    def offered(self, typed: str) -> bool:
        return (
            "Did you mean one of these medicines?" in self.ask(typed).content.decode()
        )

    def test_a_slip_that_can_mean_one_is_set_right(self):
        assert self.titles("hydralasine") == ["Hydralazine"]

    def test_the_right_name_of_another_medicine_is_never_made_into_one_of_ours(self):
        for typed in ("hydroxyzine", "prednisolone", "klonopin", "clonazepam"):
            page = self.ask(typed).content.decode()
            assert self.titles(typed) == [], typed
            assert "Showing results for" not in page, typed
            assert not self.offered(typed), typed

    def test_where_two_are_near_both_are_offered_and_none_is_assumed(self):
        medicine("Vinblastine")
        medicine("Vincristine")
        typed = "vinbristine dose"
        page = self.ask(typed).content.decode()
        assert "Showing results for" not in page
        assert self.offered(typed)
        for name in ("vinblastine", "vincristine"):
            assert f'href="?q={name}+dose"' in page

    def test_a_slip_that_may_mean_one_that_has_no_page_here_is_not_set_right(self):
        medicine("Ibuprofen", "Advil", "Motrin")
        for typed in ("advail", "mytrin"):  # Advair and Hytrin are medicines too
            page = self.ask(typed).content.decode()
            assert "Showing results for" not in page, typed
            assert self.offered(typed), typed

    def test_a_medicine_whose_page_is_past_its_date_is_not_offered(self):
        medicine("Vinblastine")
        medicine("Vincristine")
        past = timezone.now() - timedelta(seconds=1)
        Page.objects.filter(title="Vincristine").update(expire_at=past)
        assert "vincristine" not in self.ask("vinbristine").content.decode()

    def test_by_its_name_a_medicine_comes_before_pages_that_mention_it(self):
        topic("Pressure", text="Hydralazine and side effects. " * 9)
        assert self.titles("hydralazine side effects")[0] == "Hydralazine"

    def test_its_brand_says_the_same(self):
        medicine("Baclofen", "Lioresal")
        topic("Stiffness", text="Lioresal is a brand.")
        assert self.titles("lioresal")[0] == "Baclofen"

    def test_setting_right_and_offering_take_few_statements(self):
        medicine("Vinblastine")
        medicine("Vincristine")
        for typed in ("hydralasine dose", "vinbristine dose", "vinbristine"):
            self.ask(typed)
            with CaptureQueriesContext(connection) as statements:
                self.ask(typed)
            assert len(statements) <= 6, (typed, len(statements))


@pytest.mark.parametrize(
    "names",
    [
        ("hydroxyzine", "hydralazine", "hydrochlorothiazide"),
        ("prednisone", "prednisolone"),
        ("clonidine", "klonopin", "clonazepam"),
        ("quinine", "quinidine"),
        ("tramadol", "toradol", "trazodone"),
        ("metformin", "metronidazole"),
        ("baclofen", "bactroban"),
        ("naproxen", "naprosyn"),
        ("chlorpromazine", "chlorpropamide"),
        ("celebrex", "celexa", "cerebyx"),
        ("losartan", "losec"),
    ],
)
def test_two_medicines_never_share_a_stem(names: tuple[str, ...]) -> None:
    for language in ("en", "es"):
        stems = Analyser(language).stems(names)
        assert len(set(stems)) == len(names)


def test_a_medicine_is_one_word_in_its_plural_and_in_spanish() -> None:
    assert len(set(Analyser("en").stems(["ibuprofen", "ibuprofens"]))) == 1
    assert len(set(Analyser("es").stems(["ibuprofen", "ibuprofeno"]))) == 1


def test_numbers_and_units_stand_by_themselves() -> None:
    words = Analyser("en").words
    assert words("200mg") == words("200 mg")
    assert words("two tablets") == words("2 tablets")
    assert words("B12") == ["b12"]
    assert words("1e5") == ["1e5"]
