"""Which other medicines stand beside a medicine: named in its interactions, naming it
in theirs, or of the same kind.

The words that clinicians approved stay as they are: the links stand under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from education.models.brands import Brand
from education.models.tags import TaggedPage
from education.richtext import plain_text
from education.vocabulary import BrandStatus

if TYPE_CHECKING:
    from education.models.clinical import ClinicalPage
    from education.models.clinical_lists import ClinicalPageQuerySet
    from education.models.medications import MedicationPage

#: Such a name speaks of several medicines, and says nothing of this one.
COMBINED = BrandStatus.COMBINATION

#: What no name holds but a space: everything that ends a word.
_ENDS_A_WORD = re.compile(r"[^\w'-]+")


def marked(
    pages: ClinicalPageQuerySet, medicine: MedicationPage
) -> ClinicalPageQuerySet:
    """The pages with `is_named` in its interactions, and `is_alike`: of its kind."""
    said = spaced(plain_text(medicine.interactions_medicines))
    brands = Brand.objects.filter(page=OuterRef("pk")).exclude(status=COMBINED)
    generic = Lower("medicationpage__generic_name")
    kinds = [tag.pk for tag in medicine.classes]
    shared = TaggedPage.objects.filter(content_object=OuterRef("pk"), tag__in=kinds)
    return pages.annotate(
        is_named=Q(GreaterThan(_place(said.lower(), generic), 0))
        | Exists(brands.filter(GreaterThan(_place(said, F("name")), 0))),
        is_alike=Exists(shared),
    )


def may_stand_beside(medicine: MedicationPage) -> Q:
    """A filter on marked pages; it lets through some that only seem to name it."""
    is_beside = Q(is_named=True) | Q(is_alike=True)
    for name in filter(None, [medicine.generic_name, *_brands(medicine)]):
        is_beside |= Q(medicationpage__interactions_medicines__icontains=name)
    return Q(medicationpage__isnull=False) & is_beside


def beside(
    medicine: MedicationPage, candidates: Iterable[ClinicalPage]
) -> dict[str, list[ClinicalPage]]:
    """The candidates by how they stand beside it; one may do so in several ways.

    Keys: "named" in its interactions, "naming" it in theirs, and "medicines" of its
    kind.
    """
    found: dict[str, list[ClinicalPage]] = {"named": [], "naming": [], "medicines": []}
    brands = _brands(medicine)
    for page in candidates:
        said = spaced(plain_text(page.medicationpage.interactions_medicines))
        if page.is_named:
            found["named"].append(page)
        if _says(said.lower(), medicine.generic_name.lower()) or _says(said, *brands):
            found["naming"].append(page)
        if page.is_alike:
            found["medicines"].append(page)
    return found


def spaced(text: str) -> str:
    """The words of the text with one space before, between and after them."""
    return f" {_ENDS_A_WORD.sub(' ', text).strip()} "


def _brands(medicine: MedicationPage) -> list[str]:
    """Names of products that hold this medicine and no other."""
    return [brand.name for brand in medicine.own_brands if brand.status != COMBINED]


def _says(said: str, *names: str) -> bool:
    return any(name and f" {name} " in said for name in names)


def _place(said: str, name: Combinable) -> StrIndex:
    """Where a name stands as a whole word in what is said; 0 for nowhere."""
    text = Value(said, output_field=TextField())
    return StrIndex(text, Concat(Value(" "), name, Value(" ")))
