"""The desk: what waits for the user who is signed in, in words.

However much waits, it has at most twenty rows and costs a fixed number of statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from wagtail.models import Page, TaskState

from education.models import ReviewSchedule
from education.models.differences import Content, differences
from education.moderation import waiting

#: Rows of the panel of what waits, and of each of the three others: 20 in all.
MOST_WAITING = 8
MOST_OTHERS = 4

#: The heading of each part of the desk, and what it says while it is empty.
HEADINGS = {
    "waiting": (
        "Waiting for your approval",
        "Nothing waits for you. What a colleague hands over stands here, the oldest "
        "first.",
    ),
    "sent_back": ("Sent back to you", "No reviewer has sent a page back to you."),
    "drafts": (
        "Your drafts",
        "You have no unfinished page. What you write stands here until you hand it "
        "over for approval.",
    ),
    "due": (
        "Reviews due and overdue",
        "No review is due today.",
    ),
}

#: Where the whole of each list stands.
LISTS = {
    "waiting": "moderation:waiting",
    "sent_back": "moderation:sent_back",
    "drafts": "moderation:drafts",
    "due": "reviews:report",
}

NEW = "New page"
UNCHANGED = "Periodic review: no change"

#: A comment is cut to this many characters; the editor shows all of it.
MOST_OF_COMMENT = 240


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Row:
    """A page on the desk: what it is about, whose it is and since when."""

    title: str
    url: str
    about: str
    whose: str = ""
    quote: str = ""
    mark: str = ""
    is_late: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A part of the desk, with a link to the list that holds all of it."""

    name: str
    heading: str
    nothing: str
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    list_url: str = ""

    @property
    def has_more(self) -> bool:
        """Whether to lead on; the report of reviews also says what is due soon."""
        return bool(self.rows) or self.name == "due"

    @property
    def list_label(self) -> str:
        if self.name == "due":
            return "All reviews, and what is due soon"
        return (
            f"See all {self.total}" if self.total > len(self.rows) else "See the list"
        )


def waiting_rows(states: Iterable[TaskState]) -> list[Row]:
    return [_waiting_row(state) for state in states]


def _waiting_row(state: TaskState) -> Row:
    revision = state.revision
    page_id = int(revision.object_id)
    author = revision.user or state.workflow_state.requested_by
    does = "Written" if revision.user else "Asked for"
    decide = reverse("moderation:decide", args=[state.pk])
    links = [Link("Read and decide", decide)]
    about = what_changed(revision.content, state.live_content)
    if state.live_content and about != UNCHANGED:
        links.append(_comparison(page_id, state.revision_id))
    return Row(
        title=revision.object_str,
        url=decide,
        about=f"Second approval. {about}" if state.is_second else about,
        whose=f"{does} by {named(author)}, waiting since {_day(state.started_at)}",
        mark="Assigned to you" if state.is_assigned else "",
        links=tuple(links),
    )


def sent_back_rows(pages: Iterable[Page]) -> list[Row]:
    return [
        Row(
            title=page.draft_title or page.title,
            url=_editor(page.pk),
            about=_of_page(page),
            whose=f"{page.sent_back_by} sent it back",
            quote=Truncator(page.comment or "").chars(MOST_OF_COMMENT),
            links=(Link("Open and change", _editor(page.pk)),),
        )
        for page in pages
    ]


def draft_rows(pages: Iterable[Page]) -> list[Row]:
    rows = []
    for page in pages:
        links = [Link("Go on writing", _editor(page.pk))]
        if page.live_revision_id:
            links.append(_comparison(page.pk, page.latest_revision_id))
        rows.append(
            Row(
                title=page.draft_title or page.title,
                url=_editor(page.pk),
                about=_of_page(page),
                whose=f"Last saved {_day(page.latest_revision_created_at)}",
                links=tuple(links),
            )
        )
    return rows


def due_rows(schedules: Iterable[ReviewSchedule], today: date) -> list[Row]:
    return [
        Row(
            title=schedule.page.title,
            url=_editor(schedule.page_id),
            about=f"Review due since {date_format(schedule.due_on, 'j F Y')}",
            whose=f"Assigned to {named(schedule.assigned_to)}"
            if schedule.assigned_to
            else "Assigned to nobody yet",
            mark="Overdue" if schedule.overdue_on <= today else "",
            is_late=schedule.overdue_on <= today,
            links=(
                Link("Change the page", _editor(schedule.page_id)),
                Link(
                    "Review without changes",
                    reverse("reviews:begin", args=[schedule.page_id]),
                ),
            ),
        )
        for schedule in schedules
    ]


def panels_for(user: User, today: date) -> list[Panel]:
    """The desk of somebody who works on pages; four statements at the most."""
    panels = []
    if tasks := waiting.tasks_of(user):
        oldest = waiting.first_of(waiting.waiting_for(user, tasks), MOST_WAITING)
        states = list(waiting.with_texts(oldest))
        total = states[0].total if states else 0
        panels.append(_panel("waiting", waiting_rows(states), total))
    unfinished = list(waiting.sent_back_and_drafts(user, MOST_OTHERS))
    sent_back = [page for page in unfinished if page.stands]
    total = unfinished[0].all_sent_back if unfinished else 0
    panels.append(_panel("sent_back", sent_back_rows(sent_back), total))
    drafts = [page for page in unfinished if not page.stands]
    total = unfinished[0].all_drafts if unfinished else 0
    panels.append(_panel("drafts", draft_rows(drafts), total))
    due = list(waiting.first_of(waiting.due_for(user, today), MOST_OTHERS))
    total = due[0].total if due else 0
    panels.append(_panel("due", due_rows(due, today), total))
    return panels


def _of_page(page: Page) -> str:
    latest, live = page.latest_revision, page.live_revision
    return what_changed(latest and latest.content, live and live.content)


def what_changed(new: Content | None, live: Content | None) -> str:
    """One line on a version, compared with what the public reads."""
    if new is None:
        return "Not written yet"
    if live is None:
        return NEW
    found = differences(live, new)
    return found.in_short() if found or new.get("change_note") else UNCHANGED


def named(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else "somebody"


def _panel(name: str, rows: list[Row], total: int | None) -> Panel:
    heading, nothing = HEADINGS[name]
    return Panel(name, heading, nothing, rows, total or 0, reverse(LISTS[name]))


def _comparison(page_id: int, revision_id: int) -> Link:
    url = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page_id, "live", revision_id]
    )
    return Link("See what changed", url)


def _editor(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F Y") if moment else "some time ago"
