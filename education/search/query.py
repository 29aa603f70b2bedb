"""What was asked for, read once from the address."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.http import urlencode

from education.search.analysis import Analyser
from education.search.correcting import Corrected, Offer, corrected
from education.search.knowledge import Knowledge
from education.search.terms import Asked, Term, asked_for
from education.vocabulary import Kind

LONGEST_TEXT = 200
MOST_TERMS = 12
LONGEST_SLUG = 100


@dataclass(frozen=True)
class Query:
    """A search, as far as it can be made sense of.

    `text` goes back into the box; `meant` is what is searched for: the same, or with
    slips set right. `is_literal` says that nothing was to be set right, `wants_pages`
    that pages were asked for below a card that stands alone. `offers` are
    medicines that may be meant, of which none was assumed. `tag` is the address of a
    tag, which may not exist. `notices` are sentences for the reader. `is_refused` says
    that a kind was asked for that there is none of.
    """

    text: str
    meant: str
    asked: Asked
    offers: tuple[Offer, ...] = ()
    kind: Kind | None = None
    tag: str = ""
    is_literal: bool = False
    wants_pages: bool = False
    notices: tuple[str, ...] = ()
    is_refused: bool = False

    @property
    def language(self) -> str:
        return self.asked.language

    @property
    def is_corrected(self) -> bool:
        return self.meant != self.text

    @property
    def parameters(self) -> str:
        """This search as it stands in an address, without the page number."""
        said = {
            "q": self.text,
            "kind": self.kind.value if self.kind else "",
            "tag": self.tag,
            "literal": "1" if self.is_literal else "",
            "pages": "1" if self.wants_pages else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def address(self) -> str:
        return f"?{self.parameters}"

    @property
    def literally(self) -> Query:
        """The same search for exactly what was typed."""
        return replace(self, is_literal=True)

    @property
    def with_pages(self) -> Query:
        """The same search, with pages below a card that stands alone."""
        return replace(self, wants_pages=True)

    @property
    def without_tag(self) -> Query:
        return replace(self, tag="")

    def narrowed(self, **changes: Kind | str | None) -> Query:
        """The same search with another `kind` or `tag`; None and "" take it away."""
        return replace(self, **changes)

    def for_text(self, text: str) -> Query:
        """A search for other words, not narrowed."""
        plain = replace(self, kind=None, tag="", is_literal=False, wants_pages=False)
        return replace(plain, text=text)


def parse(
    parameters: QueryDict,
    language: str,
    known: Knowledge | None,
    sets_right: bool = True,
) -> Query:
    """Read a search from `q`, `kind`, `tag`, `literal` and `pages`.

    Without knowledge nothing is set right and no synonym is followed.
    """
    text, notices = _text(parameters.get("q", ""))
    analyser = Analyser(language)
    is_literal = bool(parameters.get("literal"))
    right = Corrected(text)
    if known and sets_right and not is_literal:
        right = corrected(text, analyser, known)
    asked = asked_for(right.text, analyser, None if is_literal else known)
    if len(asked.terms) > MOST_TERMS:
        notices.append(
            f"Your text was long: we searched for {MOST_TERMS} of its words."
        )
        asked = replace(asked, terms=_most_telling(asked.terms, known))
    kind, unknown = _kind(parameters.get("kind", ""))
    return Query(
        text=text,
        meant=right.text,
        asked=asked,
        offers=right.offers,
        kind=kind,
        tag=parameters.get("tag", ""),
        is_literal=is_literal,
        wants_pages=bool(parameters.get("pages")),
        notices=(*notices, *unknown),
        is_refused=bool(unknown),
    )


def _kind(asked: str) -> tuple[Kind | None, list[str]]:
    """The kind that was asked for, and a notice where there is none of that name."""
    if asked in ("", *Kind.values):
        return (Kind(asked) if asked else None), []
    return None, ["We do not know that kind of page, so you see all kinds."]


def _most_telling(terms: tuple[Term, ...], known: Knowledge | None) -> tuple[Term, ...]:
    """The first of those that pages know and that are not light, in their order."""

    def order(place: int) -> tuple[bool, bool, int]:
        stems = known.stems if known else frozenset()
        ways = terms[place].ways
        is_unknown = not any(stems.issuperset(way.stems) for way in ways)
        return is_unknown, terms[place].is_light, place

    kept = sorted(range(len(terms)), key=order)[:MOST_TERMS]
    return tuple(terms[place] for place in sorted(kept))


def tag_that_may_exist(slug: str) -> str:
    """The address of a tag as it was asked for, or "" where it can be none."""
    return slug if len(slug) <= LONGEST_SLUG and slug.isprintable() else ""


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
