"""A page as Markdown: all that its readers are told, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.template.defaultfilters import date as date_format
from django.utils import timezone
from wagtail.models import Page

from education.models import (
    ClinicalPage,
    PublishedQuerySet,
    Reference,
    SiteAppearance,
    Standing,
    public_address,
)
from education.models.passages import passages
from education.syndication.markdown import (
    RichText,
    escaped,
    heading,
    joined,
    link,
    listed,
    quoted,
    table,
)
from education.vocabulary import Kind
from education.writing.rules import linked_pages

RELATED = {
    Kind.TOPIC: (
        ("questions", "Questions people ask"),
        ("medicines", "Medicines used for it"),
        ("topics", "Related topics"),
    ),
    Kind.QUESTION: (
        ("topics", "Health topics"),
        ("medicines", "Medicines"),
        ("questions", "Related questions"),
    ),
    Kind.MEDICINE: (
        ("named", "Medicines named on this page"),
        ("naming", "Medicines whose pages name this one"),
        ("questions", "Questions people ask"),
        ("topics", "Used for"),
        ("medicines", "Other medicines of this kind"),
    ),
}


def _day(when: date | datetime) -> str:
    return date_format(when, "j F Y")


@dataclass(frozen=True)
class Manuscript:
    """A published page on its way to Markdown.

    `page` is of its own kind; `host` is such as "https://education.example.org".
    """

    page: ClinicalPage
    site: SiteAppearance
    host: str
    language: str
    now: datetime

    @property
    def canonical(self) -> str:
        return self.host + self.page.address

    def markdown(self, *notices: str) -> str:
        """The whole page; notices, such as that it is a demonstration, come first."""
        return joined(self._parts(notices)) + "\n"

    def _parts(self, notices: Iterable[str]) -> Iterator[str]:
        page, standing = self.page, self.page.standing()
        yield heading(1, page.title)
        yield from (quoted(escaped(notice)) for notice in notices)
        names = [word.text for word in page.other_words.all() if word.is_other_name]
        yield escaped(f"Also called: {', '.join(names)}") if names else ""
        yield self._overdue(standing)
        yield from {
            Kind.TOPIC: self._topic,
            Kind.QUESTION: self._question,
            Kind.MEDICINE: self._medicine,
        }[Kind(page.kind)]()
        yield from self._cards(page.cards_after_text)
        yield from self._related()
        yield from self._sources(page.references.all())
        yield from self._end(standing)

    def _topic(self) -> Iterator[str]:
        yield escaped(self.page.summary)
        yield from self._cards(self.page.cards_before_text)
        if points := self._rich(self.page.key_points):
            yield heading(2, "Key points")
            yield points
        for part in self.page.parts:
            yield heading(2, part["section"].value.title)
            yield from self._body(part["section"].value["body"])

    def _question(self) -> Iterator[str]:
        if self.page.short_answer:
            yield heading(2, "Short answer")
            yield escaped(self.page.short_answer)
        yield from self._cards(self.page.cards_before_text)
        if self.page.answer:
            yield heading(2, "The answer in full")
            yield from self._body(self.page.answer)

    def _medicine(self) -> Iterator[str]:
        yield escaped(self.page.summary)
        if warning := self._rich(self.page.boxed_warning):
            yield heading(2, "Boxed warning")
            yield "The strongest warning that a medicine label can carry."
            yield warning
        yield from self._cards(self.page.cards_before_text)
        yield self._facts()
        for entry in self.page.parts:
            yield heading(2, entry["part"].heading)
            yield self._rich(entry["text"])
            yield from self._cards(entry["cards"], level=3)

    def _facts(self) -> str:
        page = self.page
        classes = [tag.name for tag in page.classes]
        schedule = page.get_controlled_schedule_display()
        facts = (
            ("Generic name", page.generic_name),
            ("Say it", page.pronunciation),
            ("Brand names", "; ".join(map(_brand, page.own_brands))),
            ("Kind of medicine", ", ".join(classes)),
            ("How you get it", page.get_prescription_status_display()),
            ("Controlled medicine", schedule if page.is_controlled else ""),
            *((line["heading"].rstrip("?"), line["text"]) for line in page.lines),
        )
        return listed(
            f"**{label}:** {escaped(said)}" for label, said in facts if said.strip()
        )

    def _cards(self, cards: Iterable[Any], level: int = 2) -> Iterator[str]:
        for card in cards:
            value = card.value
            yield heading(level, f"{value.level_label}. {value['heading']}")
            yield listed(map(escaped, value["reasons"]))
            yield self._rich(value["action"].source if value["action"] else "")

    def _body(self, blocks: Iterable[Any]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block.block_type, block.value, block)

    def _block(self, kind: str, value: Any, block: Any) -> Iterator[str]:
        if kind == "text":
            yield self._rich(value.source)
        elif kind == "tip":
            yield quoted(joined(["**Tip**", self._rich(value.source)]))
        elif kind == "do":
            yield heading(3, value["heading"] or "Do")
            yield listed(map(escaped, value["items"]))
        elif kind == "dont":
            yield heading(3, value["heading"] or "Do not")
            yield listed(escaped(f"do not {item}") for item in value["items"])
        elif kind == "steps":
            yield heading(3, value["heading"] or "Step by step")
            yield listed(map(escaped, value["items"]), numbered=True)
        elif kind == "table":
            columns = [column["heading"] or "" for column in value["table"].columns]
            rows = [[str(cell.value) for cell in row] for row in value["table"].rows]
            yield f"**{escaped(value['caption'])}**" if value["caption"] else ""
            yield table(columns, rows)
        else:
            # A block that came later than this: its words, if not its looks.
            yield self._rich(block.render())

    def _related(self) -> Iterator[str]:
        related = self.page.related(self.language, self.now)
        for name, title in RELATED[Kind(self.page.kind)]:
            if related[name]:
                yield heading(2, title)
                yield self._links((one.title, one.address) for one in related[name])
        if tags := self.page.own_tags:
            yield heading(2, "Find more pages like this")
            yield self._links((tag.name, tag.address) for tag in tags)

    def _sources(self, references: Iterable[Reference]) -> Iterator[str]:
        rows = [
            " ".join(
                part
                for part in (
                    f"{link(row.title, row.url)}.",
                    escaped(row.publisher)
                    + (f", {_day(row.published)}." if row.published else "."),
                    f"Read on {_day(row.accessed)}." if row.accessed else "",
                )
                if part
            )
            for row in references
        ]
        if rows:
            yield heading(2, "Sources")
            yield listed(rows, numbered=True)

    def _overdue(self, standing: Standing) -> str:
        today = timezone.localdate(self.now)
        if not standing.reviews or not standing.is_overdue(today):
            return ""
        last = _day(standing.reviews[-1].signed_at)
        return quoted(
            f"This page is past its review date. It was last reviewed on {last}, so "
            "parts of it may be out of date. Ask a doctor, nurse or pharmacist if you "
            "are not sure that something here is right for you."
        )

    def _end(self, standing: Standing) -> Iterator[str]:
        yield "---"
        yield escaped(review_line(standing)) if standing.reviews else ""
        yield f"This page on the web: <{self.canonical}>"
        history = f"{self.page.address}history/"
        yield self._links([("History of this page", history)])
        yield escaped(f"{self.site.emergency_sentence} {self.site.footer}")

    def _links(self, ways: Iterable[tuple[str, str]]) -> str:
        return listed(link(text, self.host + address) for text, address in ways)

    @cached_property
    def _rich(self) -> RichText:
        return RichText(self._leads)

    def _leads(self, attributes: Mapping[str, str]) -> str:
        if "linktype" in attributes:
            is_page = attributes["linktype"] == "page"
            address = self._addresses.get(attributes.get("id", "")) if is_page else ""
            return f"{self.host}{address}" if address else ""
        address = attributes.get("href", "").strip()
        if address.startswith("#"):
            return self.canonical + address
        if address.startswith("/") and not address.startswith("//"):
            return self.host + address
        return address

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """Where the public reads the pages that this one links to; one statement."""
        wanted = {
            int(number)
            for passage in passages(self.page)
            for number, _ in linked_pages(passage)
            # A crafted page may name any number; a database fails on one too large.
            if number.isascii() and number.isdigit() and len(number) < 10
        }
        if not wanted:
            return {}
        pages = PublishedQuerySet(Page).filter(pk__in=wanted)
        rows = pages.published(self.language, self.now).values_list("pk", "url_path")
        return {str(pk): public_address(url_path) for pk, url_path in rows}


def _brand(brand: Any) -> str:
    status = "" if brand.status == "current" else brand.get_status_display()
    more = ". ".join(part for part in (status, brand.note) if part)
    return f"{brand.name} ({more})" if more else brand.name


def review_line(standing: Standing) -> str:
    """Who reviewed a page that was reviewed, when, and when it is due again."""
    reviewed = _day(standing.reviews[-1].signed_at)
    said = [f"Reviewed by {standing.reviewers} on {reviewed}"]
    if standing.changes:
        changed = _day(standing.changes[-1].signed_at)
        said.append(f"changed on {changed}, approved by {standing.approvers}")
    if standing.due_on:
        said.append(f"next review due {_day(standing.due_on)}")
    return ", ".join(said) + "."
