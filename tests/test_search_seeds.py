"""The synonyms that a new portal starts with lead to its pages, and to no wrong one."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import TestCase

from education.models import SearchEdition, Synonym
from education.search.analysis import Analyser, folded_words
from education.search.seeds import (
    FOLDER,
    SeedIsWrong,
    SeedSynonym,
    medicine_names,
    read_medicine_names,
    read_synonyms,
    seed_synonyms,
)
from education.vocabulary import SynonymKind

ROOT = Path(__file__).resolve().parent.parent
#: What stands in the files of the demonstration and not on its pages.
UNSEEN = {
    *("slug", "kind", "level", "type", "status", "scope", "aspect", "codes"),
    *("references", "tags", "topics", "medicines", "related_topics", "used_for"),
    *("related_questions", "pronunciation"),
}
#: Names of one and the same substance that are not brands.
SAME_SUBSTANCE = {
    ("paracetamol", "acetaminophen"),
    ("acetaminofen", "acetaminophen"),
    ("apap", "acetaminophen"),
    ("asa", "aspirin"),
    ("acetylsalicylic acid", "aspirin"),
    ("ciclobenzaprina", "cyclobenzaprine"),
    ("oestrogen", "estrogen"),
    ("paracetamol", "acetaminofén"),
    ("ácido acetilsalicílico", "aspirina"),
}
GOOD = """
[[synonym]]
language = "en"
words = "pee"
means = "urine"
kind = "lay_term"
both_ways = false
note = "Common usage"
"""


def texts(value: Any, key: str = "") -> Iterator[str]:
    if key in UNSEEN:
        return
    if isinstance(value, str):
        yield re.sub(r"<[^>]+>", " ", value)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, name)


@cache
def demonstration() -> list[dict[str, Any]]:
    files = sorted((ROOT / "education" / "demo").glob("*/*.toml"))
    return [tomllib.loads(path.read_text()) for path in files]


@cache
def pages() -> list[frozenset[str]]:
    """The stems of each page of the demonstration."""
    analyser = Analyser("en")
    return [
        frozenset(analyser.words(" ".join(texts(page)))) for page in demonstration()
    ]


@cache
def names_by_medicine() -> dict[str, set[str]]:
    """What each medicine of the demonstration is called, its brands with it."""
    return {
        page["generic_name"]: {
            page["generic_name"],
            *(brand["name"].lower() for brand in page.get("brands", [])),
        }
        for page in demonstration()
        if page["kind"] == "medicine"
    }


def in_language(language: str) -> list[SeedSynonym]:
    return [seed for seed in seed_synonyms() if seed.language == language]


def telling_stems(analyser: Analyser, text: str) -> list[str]:
    return analyser.stems(analyser.telling(folded_words(text)))


class TestSynonyms:
    def test_there_are_enough_of_every_kind(self) -> None:
        assert len(in_language("en")) >= 190
        assert len(in_language("es")) >= 40
        kinds = Counter(seed.kind for seed in in_language("en"))
        assert set(kinds) == set(SynonymKind.values)
        assert min(kinds.values()) >= 20

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_none_is_there_twice_or_the_other_way_round(self, language: str) -> None:
        analyser = Analyser(language)
        pairs = Counter(
            frozenset(
                (tuple(analyser.words(seed.words)), tuple(analyser.words(seed.means)))
            )
            for seed in in_language(language)
        )
        assert [pair for pair, times in pairs.items() if times > 1] == []

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_both_sides_differ_for_the_search_as_well(self, language: str) -> None:
        analyser = Analyser(language)
        assert [
            f"{seed.words} -> {seed.means}"
            for seed in in_language(language)
            if telling_stems(analyser, seed.words)
            == telling_stems(analyser, seed.means)
        ] == []

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_none_hangs_on_little_words(self, language: str) -> None:
        """“Bad for you” must not become a synonym of “bad”."""
        analyser = Analyser(language)
        typed = [(seed, folded_words(seed.words)) for seed in in_language(language)]
        assert [
            seed.words
            for seed, words in typed
            if len(words) > len(analyser.telling(words)) < 2
        ] == []

    def test_every_english_one_leads_to_words_of_a_page(self) -> None:
        analyser = Analyser("en")
        assert [
            f"{seed.words} -> {seed.means}"
            for seed in in_language("en")
            if not any(set(analyser.words(seed.means)) <= page for page in pages())
        ] == []

    def test_cramp_spasm_and_twitch_stay_apart(self) -> None:
        apart = {"cramp", "spasm", "twitch", "cramps", "spasms", "twitching"}
        assert [
            seed.words
            for seed in in_language("en")
            if seed.words in apart and seed.means in apart
        ] == []


class TestMedicines:
    def test_no_synonym_leads_from_one_medicine_to_another(self) -> None:
        for seed in in_language("en"):
            words = f" {' '.join(folded_words(seed.words))} "
            means = f" {' '.join(folded_words(seed.means))} "
            for medicine, names in names_by_medicine().items():
                named = any(f" {name} " in words for name in names)
                others = names_by_medicine().keys() - {medicine}
                wrong = [other for other in others if f" {other} " in means]
                assert not (named and wrong), f"{seed.words} -> {seed.means}"

    def test_only_other_names_lead_to_a_medicine(self) -> None:
        for seed in seed_synonyms():
            if " ".join(folded_words(seed.means)) not in medicine_names():
                continue
            if (seed.words.lower(), seed.means) in SAME_SUBSTANCE:
                continue
            assert seed.kind in (SynonymKind.BRAND, SynonymKind.RELATED), seed
            assert not seed.both_ways, seed

    def test_a_name_leads_to_one_medicine_only(self) -> None:
        led: dict[tuple[str, str], set[str]] = {}
        for seed in seed_synonyms():
            if " ".join(folded_words(seed.means)) in medicine_names():
                led.setdefault((seed.language, seed.words), set()).add(seed.means)
        assert {name: to for name, to in led.items() if len(to) > 1} == {}

    def test_brands_of_the_pages_lead_to_their_medicine(self) -> None:
        led = {seed.words.lower(): seed.means for seed in in_language("en")}
        for page in demonstration():
            for brand in page.get("brands", []):
                name = brand["name"].lower()
                if brand["status"] == "combination" or name == "bayer":
                    assert name not in led
                else:
                    assert led[name] == page["generic_name"]

    def test_products_of_several_ingredients_are_only_near(self) -> None:
        mixed = [s for s in seed_synonyms() if s.note.startswith("Combination")]
        assert len(mixed) >= 5
        for seed in mixed:
            assert (seed.kind, seed.both_ways) == (SynonymKind.RELATED, False)


class TestNames:
    def test_are_many_sorted_and_there_once(self) -> None:
        lines = (FOLDER / "medicines.txt").read_text().splitlines()
        names = [line for line in lines if not line.startswith("#")]
        assert lines[0].startswith("# ")
        assert len(names) >= 900
        assert names == sorted(set(names))
        assert frozenset(names) == medicine_names()

    def test_hold_every_name_of_the_pages(self) -> None:
        names = {name for names in names_by_medicine().values() for name in names}
        assert {name for name in names if name.isalpha()} - medicine_names() == set()

    def test_hold_every_brand_that_is_a_synonym(self) -> None:
        brands = {
            seed.words.lower()
            for seed in seed_synonyms()
            if seed.kind == SynonymKind.BRAND and seed.words.isalpha()
        }
        assert {name for name in brands if name.isascii()} - medicine_names() == set()

    @pytest.mark.parametrize(
        "alike",
        [
            "hydroxyzine hydralazine",
            "celebrex celexa cerebyx",
            "tramadol toradol trazodone",
            "prednisone prednisolone",
            "lamictal lamisil",
            "klonopin clonidine",
            "zanaflex xanax zantac",
            "metolazone metaxalone",
            "quinine quinidine",
            "skelaxin robaxin relafen",
            "baclofen bactroban",
        ],
    )
    def test_hold_names_that_are_mistaken_for_each_other(self, alike: str) -> None:
        assert set(alike.split()) <= medicine_names()

    def test_hold_no_common_word_of_the_pages(self) -> None:
        common = {"cramp", "muscle", "relax", "calcium", "potassium", "plan", "ice"}
        assert common & medicine_names() == set()


class TestReading:
    @pytest.mark.parametrize(
        ("instead_of", "there_is", "said"),
        [
            ('means = "urine"', 'means = "Pee"', "same"),
            ('means = "urine"', 'means = " "', "missing"),
            ('means = "urine"', "means = 3", "missing"),
            ('words = "pee"', 'words = "i need to pee now"', "more than 4"),
            ('words = "pee"', f'words = "{"p" * 81}"', "too long"),
            ('words = "pee"', 'words = "to  pee"', "spaces"),
            ('kind = "lay_term"', 'kind = "slang"', "kind"),
            ('language = "en"', 'language = "fr"', "language"),
            ("both_ways = false", 'both_ways = "no"', "both_ways"),
            ('note = "Common usage"', "", "keys"),
            ("[[synonym]]", "[[words]]", "read"),
            ("[[synonym]]", "synonym", "read"),
            (GOOD, GOOD + GOOD, "twice"),
        ],
    )
    def test_a_wrong_file_is_refused_with_the_reason(
        self, tmp_path: Path, instead_of: str, there_is: str, said: str
    ) -> None:
        path = tmp_path / "synonyms.toml"
        path.write_text(GOOD)
        assert read_synonyms(path)[0].means == "urine"
        path.write_text(GOOD.replace(instead_of, there_is))
        with pytest.raises(SeedIsWrong, match=said):
            read_synonyms(path)

    @pytest.mark.parametrize("line", ["Advil", "alka-seltzer", "advil pm", "", "b12"])
    def test_a_name_is_one_word(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "medicines.txt"
        path.write_text(f"# Names\nadvil\n{line}\n")
        with pytest.raises(SeedIsWrong):
            read_medicine_names(path)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        for read in (read_synonyms, read_medicine_names):
            with pytest.raises(SeedIsWrong, match=r"nothing\.here"):
                read(tmp_path / "nothing.here")


class TestInstalling(TestCase):
    def install(self) -> None:
        migration = import_module("education.migrations.0009_search_seeds")
        migration.install_seeds(apps, connection.schema_editor())

    def test_a_new_portal_has_them_and_searches_know(self) -> None:
        Synonym.objects.all().delete()
        SearchEdition.objects.all().delete()
        self.install()
        assert Synonym.objects.count() == len(seed_synonyms())
        assert len(SearchEdition.objects.get().stamp) == 32

    def test_a_managers_own_words_stay(self) -> None:
        Synonym.objects.all().delete()
        own = Synonym.objects.create(
            language="en", words="pee", means="urine", kind="related", note="Ours"
        )
        before = SearchEdition.objects.get().stamp
        self.install()
        self.install()
        own.refresh_from_db()
        assert (own.kind, own.note) == ("related", "Ours")
        assert Synonym.objects.count() == len(seed_synonyms())
        assert SearchEdition.objects.get().stamp != before

    def test_a_manager_could_have_written_each(self) -> None:
        for seed in seed_synonyms():
            Synonym(**vars(seed)).clean_fields()
