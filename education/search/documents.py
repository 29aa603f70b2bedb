"""The words of a page, gathered from its fields by how much they weigh."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import F
from wagtail.fields import RichTextField, StreamField

from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    SearchDocument,
    TaggedPage,
    TagLabel,
    TopicPage,
)
from education.richtext import plain_text
from education.search.analysis import Analyser
from education.vocabulary import Kind

#: Where a page of each kind keeps the fields that only this kind has.
PARTS = {
    Kind.TOPIC: "topicpage",
    Kind.QUESTION: "faqpage",
    Kind.MEDICINE: "medicationpage",
}
#: More than any page for patients holds; PostgreSQL takes a megabyte.
MOST_WORDS = 15_000

Specific = TopicPage | FAQPage | MedicationPage
Texts = dict[int, list[str]]


def documents_of(pages: Sequence[ClinicalPage]) -> list[SearchDocument]:
    """The search documents of pages read `with_parts()`; four statements in all."""
    ids = [page.pk for page in pages]
    names, tags = _names(ids), _tags(ids)
    analysers: dict[str, Analyser] = {}
    documents = []
    for page in pages:
        language = page.locale.language_code
        analyser = analysers.setdefault(language, Analyser(language))
        specific: Specific = getattr(page, PARTS[Kind(page.kind)])
        texts = {
            "title": [page.title],
            "aliases": [*names[page.pk], getattr(specific, "generic_name", "")],
            "tags": tags[page.pk],
            "summary": [page.summary, getattr(specific, "short_answer", "")],
            "body": list(_running_text(specific)),
        }
        words = {field: _analysed(analyser, given) for field, given in texts.items()}
        documents.append(
            SearchDocument(page_id=page.pk, language=language, kind=page.kind, **words)
        )
    return documents


def _analysed(analyser: Analyser, texts: list[str]) -> str:
    return " ".join(analyser.words("\n".join(texts))[:MOST_WORDS])


def _names(ids: list[int]) -> Texts:
    """Other words for each page, and the brands of medicines."""
    found: Texts = defaultdict(list)
    aliases = Alias.objects.filter(page__in=ids).values_list("page_id", "text")
    brands = Brand.objects.filter(page__in=ids).values_list("page_id", "name")
    for page_id, name in [*aliases, *brands]:
        found[page_id].append(name)
    return found


def _tags(ids: list[int]) -> Texts:
    """Tags by name and by their word in the page's own language."""
    found: Texts = defaultdict(list)
    rows = TaggedPage.objects.filter(content_object__in=ids)
    names = rows.values_list("content_object_id", "tag__name")
    page = "tag__tagged_pages__content_object"
    labels = TagLabel.objects.filter(
        **{f"{page}__in": ids, "language": F(f"{page}__locale__language_code")}
    ).values_list(page, "label")
    for page_id, name in [*names, *labels]:
        found[page_id].append(name)
    return found


def _running_text(page: Specific) -> Iterator[str]:
    """Everything that is written on the page in rich text and in blocks."""
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, RichTextField):
            yield plain_text(value)
        elif isinstance(field, StreamField):
            yield from field.get_searchable_content(value)
