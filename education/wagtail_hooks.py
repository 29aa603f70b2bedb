"""What the portal adds to the CMS. Declarations only."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, WorkflowState
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from education.checks.panel import with_checks
from education.feedback.deciding import DECIDED, DecidingFormatter
from education.feedback.report import FeedbackMenuItem
from education.importer.desk.menu import ImportsMenuItem
from education.importer.flagging.rules_desk import (
    SafetyRuleViewSet,
    SafetyWordsViewSet,
)
from education.look.styleguide import styleguide
from education.models import ClinicalPage, HomePage, SectionPage
from education.models.links import PublishedPageLink
from education.moderation.clinicians import KEPT, ClinicianFormatter, ClinicianViewSet
from education.moderation.editing import TakeBackMenuItem
from education.moderation.menu import DecideMenuItem, HandOverMenuItem
from education.moderation.views import GatedPageViewSet
from education.reviews.menu import (
    AssigningFormatter,
    BeginReviewMenuItem,
    ReviewsMenuItem,
)
from education.search.emergency_desk import (
    APPROVED,
    REFUSED,
    WROTE,
    EmergenciesViewSet,
    EmergencyPhraseViewSet,
)
from education.search.report import SearchesMenuItem
from education.search.words_desk import (
    BestBetViewSet,
    SynonymViewSet,
    starting_with_what_was_asked,
)
from education.withdrawing.buttons import page_buttons, tag_buttons
from education.withdrawing.keeping import (
    DeleteDraftsOnly,
    DeleteDraftsOnlyInBulk,
    ToWithdrawing,
)
from education.withdrawing.tag_desk import TagViewSet, keep_tags_that_pages_carry

register_snippet(TagViewSet)
register_snippet(SynonymViewSet)
register_snippet(BestBetViewSet)
register_snippet(SafetyRuleViewSet)
register_snippet(SafetyWordsViewSet)


@hooks.register("register_admin_urls")
def add_urls() -> list[URLPattern | URLResolver]:
    return [
        path("desk/", include("education.moderation.urls")),
        path("checks/", include("education.checks.urls")),
        path("imports/", include("education.importer.desk.urls")),
        path("reports/reviews/", include("education.reviews.urls")),
        path("reports/searches/", include("education.search.cms_urls")),
        path("reports/feedback/", include("education.feedback.cms_urls")),
        path("styleguide/", styleguide, name="styleguide"),
        path("withdrawing/", include("education.withdrawing.urls")),
    ]


@hooks.register("register_admin_menu_item")
def add_imports_menu_item() -> MenuItem:
    url = reverse("imports:files")
    return ImportsMenuItem(
        "Imports", url, name="imports", icon_name="upload", order=350
    )


@hooks.register("register_reports_menu_item")
def add_reviews_menu_item() -> MenuItem:
    url = reverse("reviews:report")
    return ReviewsMenuItem(
        "Reviews", url, name="reviews", icon_name="calendar-check", order=100
    )


@hooks.register("register_reports_menu_item")
def add_searches_menu_item() -> MenuItem:
    url = reverse("searches:report")
    return SearchesMenuItem(
        "Searches", url, name="searches", icon_name="search", order=110
    )


@hooks.register("register_reports_menu_item")
def add_feedback_menu_item() -> MenuItem:
    url = reverse("feedback:report")
    return FeedbackMenuItem(
        "Feedback", url, name="feedback", icon_name="comment", order=120
    )


@hooks.register("register_log_actions")
def register_decisions_on_feedback(actions: LogActionRegistry) -> None:
    actions.register_action(DECIDED)(DecidingFormatter)


@hooks.register("register_help_menu_item")
def add_styleguide_menu_item() -> MenuItem:
    url = reverse("styleguide")
    return MenuItem("Style page", url, name="styleguide", icon_name="view", order=900)


@hooks.register("register_page_action_menu_item")
def add_begin_review_menu_item() -> ActionMenuItem:
    return BeginReviewMenuItem(order=200)


@hooks.register("register_log_actions")
def register_actions_on_reviews(actions: LogActionRegistry) -> None:
    actions.register_action(
        "education.review", "Begin review", "Began a review without changes"
    )
    actions.register_action("education.assign_review")(AssigningFormatter)


@hooks.register("register_page_header_buttons")
def offer_withdrawing_in_the_header(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    return page_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def offer_withdrawing_in_lists(
    page: Page, user: User, next_url: str | None = None
) -> Iterator[Button]:
    return page_buttons(page, user)


@hooks.register("register_snippet_listing_buttons")
def offer_merging_of_tags(
    snippet: Model, user: User, next_url: str | None = None
) -> Iterator[Button]:
    return tag_buttons(snippet, user)


# After Wagtail's own, in whose place it stands.
hooks.register("register_bulk_action", DeleteDraftsOnlyInBulk, order=10)


@hooks.register("register_admin_viewset")
def use_our_decision_page() -> list[PageViewSet]:
    return [
        GatedPageViewSet(
            model._meta.model_name,
            model=model,
            add_view_class=starting_with_what_was_asked(
                with_checks(GatedPageViewSet.add_view_class)
            ),
            edit_view_class=with_checks(GatedPageViewSet.edit_view_class),
            revisions_revert_view_class=with_checks(
                GatedPageViewSet.revisions_revert_view_class
            ),
            delete_view_class=DeleteDraftsOnly,
            unpublish_view_class=ToWithdrawing,
        )
        for model in (ClinicalPage, HomePage, SectionPage)
    ]


@hooks.register("register_admin_viewset")
def keep_clinicians() -> ModelViewSet:
    return ClinicianViewSet()


@hooks.register("register_log_actions")
def register_keeping_of_clinicians(actions: LogActionRegistry) -> None:
    actions.register_action(KEPT)(ClinicianFormatter)


@hooks.register("register_admin_viewset")
def keep_emergencies() -> list[ViewSet]:
    return [EmergenciesViewSet(), EmergencyPhraseViewSet()]


@hooks.register("register_log_actions")
def register_keeping_of_emergencies(actions: LogActionRegistry) -> None:
    actions.register_action(WROTE, "Write a card", "Wrote new words for the card")
    actions.register_action(APPROVED, "Approve a card", "Approved new words")
    actions.register_action(REFUSED, "Lay words aside", "Laid new words aside")


@hooks.register("register_page_action_menu_item")
def add_decide_menu_item() -> ActionMenuItem:
    return DecideMenuItem(order=10)


@hooks.register("register_page_action_menu_item")
def add_take_back_menu_item() -> ActionMenuItem:
    return TakeBackMenuItem(order=40)


@hooks.register("construct_page_action_menu")
def leave_out_wagtails_ways_to_end_an_approval(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    stock = (CancelWorkflowMenuItem, RestartWorkflowMenuItem)
    items[:] = [item for item in items if not isinstance(item, stock)]
    # The first is the large button: taking a page back is not to happen by habit.
    items.sort(key=lambda item: isinstance(item, TakeBackMenuItem))


@hooks.register("construct_page_action_menu")
def call_it_handing_over(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    items[:] = [
        HandOverMenuItem(order=item.order)
        if isinstance(item, SubmitForModerationMenuItem)
        else item
        for item in items
    ]


# After Wagtail's own, whose handler links to drafts too.
@hooks.register("register_rich_text_features", order=10)
def link_to_published_pages_only(features: FeatureRegistry) -> None:
    features.register_link_type(PublishedPageLink)


@hooks.register("before_edit_page")
def show_why_it_was_sent_back(request: HttpRequest, page: Page) -> None:
    state = page.current_workflow_state
    if request.method != "GET" or state is None:
        return
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        decided = state.current_task_state
        name = (
            decided.finished_by.get_full_name() if decided.finished_by else "Somebody"
        )
        messages.warning(request, f"{name} sent this page back: {decided.comment}")


hooks.register("before_delete_snippet", keep_tags_that_pages_carry)


@hooks.register("before_move_page")
def show_moves_to_those_who_may(request: HttpRequest, page: Page, to: Page) -> None:
    """Wagtail asks only once the move is confirmed, and shows the page before."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


@hooks.register("before_serve_document")
def serve_documents_to_staff_only(
    document: AbstractDocument, request: HttpRequest
) -> HttpResponse | None:
    """No approved page holds documents, so the public has no business with them."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return None
