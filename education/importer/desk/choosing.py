"""Which pieces of a file somebody looks at, and in which order: said in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import TextChoices

from education.import_vocabulary import AnswerState, Danger, ItemDecision, ItemKind
from education.models import ImportedFile, ImportedItem
from education.models.imports import IN_A_PAGE, ImportedItemQuerySet
from education.narrowing import Choice
from education.vocabulary import Kind


class Show(TextChoices):
    """What to show of a file."""

    OPEN = "open", "To decide"
    CRITICAL = "critical", "Critical"
    ANSWER_NEEDED = "answer_needed", "Answer needed"
    IN_A_PAGE = "in_a_page", "In a page"
    SET_ASIDE = "set_aside", "Set aside"
    KNOWN = "known", "Known from an earlier file"
    ALL = "all", "All"

    def holds(self, counted: Mapping[str, str]) -> bool:
        """Whether a piece with this decision, state and danger belongs here."""
        decision = counted["decision"]
        return {
            Show.OPEN: decision == ItemDecision.OPEN,
            Show.CRITICAL: counted["danger"] == Danger.CRITICAL,
            Show.ANSWER_NEEDED: needs_answer(counted),
            Show.IN_A_PAGE: decision in IN_A_PAGE,
            Show.SET_ASIDE: decision == ItemDecision.SET_ASIDE,
            Show.KNOWN: decision == ItemDecision.KNOWN,
            Show.ALL: True,
        }[self]


class Order(TextChoices):
    GRAVEST = "gravest", "Most dangerous first"
    FILE = "file", "As in the file"


def needs_answer(counted: Mapping[str, str]) -> bool:
    """Whether it is a question to which the file holds no answer."""
    return (counted["kind"], counted["state"]) == (ItemKind.QUESTION, AnswerState.NONE)


@dataclass(frozen=True)
class View:
    """What somebody chose to look at. What is "" is not narrowed."""

    show: Show = Show.OPEN
    kind: str = ""
    topic: str = ""
    order: Order = Order.GRAVEST

    @property
    def query(self) -> str:
        """As it stands in an address, or "" where nothing was chosen."""
        usual = View()
        said = {name: str(value) for name, value in vars(self).items()}
        return urlencode({k: v for k, v in said.items() if v != str(getattr(usual, k))})

    def holds(self, counted: Mapping[str, str]) -> bool:
        """Whether a piece of this kind, topic, decision, state and danger is shown."""
        narrowed = ((self.kind, counted["kind"]), (self.topic, counted["topic"]))
        return self.show.holds(counted) and all(
            one in ("", is_) for one, is_ in narrowed
        )

    def pieces(self, file: ImportedFile) -> ImportedItemQuerySet:
        """Those pieces, without their content."""
        return self._ordered(self._narrowed(file, self.show))

    def walk(self, file: ImportedFile) -> ImportedItemQuerySet:
        """The pieces to go through one by one: those decided on keep their place."""
        show = Show.ALL if self.show == Show.OPEN else self.show
        pieces = self._narrowed(file, show)
        if self.show == Show.OPEN:
            pieces = pieces.exclude(decision=ItemDecision.KNOWN)
        return self._ordered(pieces)

    def _narrowed(self, file: ImportedFile, show: Show) -> ImportedItemQuerySet:
        pieces = ImportedItem.objects.filter(file=file)
        if self.kind:
            pieces = pieces.filter(kind=self.kind)
        if self.topic:
            pieces = pieces.filter(topic=self.topic)
        return shown(pieces, show)

    def _ordered(self, pieces: ImportedItemQuerySet) -> ImportedItemQuerySet:
        grave = self.order == Order.GRAVEST
        return pieces.gravest_first() if grave else pieces.as_in_the_file()


def shown(pieces: ImportedItemQuerySet, show: Show) -> ImportedItemQuerySet:
    """Those of the pieces that belong to what is shown."""
    narrowed = {
        Show.OPEN: {"decision": ItemDecision.OPEN},
        Show.CRITICAL: {"danger": Danger.CRITICAL},
        Show.ANSWER_NEEDED: {"kind": ItemKind.QUESTION, "state": AnswerState.NONE},
        Show.IN_A_PAGE: {"decision__in": IN_A_PAGE},
        Show.SET_ASIDE: {"decision": ItemDecision.SET_ASIDE},
        Show.KNOWN: {"decision": ItemDecision.KNOWN},
        Show.ALL: {},
    }[show]
    return pieces.filter(**narrowed)


def read_view(asked: Mapping[str, str], topics: Iterable[str] = ()) -> tuple[View, str]:
    """What an address asks for, and a sentence where it asks for what there is not.

    `topics` are those of the file.
    """
    view, sentence = View(), ""
    for name, allowed in (
        ("show", Show.values),
        ("kind", ItemKind.values),
        ("topic", list(topics)),
        ("order", Order.values),
    ):
        value = asked.get(name, "")
        if value in allowed:
            as_kept = {"show": Show, "order": Order}.get(name, str)
            view = replace(view, **{name: as_kept(value)})
        elif value:
            sentence = "There is nothing of that name here, so it was not used."
    return view, sentence


def chips(
    view: View, counts: Iterable[Mapping[str, str | int]], address: str
) -> dict[str, list[Choice]]:
    """The ways to narrow the list by what is shown, by kind, and to order it.

    `counts` are those of `ImportedItemQuerySet.counted`.
    """
    rows = list(counts)
    on_topic = [row for row in rows if view.topic in ("", row["topic"])]
    in_view = [row for row in on_topic if view.show.holds(row)]
    of_kind = [row for row in on_topic if view.kind in ("", row["kind"])]

    def link(label: str, there: View, count: int | None) -> Choice:
        query = f"?{there.query}" if there.query else ""
        return Choice(str(label), f"{address}{query}", count, there == view)

    def added(some: Iterable[Mapping[str, str | int]]) -> int:
        return sum(int(row["count"]) for row in some)

    shows = [(show, added(row for row in of_kind if show.holds(row))) for show in Show]
    kinds = [("", "Everything"), *((kind.value, kind.plural) for kind in Kind)]
    return {
        "show": [
            link(show.label, replace(view, show=show), count)
            for show, count in shows
            if count or show in (Show.OPEN, Show.ALL, view.show)
        ],
        "kind": [
            link(
                label,
                replace(view, kind=kind),
                added(row for row in in_view if kind in ("", row["kind"])),
            )
            for kind, label in kinds
        ],
        "order": [link(o.label, replace(view, order=o), None) for o in Order],
    }
