"""Pages that a piece of a file may go into: near ones, topics, and what is found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from education.import_vocabulary import ItemKind
from education.importer.keeping.pieces import wordings_in
from education.models import ClinicalPage, ImportedItem
from education.models.faqs import question_key
from education.vocabulary import Kind
from education.writing.likeness import alike

#: Found by words of a title; who finds more should use more words.
MOST_FOUND = 10
MOST_NEAR = 5
#: How many names are compared, and by how many words of a piece pages are looked for.
NAMES = 4_000
WORDS = 6
#: What is shorter finds too much.
SHORTEST = 4

SAME_TITLE = "It has the same title."
ALSO_CALLED = "It is also called “{}”."
ASKS_THE_SAME = "It seems to ask the same: “{}”."
NAMED = "It is named here."


@dataclass(frozen=True)
class OfferedPage:
    """A page, its newest version as the form names it, and why it is offered."""

    value: str
    title: str
    about: str
    url: str
    why: str = ""
    can_take: bool = True
    #: It is only alike.
    is_guess: bool = False


@dataclass(frozen=True)
class TopicChoice:
    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True)
class Named:
    """A page by its title and its other names."""

    key: int
    title: str
    kind: str
    live: bool
    revision: int | None
    names: tuple[str, ...]

    @property
    def value(self) -> str:
        return f"{self.key}-{self.revision or ''}"


def offered_pages(piece: ImportedItem, find: str, topic: str) -> dict[str, Any]:
    """Those near the piece, and those whose title holds the words to find.

    One statement, and one more where something is to be found. `topic` is the topic
    that was chosen, or "".
    """
    named = _named_pages(piece)
    nearby = _near(piece, named)
    taken = {one.value for one in nearby}
    found = _titled(piece, find) if find else []
    return {
        "near": nearby,
        "found": [one for one in found if one.value not in taken],
        "here_already": _same(piece, nearby),
        "nearest": _nearest(nearby),
        "can_merge": any(one.can_take for one in [*nearby, *found]),
        "topics": _topic_choices(piece, named, topic),
    }


def _named_pages(piece: ImportedItem) -> list[Named]:
    """Every topic, and the pages whose names share a rare word with the piece."""
    sought = Q(kind=Kind.TOPIC)
    for word in _telling(piece):
        sought |= Q(title__icontains=word) | Q(other_words__text__icontains=word)
    pages = ClinicalPage.objects.filter(sought, locale=piece.file.locale_id)
    rows = pages.order_by("-live", "pk").values_list(
        "pk", "title", "kind", "live", "latest_revision", "other_words__text"
    )
    names: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for *page, other in rows[:NAMES]:
        names[tuple(page)].append(other or "")
    return [
        Named(*page, names=tuple(filter(None, others)))
        for page, others in names.items()
    ]


def _telling(piece: ImportedItem) -> list[str]:
    """The longest words of the piece first: they are the rarest."""
    words = {
        word
        for text in _wordings(piece)
        for word in question_key(text).split()
        if len(word) >= SHORTEST
    }
    return sorted(words, key=lambda word: (-len(word), word))[:WORDS]


def _wordings(piece: ImportedItem) -> list[str]:
    return [piece.title, *wordings_in(piece.kind, piece.content)]


def _near(piece: ImportedItem, named: list[Named]) -> list[OfferedPage]:
    """The nearest first: the same, what asks the same, and then what is named."""
    found = []
    for page in named:
        if why := _why_near(piece, page):
            found.append((RANKS.index(why[0]), page, why[0].format(why[1])))
    found.sort(key=lambda one: one[0])
    return [
        _offered(page, page.kind == piece.kind, why, rank >= GUESSED)
        for rank, page, why in found[:MOST_NEAR]
    ]


#: The nearest first.
RANKS = (SAME_TITLE, ALSO_CALLED, ASKS_THE_SAME, NAMED)
GUESSED = RANKS.index(ASKS_THE_SAME)


def _why_near(piece: ImportedItem, page: Named) -> tuple[str, str] | None:
    ours = _wordings(piece)
    if page.kind != piece.kind:
        words = f" {question_key(piece.title)} "
        is_named = any(
            f" {question_key(name)} " in words for name in (page.title, *page.names)
        )
        return (NAMED, "") if is_named else None
    keys = {question_key(text) for text in ours}
    if question_key(page.title) in keys:
        return SAME_TITLE, ""
    for name in page.names:
        if question_key(name) in keys:
            return ALSO_CALLED, name
    if piece.kind == ItemKind.QUESTION:
        language = piece.file.locale.language_code
        for name in (page.title, *page.names):
            if any(alike(text, name, language) for text in ours):
                return ASKS_THE_SAME, name
    return None


def _same(piece: ImportedItem, nearby: list[OfferedPage]) -> OfferedPage | None:
    """The page for whose sake no draft can be made."""
    key = question_key(piece.title)
    same = (one for one in nearby if one.can_take and question_key(one.title) == key)
    return next(same, None)


def _nearest(nearby: list[OfferedPage]) -> str:
    """The page to propose for merging: one that has the very name of the piece."""
    first = nearby[0] if nearby else None
    by_name = first and first.can_take and not first.is_guess
    return first.value if by_name else ""


def _titled(piece: ImportedItem, find: str) -> list[OfferedPage]:
    pages = ClinicalPage.objects.filter(locale=piece.file.locale_id, kind=piece.kind)
    for word in find.split()[:WORDS]:
        pages = pages.filter(title__icontains=word)
    rows = pages.order_by("title", "pk").values_list(
        "pk", "title", "kind", "live", "latest_revision"
    )
    return [_offered(Named(*row, names=())) for row in rows[:MOST_FOUND]]


def _offered(
    page: Named, can_take: bool = True, why: str = "", is_guess: bool = False
) -> OfferedPage:
    return OfferedPage(
        value=page.value,
        title=page.title,
        about=f"{Kind(page.kind).label}, {'live' if page.live else 'draft'}",
        url=reverse("wagtailadmin_pages:edit", args=[page.key]),
        why=why,
        can_take=can_take,
        is_guess=is_guess,
    )


def _topic_choices(
    piece: ImportedItem, named: list[Named], chosen: str
) -> list[TopicChoice]:
    """Every topic of the language by its name, that of the piece chosen."""
    own = question_key(piece.topic)
    topics = (page for page in named if page.kind == Kind.TOPIC)
    return [
        TopicChoice(
            page.value,
            page.title,
            page.value == chosen or (not chosen and question_key(page.title) == own),
        )
        for page in sorted(topics, key=lambda page: page.title.casefold())
    ]
