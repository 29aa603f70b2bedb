"""Which of the pages that wait for a decision somebody had a hand in."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision, TaskState


def not_ones_own(
    states: models.QuerySet[TaskState], user: User
) -> models.QuerySet[TaskState]:
    """Those whose text this user did not write, hand over or approve already."""
    # A review without changes has no author: there it counts who ever wrote.
    unauthored = models.Q(revision__user__isnull=True)
    mine = unauthored & models.Exists(_written_by(user))
    mine |= ~unauthored & models.Exists(_since_live(_written_by(user)))
    mine |= ~unauthored & models.Q(workflow_state__requested_by=user)
    return states.exclude(mine | models.Q(revision__sign_offs__reviewer=user))


def _written_by(user: User) -> models.QuerySet[Revision]:
    """This user's versions of the page that a task state is about."""
    return Revision.objects.filter(
        user=user,
        base_content_type=models.OuterRef("revision__base_content_type"),
        object_id=models.OuterRef("revision__object_id"),
    )


def _since_live(revisions: models.QuerySet[Revision]) -> models.QuerySet[Revision]:
    """Only those that are newer than what the public reads, if it reads anything."""
    page_id = Cast(models.OuterRef("object_id"), models.BigIntegerField())
    live = Page.objects.filter(pk=page_id).values("live_revision_id")
    return revisions.filter(pk__gt=Coalesce(models.Subquery(live[:1]), 0))
