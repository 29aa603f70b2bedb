"""What was asked for, read once from the address."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from education.models import ClinicalPage, Tag
from education.search.analysis import Analyser
from education.vocabulary import Kind

LONGEST_TEXT = 200
MOST_TERMS = 12
LONGEST_SLUG = 100


@dataclass(frozen=True)
class Query:
    """A search, as far as it can be made sense of.

    `text` goes back into the box; `words` are all its stems, `terms` those that pages
    are matched by. `notices` are sentences for the reader. `is_refused` says that a
    kind or a tag was asked for that there is none of.
    """

    text: str
    language: str
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    kind: Kind | None = None
    tag: Tag | None = None
    notices: tuple[str, ...] = ()
    is_refused: bool = False

    @property
    def parameters(self) -> str:
        """This search as it stands in an address, without the page number."""
        said = {
            "q": self.text,
            "kind": self.kind.value if self.kind else "",
            "tag": self.tag.slug if self.tag else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def address(self) -> str:
        return f"?{self.parameters}"

    def narrowed(self, **changes: Kind | Tag | None) -> Query:
        """The same search with another `kind` or `tag`; None takes it away."""
        return replace(self, **changes)

    @property
    def without_tag(self) -> Query:
        return self.narrowed(tag=None)


def parse(parameters: QueryDict, language: str) -> Query:
    """Read a search from `q`, `kind` and `tag`; one statement where a tag is named."""
    text, notices = _text(parameters.get("q", ""))
    words, terms = Analyser(language).asked(text)
    if len(terms) > MOST_TERMS:
        notices.append(f"We searched for the first {MOST_TERMS} words of your text.")
    kind_asked, tag_asked = parameters.get("kind", ""), parameters.get("tag", "")
    kind, tag = _kind(kind_asked), _tag(tag_asked, language)
    unknown_kind = bool(kind_asked) and kind is None
    unknown_tag = bool(tag_asked) and tag is None
    if unknown_kind:
        notices.append("We do not know that kind of page, so you see all kinds.")
    if unknown_tag:
        notices.append("We do not know that tag, so you see pages with any tag.")
    return Query(
        text=text,
        language=language,
        words=tuple(words),
        terms=tuple(terms[:MOST_TERMS]),
        kind=kind,
        tag=tag,
        notices=tuple(notices),
        is_refused=unknown_kind or unknown_tag,
    )


def _text(typed: str) -> tuple[str, list[str]]:
    """What was typed, on one line, without what cannot be shown; cut where too long."""
    shown = (" " if _is_control(mark) else mark for mark in typed[: 20 * LONGEST_TEXT])
    text = " ".join("".join(shown).split())
    if len(text) <= LONGEST_TEXT:
        return text, []
    whole_words = text[: LONGEST_TEXT + 1].rpartition(" ")[0]
    return whole_words or text[:LONGEST_TEXT], [
        f"Your text was long: we kept its first {LONGEST_TEXT} characters."
    ]


def _is_control(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs")


def _kind(asked: str) -> Kind | None:
    return Kind(asked) if asked in Kind.values else None


def _tag(slug: str, language: str) -> Tag | None:
    if not slug or len(slug) > LONGEST_SLUG or not slug.isprintable():
        return None
    pages = ClinicalPage.objects.published(language, timezone.now())
    return Tag.objects.carried_by(pages).filter(slug=slug).first()
