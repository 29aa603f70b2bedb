"""What the report and its spreadsheets say of each answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from education.models import Feedback
from education.vocabulary import FeedbackState, Kind

#: So many rows of a spreadsheet are read at a time.
BATCH = 500


@dataclass(frozen=True)
class AnswerRow:
    """One answer, as the report shows it."""

    key: int
    page_id: int
    title: str
    kind: str
    version: str
    answer: str
    words: str
    given_on: date
    state: FeedbackState
    decided_by: str
    decided_on: date | None
    may_decide: bool = False

    @property
    def state_label(self) -> str:
        return str(self.state.label) if self.words else ""

    @property
    def is_unread(self) -> bool:
        return self.state == FeedbackState.UNREAD

    @property
    def about(self) -> str:
        """What a button of this row is about, for those who only hear it."""
        words = Truncator(self.words).chars(40)
        return f"what a reader wrote on “{self.title}”: {words}"

    @property
    def page_url(self) -> str:
        return reverse("feedback:page", args=[self.page_id])

    @property
    def decide_url(self) -> str:
        return reverse("feedback:decide", args=[self.key])


@dataclass(frozen=True)
class JustDecided:
    """What was decided on a moment ago, as its address says it; it can be undone."""

    key: int
    state: FeedbackState
    is_unread: bool = False
    about: str = "what you just decided"

    @property
    def decide_url(self) -> str:
        return reverse("feedback:decide", args=[self.key])

    @classmethod
    def read(cls, key: str, state: str) -> JustDecided | None:
        """None where the address says nothing of the kind."""
        is_key = key.isascii() and key.isdecimal() and len(key) < 18
        if not is_key or state not in FeedbackState.values:
            return None
        found = cls(int(key), FeedbackState(state))
        return None if found.state == FeedbackState.UNREAD else found


def as_listed(answers: QuerySet) -> QuerySet:
    """With what a row says of the page and of the version, in the same statement."""
    return answers.select_related("decided_by").annotate(
        title=F("page__title"),
        kind=F("page__kind"),
        path=F("page__path"),
        depth=F("page__depth"),
        owner_id=F("page__owner_id"),
        is_live=F("page__live"),
        live_revision=F("page__live_revision_id"),
        version_at=F("revision__created_at"),
    )


def rows_of(answers: Iterable[Feedback], user: User | None = None) -> list[AnswerRow]:
    """A row for each of these of `as_listed`, with what this user may decide on."""
    return [_row(answer, bool(user and may_decide(user, answer))) for answer in answers]


def all_rows_of(answers: QuerySet) -> Iterator[AnswerRow]:
    """The same for spreadsheets, of any number of answers."""
    for answer in answers.iterator(chunk_size=BATCH):
        yield _row(answer, is_open=False)


def may_decide(user: User, answer: Feedback) -> bool:
    """Whether this user may edit the page, and so decide on its feedback.

    The answer is one of `as_listed`.
    """
    page = Page(
        pk=answer.page_id,
        path=answer.path,
        depth=answer.depth,
        owner_id=answer.owner_id,
    )
    # Not asked of the database: a list has many pages, and the rights are at hand.
    return page_permission_policy.user_has_permission_for_instance(user, "change", page)


def _row(answer: Feedback, is_open: bool) -> AnswerRow:
    by, at = answer.decided_by, answer.decided_at
    return AnswerRow(
        key=answer.pk,
        page_id=answer.page_id,
        title=answer.title,
        kind=str(Kind(answer.kind).label),
        version=_version(answer),
        answer="Yes" if answer.is_helpful else "No",
        words=answer.words,
        given_on=answer.given_on,
        state=FeedbackState(answer.state),
        decided_by=(by.get_full_name() or by.get_username()) if by else "",
        decided_on=timezone.localdate(at) if at else None,
        may_decide=is_open and bool(answer.words),
    )


def _version(answer: Feedback) -> str:
    if not answer.is_live:
        return "Page is not on the site"
    if answer.revision_id is None:
        return "Not known"
    if answer.revision_id == answer.live_revision:
        return "Live now"
    written = date_format(timezone.localtime(answer.version_at), "j M Y")
    return f"Earlier, written {written}"
