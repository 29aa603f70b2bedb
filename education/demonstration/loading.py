"""Loads the demonstration through the same workflow that every page goes through."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from education.demonstration import accounts
from education.demonstration.building import PAGE_TYPES, build_page, relate
from education.demonstration.documents import (
    Demonstration,
    DocumentProblem,
    PageDocument,
)
from education.models import (
    ClinicalPage,
    DemonstrationItem,
    HomePage,
    NeededPage,
    SectionPage,
    Tag,
)
from education.vocabulary import Kind

MOST_NEEDED = (
    (Kind.TOPIC, "muscle-cramps"),
    (Kind.TOPIC, "back-spasms"),
    (Kind.QUESTION, "blood-clot-or-leg-cramp"),
    (Kind.QUESTION, "when-to-worry-about-muscle-spasms"),
    (Kind.MEDICINE, "ibuprofen"),
    (Kind.MEDICINE, "cyclobenzaprine"),
)


@dataclass
class LoadReport:
    """What a load did. `kept` are pages of the portal's own with a wanted address."""

    made: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load(demonstration: Demonstration, password: str | None = None) -> LoadReport:
    """Make what is missing of the demonstration, and publish it by approval.

    All of it or nothing. What is there already, changed or not, stays as it is. Raises
    DocumentProblem when a page breaks a rule that its authors would have to keep.
    """
    people = {
        account: accounts.make_account(account, password)
        for account in accounts.ACCOUNTS
    }
    report = LoadReport()
    DemonstrationItem.objects.forget_removal()
    _make_tags(demonstration)
    fresh = [
        (_make_draft(document, people[accounts.AUTHOR]), document)
        for document in _missing(demonstration, report)
    ]
    for page, document in fresh:
        try:
            _publish(page, document, people)
        except ValidationError as error:
            raise DocumentProblem(f"{document.slug}: {error.messages}") from error
        report.made.append(document.slug)
    if fresh:
        _fill_home()
    return report


def _missing(demonstration: Demonstration, report: LoadReport) -> list[PageDocument]:
    ours = set(DemonstrationItem.objects.ids(Page))
    missing = []
    for document in demonstration.pages:
        found = PAGE_TYPES[document.kind].objects.filter(slug=document.slug).first()
        if found is None:
            missing.append(document)
        elif found.pk in ours:
            report.present.append(document.slug)
        else:
            report.kept.append(document.slug)
    return missing


def _make_tags(demonstration: Demonstration) -> None:
    for row in demonstration.tags:
        tag, made = Tag.objects.get_or_create(
            slug=row.slug,
            defaults={
                "name": row.label,
                "group": row.group,
                "description": row.description,
                "body_places": row.body_places,
            },
        )
        if made:
            DemonstrationItem.objects.note(tag)


def _make_draft(document: PageDocument, author: User) -> ClinicalPage:
    section = SectionPage.objects.get(kind=document.kind)
    page = build_page(document)
    page.owner = author
    section.add_child(instance=page)
    DemonstrationItem.objects.note(page)
    return page


def _find(kind: Kind, slug: str) -> ClinicalPage:
    page = PAGE_TYPES[kind].objects.filter(slug=slug).first()
    if page is None:
        raise DocumentProblem(f"There is no {kind.label.lower()} named {slug!r}.")
    return page


def _publish(
    page: ClinicalPage, document: PageDocument, people: dict[accounts.Account, User]
) -> None:
    """Hand the page over as its author, and approve it as often as it needs."""
    author = people[accounts.AUTHOR]
    relate(page, document, _find)
    page.full_clean()
    _check_rows(page)
    page.save_revision(user=author, log_action="wagtail.create", clean=False)
    page.get_workflow().start(page, author)
    approvers = (accounts.FIRST_APPROVER, accounts.SECOND_APPROVER)
    for approver in approvers[: page.approvals_needed]:
        state = page.current_workflow_task_state
        state.task.specific.on_action(
            state,
            people[approver],
            "approve",
            revision=state.revision_id,
            comment="Approved for the demonstration; not a clinical review.",
        )
        page = type(page).objects.get(pk=page.pk)


def _check_rows(page: ClinicalPage) -> None:
    for name in ("other_words", "references", "codes", "brands"):
        for row in getattr(page, name).all() if hasattr(page, name) else ():
            row.full_clean(exclude=["page"], validate_constraints=False)
    for name in ("care_cards", "sections", "answer", "too_much_cards"):
        if hasattr(page, name):
            field = page._meta.get_field(name)
            field.stream_block.clean(getattr(page, name))


def _fill_home() -> None:
    home = HomePage.objects.first()
    if home is None or home.needed_rows.exists():
        return
    NeededPage.objects.bulk_create(
        NeededPage(page=home, needed=_find(kind, slug), sort_order=place)
        for place, (kind, slug) in enumerate(MOST_NEEDED)
        if PAGE_TYPES[kind].objects.filter(slug=slug).exists()
    )
