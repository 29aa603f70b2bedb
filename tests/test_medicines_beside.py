"""Medicines that name each other in their interactions, and those of one kind."""

from __future__ import annotations

import re

from education.models import Brand, MedicationPage, TaggedPage
from education.vocabulary import BrandStatus, TagGroup
from tests.factories import make_medicine, make_tag
from tests.test_pages import PageTestCase, words

HERE = "Medicines named here"
ELSEWHERE = "Named in the interactions of"
ALIKE = "Other medicines of this kind"


def listed(html: str, heading: str) -> list[str]:
    """The links that stand in the list under a heading."""
    found = re.search(rf"<h[23]>{heading}</h[23]>\s*<ul.*?</ul>", html, re.DOTALL)
    links = r'<a href="/medicines/[^"]*">(.*?)</a>'
    return re.findall(links, found[0]) if found else []


class NamedMedicinesTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.ibuprofen = make_medicine(
            live=True,
            interactions_medicines="<p>Not with aspirin, Aleve or any Soma.</p>",
        )
        cls.aspirin = make_medicine("Aspirin", live=True)
        cls.naproxen = make_medicine("Naproxen", live=True)
        Brand.objects.create(page=cls.naproxen, name="Aleve")

    def says(self, words: str) -> None:
        MedicationPage.objects.filter(pk=self.ibuprofen.pk).update(
            interactions_medicines=words
        )

    def test_they_are_linked_both_ways_by_generic_name_and_by_brand(self) -> None:
        assert listed(self.read("/medicines/ibuprofen/"), HERE) == [
            "Aspirin",
            "Naproxen",
        ]
        for other in ("aspirin", "naproxen"):
            said = self.read(f"/medicines/{other}/")
            assert listed(said, ELSEWHERE) == ["Ibuprofen"]
            assert HERE not in said

    def test_the_approved_words_stay_as_they_are(self) -> None:
        said = self.read("/medicines/ibuprofen/")
        assert "<p>Not with aspirin, Aleve or any Soma.</p>" in said

    def test_only_whole_words_name_a_medicine(self) -> None:
        self.says("<p>Not with aspirins or naproxen-like medicines.</p>")
        for address in ("ibuprofen", "aspirin", "naproxen"):
            said = words(self.read(f"/medicines/{address}/"))
            assert HERE not in said
            assert ELSEWHERE not in said

    def test_a_name_may_stand_at_an_end_or_beside_a_mark(self) -> None:
        self.says("<ul><li>Aspirin</li><li>pills (naproxen)</li></ul>")
        assert listed(self.read("/medicines/ibuprofen/"), HERE) == [
            "Aspirin",
            "Naproxen",
        ]
        assert listed(self.read("/medicines/naproxen/"), ELSEWHERE) == ["Ibuprofen"]

    def test_a_brand_has_a_capital(self) -> None:
        Brand.objects.filter(name="Aleve").update(name="Soma")
        self.says("<p>Not with a soma.</p>")
        assert HERE not in self.read("/medicines/ibuprofen/")
        assert ELSEWHERE not in self.read("/medicines/naproxen/")

    def test_a_product_of_several_medicines_names_none_of_them(self) -> None:
        Brand.objects.update(status=BrandStatus.COMBINATION, note="with aspirin")
        assert listed(self.read("/medicines/ibuprofen/"), HERE) == ["Aspirin"]
        assert ELSEWHERE not in self.read("/medicines/naproxen/")

    def test_a_draft_is_neither_named_nor_naming(self) -> None:
        MedicationPage.objects.filter(pk=self.aspirin.pk).update(live=False)
        assert listed(self.read("/medicines/ibuprofen/"), HERE) == ["Naproxen"]
        MedicationPage.objects.filter(pk=self.ibuprofen.pk).update(live=False)
        assert ELSEWHERE not in self.read("/medicines/naproxen/")

    def test_a_percent_sign_is_a_sign(self) -> None:
        Brand.objects.update(name="%")
        assert ELSEWHERE not in self.read("/medicines/naproxen/")


class SameKindTests(PageTestCase):
    def test_medicines_of_a_class_lead_to_each_other(self) -> None:
        kind = make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
        where = make_tag("Calf")
        for title, tag in (
            ("Ibuprofen", kind),
            ("Naproxen", kind),
            ("Baclofen", where),
        ):
            page = make_medicine(title, live=True)
            TaggedPage.objects.create(tag=tag, content_object_id=page.pk)
            TaggedPage.objects.get_or_create(tag=where, content_object_id=page.pk)
        assert listed(self.read("/medicines/ibuprofen/"), ALIKE) == ["Naproxen"]
        assert ALIKE not in self.read("/medicines/baclofen/")
