"""Nothing goes live unapproved: what every page type of the portal inherits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from wagtail.locks import BaseLock
from wagtail.models import Page, PageLogEntry, PagePermissionTester, Revision

from education.models.approval import (
    BOOKKEEPING,
    ReviewSchedule,
    SignOff,
    content_hash,
)
from education.vocabulary import Approvals

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Log entries that say "these words are what the public reads now".
WENT_LIVE = ("wagtail.publish", "wagtail.publish.scheduled")

#: Shorter values, such as a choice, are too common to say who wrote them.
SHORTEST_WORDING = 12

#: Log entries that say "this person put words on the page".
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy")


class NotSignedOff(PermissionDenied):
    """Publication was asked for a revision that too few clinicians approved."""


class GateTester(PagePermissionTester):
    """Wagtail's page permissions, without the ways round approval.

    Holds for everybody, superusers included: the workflow's finish action is the only
    way live. Taking a page off the site is a permission of its own.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return self.page.live and not self.page_is_root and self._may_withdraw()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never what was signed off, and not under the eyes of its reviewers."""
        return (
            super().can_delete(ignore_bulk)
            and not self.page.workflow_in_progress
            and not SignOff.objects.filter(
                page__path__startswith=self.page.path
            ).exists()
        )

    def can_move(self) -> bool:
        return super().can_delete(ignore_bulk=True)

    def can_unschedule(self) -> bool:
        return self._may_withdraw()

    def can_set_view_restrictions(self) -> bool:
        return not self.page_is_root and self._may_withdraw()

    def can_reorder_children(self) -> bool:
        return self.user.is_active and (
            self.user.is_superuser or "change" in self.permissions
        )

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def _may_withdraw(self) -> bool:
        return self.user.is_active and self.user.has_perm("education.withdraw_page")


class GatedPage(models.Model):
    """A page that goes live only through approval by somebody who did not write it."""

    approvals_needed: ClassVar[int] = Approvals.ONE
    usual_review_months: ClassVar[int] = 36

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        """What this user may do here; never publish. See `GateTester`."""
        return GateTester(user, self)

    def save_revision(
        self,
        *args: Any,
        overwrite_revision: Revision | None = None,
        **kwargs: Any,
    ) -> Revision:
        """Save a revision; one that reviewers were shown is never written over.

        The editor's autosave would else change the words under an approval.
        """
        if overwrite_revision and overwrite_revision.task_states.exists():
            overwrite_revision = None
        return super().save_revision(
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def unmet_needs(self) -> dict[str, str]:
        """What is missing before approval can be asked for: field name to sentence."""
        return {}

    def beside_the_text(self) -> list[tuple[str, str]]:
        """What readers meet elsewhere than on the page itself: label and words."""
        return []

    def check_ready_for_approval(self) -> None:
        """Raise ValidationError when a rule is broken, or with every unmet need."""
        self.full_clean()
        if needs := self.unmet_needs():
            raise ValidationError(needs)

    def review_months(self, content: Mapping[str, Any]) -> int:
        """After how many months this content, of a revision, has to be reviewed."""
        return content.get("review_interval_months") or self.usual_review_months

    def get_lock(self) -> BaseLock | None:
        """While the page waits, the approval's lock: a person's lock would let that
        person edit what reviewers are reading.
        """
        if not self.approved_schedule and (task := self.current_workflow_task):
            return task.lock_class(self, task)
        return super().get_lock()

    def author_ids(self) -> set[int]:
        """Everybody who wrote words that the newest version would newly make live.

        That is whoever wrote since the words that are, or were, live; from revisions
        and from the audit log, because old revisions may be purged and an autosaved
        one is written over. And whoever wrote them earlier, where old words come back.
        """
        since = self._last_live_revision()
        revisions = Revision.objects.for_instance(self)
        entries = PageLogEntry.objects.filter(page=self.pk, action__in=WRITING)
        found: set[int | None] = set()
        if since is not None:
            found |= self._authors_of_what_came_back(since)
            revisions = revisions.filter(pk__gt=since.pk)
            entries = entries.filter(
                models.Q(revision_id__gt=since.pk)
                | models.Q(revision__isnull=True, timestamp__gt=since.created_at)
            )
        found |= set(revisions.values_list("user_id", flat=True))
        found |= set(entries.values_list("user_id", flat=True))
        return {author for author in found if author is not None}

    def _authors_of_what_came_back(self, since: Revision) -> set[int | None]:
        latest = self.get_latest_revision().content
        back = {
            name: value
            for name, value in latest.items()
            if _is_wording(name, value) and value != since.content.get(name)
        }
        if not back:
            return set()
        older = Revision.objects.for_instance(self).filter(pk__lt=since.pk)
        return {
            revision.user_id
            for revision in older.only("user_id", "content")
            if any(revision.content.get(name) == back[name] for name in back)
        }

    def _last_live_revision(self) -> Revision | None:
        """The revision that is live, else the last one that was; None if none was."""
        if self.live_revision_id:
            return self.live_revision
        entries = PageLogEntry.objects.filter(
            page=self.pk, action__in=WENT_LIVE, revision__isnull=False
        )
        last = entries.order_by("-timestamp", "-pk").select_related("revision").first()
        return last.revision if last else None

    def publish_signed_off(self, revision: Revision, user: User | None) -> None:
        """Make this revision live, or schedule it, if enough clinicians approved it.

        Raises NotSignedOff when fewer than `approvals_needed` different people who did
        not write it approved exactly this text. Part of the approval's transaction.
        """
        approvals = SignOff.objects.approvals_of(revision)
        reviewers = {row.reviewer_id for row in approvals} - self.author_ids()
        if len(reviewers) < self.approvals_needed:
            raise NotSignedOff(
                "This text has not been approved by "
                f"{Approvals(self.approvals_needed).label} who did not write it."
            )
        revision.publish(user=user, skip_permission_checks=True)

    def sign_offs(self) -> list[SignOff]:
        """The approvals of the text that is live, oldest first; one statement."""
        if self.live_revision_id is None:
            return []
        return list(
            SignOff.objects.approvals().filter(
                page=self.pk, revision_id=self.live_revision_id
            )
        )

    def text_hash(self) -> str:
        """The hash of the words that this object holds; see `content_hash`."""
        return content_hash(self.serializable_data())


def gated(page: Page) -> GatedPage:
    """The page as its own type. Raises PermissionDenied where that type has no gate."""
    specific = page.specific
    if not isinstance(specific, GatedPage):
        raise PermissionDenied(f'"{page}" is not a page that can be approved.')
    return specific


def keep_review_schedule(
    instance: Page, revision: Revision, **kwargs: Any
) -> ReviewSchedule | None:
    """Note when a page that goes live was signed off, and when it is due again.

    Called when Wagtail publishes, at once or by its schedule: what was approved but
    is not live yet must not lend its date to the words that are.
    """
    final = SignOff.objects.approvals().filter(revision=revision).last()
    if final is None or instance.live_revision_id != revision.pk:
        return None
    schedule, _ = ReviewSchedule.objects.update_or_create(
        page_id=instance.pk,
        defaults={
            "sign_off": final,
            "last_reviewed_at": final.signed_at,
            "due_on": final.next_review_on,
        },
    )
    return schedule


def _is_wording(name: str, value: Any) -> bool:
    return (
        name not in BOOKKEEPING
        and isinstance(value, (str, list))
        and len(str(value)) >= SHORTEST_WORDING
    )
