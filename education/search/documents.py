"""The words of a page, gathered from its fields by how much they weigh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F
from wagtail.fields import RichTextField, StreamField

from education.models import (
    Alias,
    Brand,
    ClinicalCode,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    SearchDocument,
    Suggestion,
    TaggedPage,
    TagLabel,
    TopicPage,
)
from education.models.medicine_parts import LINES, PARTS
from education.richtext import plain_text
from education.search.analysis import LONGEST_WORD, Analyser, folded_words
from education.search.suggestions import openings
from education.vocabulary import Kind

#: Where a page of each kind keeps the fields that only this kind has.
SPECIFIC = {
    Kind.TOPIC: "topicpage",
    Kind.QUESTION: "faqpage",
    Kind.MEDICINE: "medicationpage",
}
#: More than any page for patients holds; PostgreSQL takes a megabyte.
MOST_WORDS = 15_000
SHORTEST_CORRECTION = 3

Specific = TopicPage | FAQPage | MedicationPage


@dataclass(frozen=True)
class Entry:
    """What search keeps of one page: its document, its words, and how it is offered.

    `words` are folded and not stemmed, for the correction of slips; `titles` are those
    of them that the page is called by.
    """

    document: SearchDocument
    words: frozenset[str]
    titles: frozenset[str]
    suggestions: list[Suggestion]


@dataclass(frozen=True)
class _Others:
    """What a page is called besides its title, as (words, kind); its codes and tags."""

    aliases: list[tuple[str, str]]
    brands: list[tuple[str, str]]
    codes: list[str]
    tags: list[str]
    tag_ids: list[int]


def entries_of(pages: Sequence[ClinicalPage]) -> list[Entry]:
    """What search keeps of pages read `with_parts()`; five statements in all."""
    others = _others([page.pk for page in pages])
    analysers: dict[str, Analyser] = {}
    entries = []
    for page in pages:
        language = page.locale.language_code
        analyser = analysers.setdefault(language, Analyser(language))
        entries.append(_entry(page, others[page.pk], analyser))
    return entries


def documents_of(pages: Sequence[ClinicalPage]) -> list[SearchDocument]:
    """The search documents alone of pages read `with_parts()`."""
    return [entry.document for entry in entries_of(pages)]


def _entry(page: ClinicalPage, others: _Others, analyser: Analyser) -> Entry:
    specific: Specific = getattr(page, SPECIFIC[Kind(page.kind)])
    generic = getattr(specific, "generic_name", "")
    brands = [name for name, _ in others.brands]
    aliases = [text for text, _ in others.aliases]
    others_names = [name for name in (generic, *brands) if name]
    names = [page.title, *others_names] if generic else []
    summary = [page.summary, getattr(specific, "short_answer", "")]
    passages = _within(_passages(specific), analyser)
    literal = _lines(" ".join(folded_words(name)) for name in names)
    document = SearchDocument(
        page_id=page.pk,
        language=analyser.language,
        kind=page.kind,
        revision_id=page.live_revision_id,
        title=" ".join(analyser.words(page.title)),
        names=literal,
        aliases=_analysed(analyser, [*aliases, *others_names, *others.codes]),
        tags=_analysed(analyser, others.tags),
        summary=_analysed(analyser, summary),
        body="\n".join(words for _, words in passages),
        tag_ids=" ".join(str(pk) for pk in others.tag_ids),
        passages="\n".join(passage for passage, _ in passages),
    )
    titles = [page.title, *aliases, *others_names, *others.tags]
    texts = [*titles, *summary, *(passage for passage, _ in passages)]
    return Entry(
        document,
        _words("\n".join(texts)),
        _words("\n".join(titles)),
        _openings(page, generic, others, analyser.language),
    )


def _openings(
    page: ClinicalPage, generic: str, others: _Others, language: str
) -> list[Suggestion]:
    return openings(
        page.pk,
        language,
        page.kind,
        page.title,
        generic=generic,
        brands=others.brands,
        aliases=others.aliases,
    )


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _analysed(analyser: Analyser, texts: list[str]) -> str:
    return _lines(" ".join(analyser.words(text)) for text in texts)


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word
        for word in folded_words(text)
        if SHORTEST_CORRECTION <= len(word) <= LONGEST_WORD and word.isalpha()
    )


def _passages(page: Specific) -> Iterator[tuple[str, str]]:
    """Everything written on the page, a line at a time, each with its heading."""
    headings = dict(getattr(page, "headings", {}))
    for part in PARTS if headings else ():
        headings[part.cards] = part.heading
    for line in LINES if isinstance(page, MedicationPage) else ():
        yield line.heading, getattr(page, line.field)
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        heading = headings.get(field.name, "")
        if isinstance(field, RichTextField):
            yield from ((heading, line) for line in plain_text(value).splitlines())
        elif isinstance(field, StreamField):
            for block in value:
                above = getattr(block.value, "title", heading)
                for text in block.block.get_searchable_content(block.value):
                    yield from ((above, line) for line in text.splitlines())


def _within(
    passages: Iterable[tuple[str, str]], analyser: Analyser
) -> list[tuple[str, str]]:
    """Each passage with its analysed words, up to what a page may hold.

    The words of its heading count as its own: "how long does it last" is answered under
    such a heading without saying so again.
    """
    found: list[tuple[str, str]] = []
    room, lead = MOST_WORDS, ""
    for heading, passage in passages:
        shown, lead = _in_full(" ".join(passage.split()), lead)
        words = analyser.words(shown)
        if words and room > 0:
            words = [*analyser.words(heading), *words][:room]
            room -= len(words)
            found.append((shown, " ".join(words)))
    return found


def _in_full(passage: str, lead: str) -> tuple[str, str]:
    """The passage with the words that lead to it, and those that lead to the next.

    An item of a list goes on from what stands above it, and may mean the opposite
    without: "Do not take it if you: have ever had a stomach ulcer".
    """
    if passage.endswith(":"):
        return passage, passage
    if lead and passage[:1].islower():
        return f"{lead} {passage}", lead
    return passage, ""


def _others(ids: list[int]) -> dict[int, _Others]:
    """Other names, brands and tags of these pages; tags also in the page's language."""
    found: dict[int, _Others] = defaultdict(lambda: _Others([], [], [], [], []))
    aliases = Alias.objects.filter(page__in=ids).values_list("page_id", "text", "kind")
    for page_id, text, kind in aliases:
        found[page_id].aliases.append((text, kind))
    brands = Brand.objects.filter(page__in=ids)
    for page_id, name, status in brands.values_list("page_id", "name", "status"):
        found[page_id].brands.append((name, status))
    codes = ClinicalCode.objects.filter(page__in=ids)
    for page_id, code in codes.values_list("page_id", "code"):
        found[page_id].codes.append(code)
    tags = TaggedPage.objects.filter(content_object__in=ids).order_by("tag_id")
    for page_id, tag_id, name, slug in tags.values_list(
        "content_object_id", "tag_id", "tag__name", "tag__slug"
    ):
        # The last part of its address is a word for it, too, and may be another one.
        found[page_id].tags.extend([name, slug.replace("-", " ")])
        found[page_id].tag_ids.append(tag_id)
    page = "tag__tagged_pages__content_object"
    labels = TagLabel.objects.filter(
        **{f"{page}__in": ids, "language": F(f"{page}__locale__language_code")}
    ).values_list(page, "label")
    for page_id, label in labels:
        found[page_id].tags.append(label)
    return found
