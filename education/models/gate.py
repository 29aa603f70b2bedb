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
    ABOUT_THE_CHANGE,
    BOOKKEEPING,
    SignOff,
    content_hash,
    same_words,
)
from education.models.keeping import why_kept
from education.models.reviews import ReviewSchedule
from education.models.standing import Standing
from education.models.tags import with_current_tags
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
    way live. Taking a page off the site is a permission of its own, and carried out by
    `education.models.withdrawals` alone.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_withdraw(self) -> bool:
        """Take the page off the site, with a reason that the ledger keeps."""
        page = self.page.specific_deferred
        return page.live and page.can_be_withdrawn and self._may_withdraw()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never what was signed off, and not under the eyes of its reviewers."""
        return (
            super().can_delete(ignore_bulk)
            and not self.page.workflow_in_progress
            and not why_kept(self.page)
        )

    def can_move(self) -> bool:
        return super().can_delete(ignore_bulk=True)

    def can_unschedule(self) -> bool:
        return self._may_withdraw()

    def can_set_view_restrictions(self) -> bool:
        return not self.page_is_root and self._may_withdraw()

    def can_reorder_children(self) -> bool:
        # The public meets the sections in this order, and nobody approves it.
        return self.user.is_active and self.user.is_superuser

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def _may_withdraw(self) -> bool:
        return self.user.is_active and self.user.has_perm("education.withdraw_page")


class GatedPage(models.Model):
    """A page that goes live only through approval by somebody who did not write it."""

    approvals_needed: ClassVar[int] = Approvals.ONE
    can_be_withdrawn: ClassVar[bool] = True
    usual_review_months: ClassVar[int] = 36

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        """What this user may do here; never publish. See `GateTester`."""
        return GateTester(user, self)

    def with_content_json(self, content: dict[str, Any]) -> Page:
        """The page as a revision holds it, with the tags that merged ones became."""
        return super().with_content_json(with_current_tags(content))

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

    def unmet_needs(self) -> dict[str, list[str]]:
        """What has to be put right before approval: field name to sentences."""
        return {}

    def beside_the_text(self) -> list[tuple[str, str]]:
        """What readers meet elsewhere than on the page itself: label and words."""
        return []

    def check_ready_for_approval(self) -> None:
        """Raise ValidationError with every broken rule and every unmet need at once."""
        problems: dict[str, list[Any]] = {}
        try:
            self.full_clean()
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        for field, sentences in self.unmet_needs().items():
            problems.setdefault(field, []).extend(sentences)
        if problems:
            raise ValidationError(problems)

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

    @property
    def is_review_without_changes(self) -> bool:
        """Whether the newest version says exactly what the public reads already."""
        latest, live = self.get_latest_revision(), self.live_revision
        return bool(
            self.live
            and latest
            and live
            and latest.pk != live.pk
            and not any(latest.content.get(name) for name in ABOUT_THE_CHANGE)
            and same_words(latest.content, live.content)
        )

    @property
    def needs_whole_review(self) -> bool:
        """Whether whoever approves has to stand for every sentence on the page.

        Else the approval is of a change, and may leave the review date as it is.
        """
        was_approved = self.live and self.live_revision_id is not None
        return not was_approved or self.is_review_without_changes

    def author_ids(self) -> set[int]:
        """Everybody who wrote what the next approval stands for.

        For a change that is whoever wrote since the words that are live; from revisions
        and from the audit log, because old revisions may be purged and an autosaved
        one is written over. And whoever wrote them earlier, where old words come back.
        """
        if self.needs_whole_review:
            return self.all_author_ids()
        since = self.live_revision
        revisions = Revision.objects.for_instance(self).filter(pk__gt=since.pk)
        entries = self._entries_of_writing().filter(
            models.Q(revision_id__gt=since.pk)
            | models.Q(revision__isnull=True, timestamp__gt=since.created_at)
        )
        return _people(revisions, entries) | self._authors_of_what_came_back(since)

    def all_author_ids(self) -> set[int]:
        """Everybody who ever wrote on the page, whether or not it went live."""
        return _people(Revision.objects.for_instance(self), self._entries_of_writing())

    def _entries_of_writing(self) -> models.QuerySet[PageLogEntry]:
        return PageLogEntry.objects.filter(page=self.pk, action__in=WRITING)

    def _authors_of_what_came_back(self, since: Revision) -> set[int]:
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
            if revision.user_id is not None
            and any(revision.content.get(name) == back[name] for name in back)
        }

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Make this revision live, or schedule it, if enough clinicians approved it.

        Whoever asks for it, code and commands too. Raises NotSignedOff when fewer than
        `approvals_needed` different people who did not write it approved just this.
        """
        approvals = SignOff.objects.approvals_of(revision)
        reviewers = {row.reviewer_id for row in approvals} - self.author_ids()
        if len(reviewers) < self.approvals_needed:
            raise NotSignedOff(
                "This text has not been approved by "
                f"{Approvals(self.approvals_needed).label} who did not write it."
            )
        super().publish(revision, *args, **kwargs)

    def publish_signed_off(
        self, revision: Revision, user: User | None, entry: str = WENT_LIVE[0]
    ) -> None:
        """Publish on the approvals' authority; `entry` is what the page's log says.

        Raises NotSignedOff as `publish` does. Part of the approval's transaction.
        """
        revision.publish(user=user, log_action=entry, skip_permission_checks=True)

    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """A copy is a draft: it stands at another address, and nobody approved that."""
        return super().copy(*args, **{**kwargs, "keep_live": False})

    def standing(self) -> Standing:
        """Who stands for the text that is live, and since when; one statement."""
        return Standing.of(self)

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
    """Note when the page that goes live was reviewed, and when it is due again.

    Called when Wagtail publishes, at once or by its schedule: what was approved but
    is not live yet must not lend its date to the words that are. The approval of a
    change leaves the dates of the last whole review as they are.
    """
    if instance.live_revision_id != revision.pk:
        return None
    approvals = list(SignOff.objects.approvals().filter(revision=revision))
    if not approvals or any(row.next_review_on is None for row in approvals):
        return None
    return ReviewSchedule.begin_anew(instance, approvals[-1])


def _people(*writings: models.QuerySet) -> set[int]:
    found = set()
    for rows in writings:
        found |= set(rows.values_list("user_id", flat=True))
    return found - {None}


def _is_wording(name: str, value: Any) -> bool:
    return (
        name not in BOOKKEEPING
        and isinstance(value, (str, list))
        and len(str(value)) >= SHORTEST_WORDING
    )
