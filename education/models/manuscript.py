"""Pages whose writing is checked, as the checks read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import (
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.models import Page

from education.import_vocabulary import SourceRights
from education.models.gate import GatedPage
from education.models.passages import passages_and_images
from education.vocabulary import AnswerScope, Kind
from education.writing.findings import Draft, Finding, Severity
from education.writing.rules import check

#: Rows of a form that is being filled in, by relation; they are not saved yet.
Rows = Mapping[str, Sequence[Any]]

#: Answers about these may do harm, so they need a care card and a source.
CAREFUL = (AnswerScope.MEDICINE, AnswerScope.GETTING_HELP)


def rows_of(page: Page, relation: str, rows: Rows | None) -> list[Any]:
    """The rows of a relation: those on the form, else the page's own; or none."""
    if rows is not None and relation in rows:
        return list(rows[relation])
    if not hasattr(type(page), relation):
        return []
    own = {each.get_accessor_name() for each in get_all_child_relations(type(page))}
    # Rows that are kept elsewhere cannot name a page that was never saved.
    if page.pk is None and relation not in own:
        return []
    return list(getattr(page, relation).all())


def stored_content(page: Page, rows: Rows | None = None) -> dict[str, Any]:
    """What a revision would keep of the page, dates as text as it keeps them."""
    content = page.serializable_data()
    for relation in content.keys() & (rows or {}).keys():
        content[relation] = [
            get_serializable_data_for_fields(row) for row in rows[relation]
        ]
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def draft_of(page: Page, rows: Rows | None = None) -> Draft:
    """What the page, or the form that is being filled in for it, says now."""
    words = [word.text for word in rows_of(page, "other_words", rows) if word.is_shown]
    brands = [brand.name for brand in rows_of(page, "brands", rows)]
    return Draft(
        kind=page.kind,
        language=page.locale.language_code,
        title=page.title,
        passages=tuple(passages_and_images(page)),
        other_words=(*words, *brands, getattr(page, "generic_name", "")),
        copied=words_of_others(page),
        sources=len(rows_of(page, "references", rows)),
        needs_care_card=getattr(page, "scope", "") in CAREFUL,
        is_about_medicines=page.kind == Kind.MEDICINE
        or bool(rows_of(page, "medicine_rows", rows)),
    )


def words_of_others(page: Page) -> tuple[str, ...]:
    """What was found in imported files and may not stay as it is; one statement.

    A page that was never saved came from none.
    """
    if page.pk is None or not hasattr(page, "provenance"):
        return ()
    rows = page.provenance.filter(rights=SourceRights.UNKNOWN).exclude(words="")
    return tuple(rows.values_list("words", flat=True))


class CheckedPage(GatedPage):
    """A page that is handed over only when the checks of its writing let it pass."""

    #: What editors call a field or rows, where that is not the name of the field.
    headings: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def missing(self, rows: Rows | None = None) -> Iterator[Finding]:
        """What is not filled in yet and has to be, before approval can be asked for.

        `rows` are those of a form that is being filled in, by relation; without it
        the page's own count.
        """
        yield from ()

    def lacks(self, field: str, to_do: str, what: str = "") -> Finding:
        """That a field, or a relation's rows, is empty and may not be."""
        usual = str(getattr(self._meta.get_field(field), "verbose_name", field))
        label = self.headings.get(field, usual.capitalize())
        return Finding(
            "missing",
            Severity.BLOCKING,
            field,
            label,
            what or "This is still empty.",
            to_do,
        )

    def blocking_findings(self, rows: Rows | None = None) -> list[Finding]:
        """What has to be put right before the page can be handed over."""
        found = [*self.missing(rows), *check(draft_of(self, rows))]
        return [finding for finding in found if finding.is_blocking]

    def unmet_needs(self, rows: Rows | None = None) -> dict[str, list[str]]:
        """What has to be put right: field name to sentences."""
        needs: dict[str, list[str]] = {}
        for finding in self.blocking_findings(rows):
            needs.setdefault(finding.field, []).append(finding.sentence)
        return needs
