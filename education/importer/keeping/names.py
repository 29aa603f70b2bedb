"""Which pages of the portal a name in a file means, drafts included."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from education.import_vocabulary import ItemKind
from education.models import ImportedItem, MedicationPage, TopicPage
from education.models.faqs import question_key


def topic_named(item: ImportedItem) -> TopicPage | None:
    """The page on the item's topic: by that name or another, live ones first.

    Else the draft that was accepted from the same file.
    """
    if not item.topic:
        return None
    here = item.file.items.filter(kind=ItemKind.TOPIC, key=question_key(item.topic))
    row = here.select_related("page").first()
    names = [item.topic, *(row.content["also_called"] if row else ())]
    if found := topic_called(names, item.file.locale_id):
        return found
    if row and row.page_id:
        return TopicPage.objects.filter(pk=row.page_id).first()
    return None


def topic_called(names: Iterable[str], locale_id: int) -> TopicPage | None:
    """The topic of that name, in the order of the names; a live one first."""
    for name in names:
        called = (
            Q(title__iexact=name)
            | Q(draft_title__iexact=name)
            | Q(other_words__text__iexact=name)
        )
        pages = TopicPage.objects.filter(called, locale=locale_id)
        if found := pages.order_by("-live", "pk").first():
            return found
    return None


def medicines_named(generics: Iterable[str], locale_id: int) -> list[MedicationPage]:
    """The pages on these medicines that there are."""
    wanted = Q(pk__in=[])
    for generic in generics:
        wanted |= Q(generic_name__iexact=generic)
    return list(MedicationPage.objects.filter(wanted, locale=locale_id).order_by("pk"))
