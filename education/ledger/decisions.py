"""Holds the ledger against what was noted elsewhere when decisions were taken.

A sign-off that was put in, or cut off the end of the ledger with a fitting hash, shows
only here: the workflow, the withdrawals and the audit log know of each decision too.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page, PageLogEntry, TaskState

from education.models import ClinicalApprovalTask, SignOff, Withdrawal
from education.models.gate import WENT_LIVE
from education.problems import Problem
from education.vocabulary import Decision

#: How the workflow calls what the ledger calls a decision.
OUTCOMES = {
    Decision.APPROVED: TaskState.STATUS_APPROVED,
    Decision.SENT_BACK: TaskState.STATUS_REJECTED,
}

LOOK = "Compare with a backup, and find out who could write to the database."


def unmatched_decisions() -> Iterator[Problem]:
    """What one record knows and another does not; a statement for each pair."""
    for decision, outcome in OUTCOMES.items():
        yield from _decided_but_not_signed(decision, outcome)
        yield from _signed_but_not_decided(decision, outcome)
    yield from _withdrawn_by_nobody()
    yield from _published_without_approval()
    yield from _vanished()


def _decided(outcome: str) -> QuerySet[TaskState]:
    task = ContentType.objects.get_for_model(ClinicalApprovalTask)
    return TaskState.objects.filter(status=outcome, task__content_type=task)


def _decided_but_not_signed(decision: Decision, outcome: str) -> Iterator[Problem]:
    signed = SignOff.objects.filter(
        decision=decision,
        revision=OuterRef("revision"),
        reviewer=OuterRef("finished_by"),
    )
    states = _decided(outcome).filter(~Exists(signed)).order_by("pk")
    rows = states.values_list("pk", "revision__object_id", "revision", "finished_by")
    for pk, page, revision, person in rows.iterator():
        yield Problem(
            f"page {page}",
            f'Version {revision} was decided on ("{decision.label}", by user {person}, '
            f"step {pk}), but the ledger does not hold it: its end was cut off, or a "
            "row was removed.",
            LOOK,
        )


def _signed_but_not_decided(decision: Decision, outcome: str) -> Iterator[Problem]:
    decided = _decided(outcome).filter(
        revision=OuterRef("revision"), finished_by=OuterRef("reviewer")
    )
    rows = SignOff.objects.filter(~Exists(decided), decision=decision).order_by("pk")
    for pk, page, revision in rows.values_list("pk", "page_id", "revision").iterator():
        yield Problem(
            f"sign-off {pk} (page {page})",
            f'It says "{decision.label}" of version {revision}, but nobody took that '
            "decision in the CMS: the row was put in.",
            LOOK,
        )


def _withdrawn_by_nobody() -> Iterator[Problem]:
    noted = Withdrawal.objects.filter(sign_off=OuterRef("pk"))
    rows = SignOff.objects.filter(~Exists(noted), decision=Decision.WITHDRAWN)
    for pk, page in rows.order_by("pk").values_list("pk", "page_id").iterator():
        yield Problem(
            f"sign-off {pk} (page {page})",
            "It says that the page was taken off the site, but no withdrawal is noted.",
            LOOK,
        )
    signed = SignOff.objects.filter(
        decision=Decision.WITHDRAWN, pk=OuterRef("sign_off"), page=OuterRef("page")
    )
    gone = Withdrawal.objects.filter(~Exists(signed)).order_by("pk")
    for page in gone.values_list("page_id", flat=True).iterator():
        yield Problem(
            f"page {page}",
            "It was taken off the site, but the ledger does not say by whom.",
            LOOK,
        )


def _publications() -> QuerySet[PageLogEntry]:
    return PageLogEntry.objects.filter(action__in=WENT_LIVE, revision__isnull=False)


def _published_without_approval() -> Iterator[Problem]:
    signed = SignOff.objects.approvals().filter(
        revision=OuterRef("revision"), completes=True
    )
    here = Page.objects.filter(pk=OuterRef("page"))
    entries = _publications().filter(Exists(here), ~Exists(signed)).order_by("pk")
    for page, revision in entries.values_list("page_id", "revision_id").iterator():
        yield Problem(
            f"page {page}",
            f"Version {revision} went live, but the ledger holds no approval that was "
            "enough for it.",
            LOOK,
        )


def _vanished() -> Iterator[Problem]:
    here = Page.objects.filter(pk=OuterRef("page"))
    deleted = PageLogEntry.objects.filter(
        page=OuterRef("page"), action="wagtail.delete"
    )
    gone = _publications().filter(~Exists(here), ~Exists(deleted))
    for page in gone.order_by("page").values_list("page_id", flat=True).distinct():
        yield Problem(
            f"page {page}",
            "It was published, but is not in the database any more, and nobody "
            "deleted it.",
            LOOK,
        )
