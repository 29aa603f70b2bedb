"""What differs between two versions of a page, in words that a clinician reads.

Two contents of revisions are compared passage by passage; whatever differs beside the
text is named too, so that "no difference" means that a reader would find none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from education.models.approval import (
    ABOUT_THE_CHANGE,
    BOOKKEEPING,
    ROW_BOOKKEEPING,
    same_words,
)
from education.models.passages import passages
from education.models.tags import with_current_tags

Content = Mapping[str, Any]

#: The name of a row that is pointed at, by the field that points and its key.
Names = Mapping[tuple[models.ForeignKey, int], str]

#: What editors call the fields and rows whose own names say it badly.
LABELS = {
    "slug": "Address",
    "go_live_at": "Goes live",
    "expire_at": "Comes off the site",
    "tagged_items": "Tags",
    "other_words": "Other words",
    "codes": "Clinical codes",
    "references": "Sources",
    "topic_rows": "Topics",
    "medicine_rows": "Medicines",
    "related_rows": "Related pages",
    "use_rows": "Used for",
}

#: So many names stand in one line; the rest is counted.
MOST_LABELS = 3

#: More words than this on both sides are counted without regard to their order.
MOST_TO_ALIGN = 400

#: Fields of text that hold more than words.
FORMATTED = (RichTextField, StreamField)

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True)
class Change:
    """One place that differs: what stood there and does no more, and what is new.

    `added` and `removed` count the words of the text; both are 0 beside the text. So
    are `gone` and `new` empty where only links, layout or the order changed.
    """

    label: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0

    @property
    def is_about_layout(self) -> bool:
        """Whether every word is there as before."""
        return not self.gone and not self.new

    def lines(self) -> list[str]:
        said = [*(f"  - {text}" for text in self.gone)]
        said += [f"  + {text}" for text in self.new]
        return [f"{self.label}:", *(said or ["  links, layout or order"])]


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two versions, in the order of the page."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def in_short(self) -> str:
        """One line, such as "Short answer, Sources changed: 12 words added"."""
        if not self.changes:
            return "Nothing changed"
        labels = list(dict.fromkeys(change.label for change in self.changes))
        more = len(labels) - MOST_LABELS
        named = ", ".join(labels[:MOST_LABELS]) + (f" and {more} more" * (more > 0))
        counted = _counted(
            sum(change.added for change in self.changes),
            sum(change.removed for change in self.changes),
        )
        return f"{named} changed" + (f": {counted}" if counted else "")

    def as_text(self, most: int = 4000) -> str:
        """Line by line for an e-mail, of about this many characters at the most."""
        lines: list[str] = []
        left = most
        for line in (line for change in self.changes for line in change.lines()):
            if len(line) > left:
                return "\n".join([*lines, "... The rest is on the page to compare."])
            lines.append(line)
            left -= len(line)
        return "\n".join(lines)


def differences(
    before: Content, after: Content, names: Names | None = None
) -> Differences:
    """How `after` differs from `before`, both contents of revisions of one page.

    Asks the database nothing. Rows that point at tags or pages are then shown by
    number, which `named_differences` puts right.
    """
    old, new = page_of(before), page_of(after)
    texts = _texts(old), _texts(new)
    changed: dict[str, list[Change]] = {}
    for field, label in dict.fromkeys([*texts[0], *texts[1]]):
        text = [side.get((field, label), "") for side in texts]
        if text[0] != text[1]:
            changed.setdefault(field, []).append(_of_text(label, *text))
    beside = [
        _beside(type(new), name, before.get(name), after.get(name), names or {})
        for name in dict.fromkeys([*after, *before])
        if name not in changed
        and _is_shown(type(new), name)
        and not _says_the_same(name, before.get(name), after.get(name))
    ]
    of_text = [change for changes in changed.values() for change in changes]
    return Differences((*of_text, *beside))


def named_differences(before: Content, after: Content) -> Differences:
    """The same with the names of tags and pages; a statement for each kind of row."""
    before, after = with_current_tags(before), with_current_tags(after)
    model = type(page_of(after))
    wanted: dict[models.ForeignKey, set[int]] = {}
    for content in (before, after):
        for name, rows in content.items():
            for field, key in _pointers(model, name, rows):
                wanted.setdefault(field, set()).add(key)
    names = {
        (field, row.pk): str(row)
        for field, keys in wanted.items()
        for row in field.related_model._base_manager.filter(pk__in=keys)
    }
    return differences(before, after, names)


def _counted(added: int, removed: int) -> str:
    """Such as "12 words added, 3 removed"; empty where no word is."""
    said = [(added, "added")] * bool(added) + [(removed, "removed")] * bool(removed)
    return ", ".join(
        f"{count} {'' if place else 'word ' if count == 1 else 'words '}{what}"
        for place, (count, what) in enumerate(said)
    )


def page_of(content: Content) -> Page:
    """The page that a revision holds, with its text alone; asks nothing anew."""
    model = ContentType.objects.get_for_id(content["content_type"]).model_class()
    # Without its rows: none of them holds a passage, and some would ask for others.
    fields = {k: value for k, value in content.items() if not isinstance(value, list)}
    return model.from_serializable_data(fields, check_fks=False)


def _texts(page: Page) -> dict[tuple[str, str], str]:
    """The text of each place; blocks of one name in one field count as one place."""
    found: dict[tuple[str, str], str] = {}
    for passage in passages(page):
        place = (passage.field, passage.label)
        found[place] = "\n".join(filter(None, (found.get(place), passage.text)))
    return found


def _of_text(label: str, before: str, after: str) -> Change:
    old, new = _sentences(before), _sentences(after)
    gone: list[str] = []
    come: list[str] = []
    added = removed = 0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            continue
        gone += old[i:j]
        come += new[k:m]
        more, fewer = _count_words(" ".join(old[i:j]), " ".join(new[k:m]))
        added, removed = added + more, removed + fewer
    return Change(label, tuple(gone), tuple(come), added, removed)


def _sentences(text: str) -> list[str]:
    return [piece for piece in _SENTENCE.split(text) if piece]


def _count_words(before: str, after: str) -> tuple[int, int]:
    old, new = before.split(), after.split()
    if min(len(old), len(new)) > MOST_TO_ALIGN:
        counts = Counter(new), Counter(old)
        return (counts[0] - counts[1]).total(), (counts[1] - counts[0]).total()
    added = removed = 0
    for what, i, j, k, m in SequenceMatcher(None, old, new, False).get_opcodes():
        if what != "equal":
            added, removed = added + m - k, removed + j - i
    return added, removed


def _is_shown(model: type[Page], name: str) -> bool:
    """Whether a field is an editor's; others follow from those."""
    if name in BOOKKEEPING | ABOUT_THE_CHANGE:
        return False
    field = model._meta.get_field(name)
    return field.is_relation or field.editable


