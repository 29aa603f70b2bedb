"""Medicines, brands and classes in an imported document."""

from __future__ import annotations

import pytest

from education.import_vocabulary import SourceFormat
from education.importer.findings import FoundBrand, FoundMedicine
from education.importer.sorting import find_medicines, known_in, own_list
from education.importer.sources import SourceDocument, SourceLine
from education.models.brands import Brand
from tests.factories import PortalTestCase, make_medicine


def found_in(*texts: str) -> dict[str, FoundMedicine]:
    lines = tuple(
        SourceLine(number, text, f"line {number}")
        for number, text in enumerate(texts, 1)
    )
    document = SourceDocument("a.txt", "0" * 64, SourceFormat.TEXT, lines)
    medicines, _ = find_medicines(document, (), own_list())
    return {medicine.generic: medicine for medicine in medicines}


def brands(text: str) -> dict[str, FoundBrand]:
    return {
        brand.name: brand for one in found_in(text).values() for brand in one.brands
    }


class TestMedicines:
    def test_are_known_by_generic_name_and_by_brand(self) -> None:
        assert set(found_in("Loratadine may help.", "So may Zyrtec.")) == {
            "loratadine",
            "cetirizine",
        }

    def test_are_found_in_lists_that_were_run_together(self) -> None:
        text = "Options for PainAspirin (Bayer)Naproxen (Aleve)"
        assert set(found_in(text)) == {"aspirin", "naproxen"}

    @pytest.mark.parametrize(
        "text",
        [
            "NSAIDs, triptans and benzodiazepines are used.",
            "Muscle relaxants and antibiotics may help.",
            "Your body makes insulin and melatonin, and needs iron.",
            "The soma of a cell; it brings ease and relief.",
        ],
    )
    def test_are_no_classes_and_no_ordinary_words(self, text: str) -> None:
        assert found_in(text) == {}

    def test_that_nobody_knows_are_found_by_their_ending(self) -> None:
        assert set(found_in("Ask about xanoprazole.")) == {"xanoprazole"}

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Over-the-counter ibuprofen helps.", "over_the_counter"),
            ("Your doctor may prescribe ibuprofen.", "prescription"),
            ("You can buy ibuprofen without a prescription.", "over_the_counter"),
            ("Ibuprofen helps.", ""),
        ],
    )
    def test_need_a_prescription_where_the_text_says_so(
        self, text: str, status: str
    ) -> None:
        assert found_in(text)["ibuprofen"].prescription == status


class TestBrands:
    def test_that_are_unknown_are_doubtful(self) -> None:
        found = brands("Take Loratadine (Claritin, Allerquell).")
        assert found["Claritin"].doubt == ""
        assert found["Allerquell"].doubt
        assert not found["Allerquell"].is_known

    def test_that_hold_several_medicines_say_which(self) -> None:
        found = brands("Aspirin (Excedrin)")["Excedrin"]
        assert found.is_combination
        assert "acetaminophen" in found.doubt

    def test_that_the_sentence_on_brands_leaves_out_are_doubtful(self) -> None:
        text = "Zyrtec or Alavert (Cetirizine) Its brand name is Zyrtec."
        found = brands(text)
        assert found["Zyrtec"].doubt == ""
        assert "Alavert" in found["Alavert"].doubt

    def test_of_another_medicine_are_doubtful(self) -> None:
        assert "loratadine" in brands("Cetirizine (Claritin)")["Claritin"].doubt

    def test_with_a_capital_inside_stay_whole(self) -> None:
        assert set(brands("An EpiPen (epinephrine) saves lives.")) == {"EpiPen"}


class OwnListTests(PortalTestCase):
    def test_holds_the_medicines_that_people_ask_about(self) -> None:
        known = own_list()
        assert len(known.medicines) >= 250
        assert all(known.holding.values())
        assert not known.class_names & set(known.by_generic)

    def test_goes_on_with_what_the_portal_names_in_two_statements(self) -> None:
        page = make_medicine(title="Ibuprofen", generic_name="ibuprofen")
        Brand.objects.create(page=page, name="Painaway")
        with self.assertNumQueries(2):
            known = known_in("en")
        assert known.by_brand["Painaway"].generic == "ibuprofen"
        assert known.by_brand["Advil"].generic == "ibuprofen"
