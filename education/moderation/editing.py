"""Editing so that nobody's words are lost and nobody's decision is overtaken."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import (
    RevisionsRevertView,
    RevisionsUnscheduleView,
)
from wagtail.models import Page, Revision

from education.models.differences import Differences, named_differences
from education.models.holding import BUSY, PageIsBusy, hold
from education.models.taking_back import (
    TakingBackRefused,
    take_back,
    why_not_take_back,
)

NO_NEW_START = (
    "An approval is not started anew: hand the page over again, or take it back first."
)
NOT_SAVED = "Your changes are not saved."

#: Of digits; what is longer names no version.
LONGEST_KEY = 18


class HoldsThePage:
    """For views that change a page: from its first look on, nobody else changes it."""

    is_busy = False

    def setup(
        self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any
    ) -> None:
        if request.method == "POST":
            try:
                hold(page_id)
            except PageIsBusy:
                self.is_busy = True
        super().setup(request, page_id, *args, **kwargs)


class SafeEditing(HoldsThePage):
    """Refuses to undo somebody's newer version, and to change what reviewers read.

    Every refusal is a sentence, and all that was typed is still in the form.
    """

    undoes_theirs = False

    def get_object(self) -> Page:
        page = super().get_object()
        if page.expire_at and page.expire_at <= timezone.now():
            # Its day has passed; it would stand in the way of every other change.
            page.expire_at = None
        return page

    @cached_property
    def revision_read(self) -> Revision | None:
        """The version that the form was opened with; None where it does not say."""
        sent = self.request.POST
        named = sent.get("overwrite_revision_id") or sent.get("loaded_revision_id", "")
        if not named.isdecimal() or len(named) > LONGEST_KEY:
            return None
        return self.real_page_record.revisions.filter(pk=int(named)).first()

    @cached_property
    def theirs(self) -> Revision | None:
        """Somebody else's version that saving would undo before it was read."""
        latest, read = self.latest_revision, self.revision_read
        if latest is None:
            return None
        newer = self.real_page_record.revisions.exclude(user=self.request.user)
        if read is None or self.was_written_over:
            newer = newer.filter(pk=latest.pk)
        else:
            newer = newer.filter(pk__gt=read.pk)
        newest = newer.order_by("pk").last()
        ticked = newest and self.request.POST.get("read_theirs") == mark(newest)
        return None if ticked else newest

    @cached_property
    def was_written_over(self) -> bool:
        """Whether what was read is the newest still, but autosave changed it since."""
        return self.revision_read == self.latest_revision and (
            self.request.POST.get("loaded_revision_created_at", "")
            != self.latest_revision_created_at
        )

    @cached_property
    def is_out_of_date(self) -> bool:
        return self.theirs is not None or super().is_out_of_date

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.page.alias_of_id:
            return super().post(request, *args, **kwargs)
        if request.POST.get("action-cancel-workflow"):
            return self.take_back()
        if reason := self.why_not_save():
            return self.refuse(format_html("{} {}", NOT_SAVED, reason))
        if self.theirs and not self.expects_json_response:
            self.undoes_theirs = True
            return self.refuse(f"{NOT_SAVED} Somebody else saved a newer version.")
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            self.page = self.get_object()
            return self.refuse(f"{NOT_SAVED} {' '.join(error.messages)}")

    def why_not_save(self) -> str:
        """Why nothing can be saved now, whatever was typed; empty when it can."""
        if self.is_busy:
            return BUSY
        if self.request.POST.get("action-restart-workflow"):
            return NO_NEW_START
        if self.locked_for_user:
            return self.lock.get_message(self.request.user)
        return ""

    def refuse(self, sentence: str) -> HttpResponse:
        """Say why, with what was typed still in the form."""
        if self.expects_json_response:
            return self.json_error_response("refused", sentence)
        messages.error(self.request, sentence)
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.form.defer_required_fields()
        self.form.is_valid()
        self.form.restore_required_fields()
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data(), status=409)

    def take_back(self) -> HttpResponse:
        """Take the page back from approval; nothing that the form holds is saved."""
        try:
            take_back(self.page, self.request.user)
        except (TakingBackRefused, PageIsBusy) as refusal:
            return self.refuse(str(refusal))
        messages.success(
            self.request,
            f'You took "{self.page.get_admin_display_title()}" back from approval. It '
            "can be edited again. Hand it over when it is ready.",
        )
        return self.redirect_and_remain()

    def get_template_names(self) -> list[str]:
        if self.undoes_theirs:
            return ["education/admin/newer_version.html"]
        return super().get_template_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.undoes_theirs:
            return super().get_context_data(**kwargs)
        read = self.revision_read
        # The form goes on naming what was read: sent again as it is, it is refused.
        self.page.latest_revision_id = read and read.pk
        self.latest_revision_created_at = (
            read.created_at.isoformat() if read and not self.was_written_over else ""
        )
        self.autosave_enabled = False
        context = super().get_context_data(**kwargs)
        return context | newer_version(self.page, read, self.theirs)


def mark(revision: Revision) -> str:
    """What a form says to name this version, as it is now: autosave changes it."""
    return f"{revision.pk} {revision.created_at.isoformat()}"


def newer_version(
    page: Page, read: Revision | None, theirs: Revision
) -> dict[str, Any]:
    """What somebody is shown of the version that saving would undo."""
    before = read if read != theirs else None
    if before is None:
        before = page.revisions.filter(pk__lt=theirs.pk).order_by("pk").last()
    oldest = "live" if page.live else "earliest"
    return {
        "theirs": theirs,
        "newest_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "theirs_mark": mark(theirs),
        "they": theirs.user.get_full_name() or theirs.user.get_username()
        if theirs.user
        else "Somebody",
        "differences": named_differences(before.content, theirs.content)
        if before
        else Differences(),
        "compare_url": reverse(
            "wagtailadmin_pages:revisions_compare",
            args=[page.pk, before.pk if before else oldest, theirs.pk],
        ),
    }


class SafeEditView(SafeEditing, EditView):
    pass


class SafeRevertView(SafeEditing, RevisionsRevertView):
    pass


class SafeUnscheduleView(HoldsThePage, RevisionsUnscheduleView):
    """Takes a page from the schedule, unless its time came first."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        gone = self.revision.approved_go_live_at is None
        if self.is_busy or gone:
            messages.error(
                request,
                BUSY
                if self.is_busy
                else "This version is not on the schedule any more: it went live, or "
                "somebody else took it off.",
            )
            return redirect(self.get_next_url())
        return super().post(request, *args, **kwargs)


class TakeBackMenuItem(ActionMenuItem):
    """In the editor's footer of a waiting page, for those whose right it is."""

    name = "action-cancel-workflow"
    label = "Take back from approval"
    icon_name = "undo"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and page is not None
            and page.workflow_in_progress
            and not why_not_take_back(page, context["request"].user)
        )