def _says_the_same(name: str, before: Any, after: Any) -> bool:
    if isinstance(after, list):
        rows = ([_without_keys(row) for row in side or []] for side in (before, after))
        return next(rows) == next(rows)
    return same_words({name: before}, {name: after})


def _without_keys(row: Content) -> Content:
    return {name: row[name] for name in row.keys() - ROW_BOOKKEEPING}


def _beside(
    model: type[Page], name: str, before: Any, after: Any, names: Names
) -> Change:
    field = model._meta.get_field(name)
    label = LABELS.get(name) or str(
        getattr(field, "verbose_name", name.replace("_", " "))
    )
    old, new = (list(_shown(field, value, names)) for value in (before, after))
    return Change(
        label[:1].upper() + label[1:],
        tuple(text for text in old if text not in new),
        tuple(text for text in new if text not in old),
    )


def _shown(field: Any, value: Any, names: Names) -> Iterator[str]:
    if isinstance(value, list):
        for row in value:
            yield ", ".join(_row_words(field.related_model, row, names))
    elif getattr(field, "choices", None):
        yield str(dict(field.flatchoices).get(value, value))
    # Blocks and rich text with the same words differ in links or layout only.
    elif value not in (None, "") and not isinstance(field, FORMATTED):
        yield str(value)


def _row_words(model: type[models.Model], row: Content, names: Names) -> Iterator[str]:
    for name, value in row.items():
        if name in ROW_BOOKKEEPING or value in (None, ""):
            continue
        field = model._meta.get_field(name)
        if isinstance(field, ParentalKey):
            continue
        if isinstance(field, models.ForeignKey):
            yield names.get((field, value), f"number {value}")
        elif field.choices:
            yield str(dict(field.flatchoices).get(value, value))
        else:
            yield str(value)


def _pointers(
    model: type[Page], name: str, rows: Any
) -> Iterator[tuple[models.ForeignKey, int]]:
    if not isinstance(rows, list) or not _is_shown(model, name):
        return
    for row in rows:
        for column, value in row.items():
            if column == "pk" or value is None:
                continue
            field = model._meta.get_field(name).related_model._meta.get_field(column)
            points = isinstance(field, models.ForeignKey)
            if points and not isinstance(field, ParentalKey):
                yield field, value
