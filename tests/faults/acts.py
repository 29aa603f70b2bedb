"""What people do in the rounds, each over HTTP with a session of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import TaskState

from education.models import FAQPage
from tests.factories import PASSWORD, fresh, question_form
from tests.faults.portal import Browser, Server

Answer = tuple[int, str]


@dataclass
class Cast:
    """Who takes part, signed in."""

    ana: Browser
    ana_again: Browser
    ben: Browser
    chloe: Browser
    lea: Browser

    @classmethod
    def come_in(cls, server: Server) -> Cast:
        names = ("ana", "ana", "ben", "chloe", "lea")
        return cls(*(Browser(server, name, PASSWORD) for name in names))


def decide(
    who: Browser, action: str, state: TaskState, comment: str = ""
) -> Callable[[], Answer]:
    path = reverse("moderation:decide", args=[state.pk])
    answers = {"action": action, "revision": state.revision_id, "comment": comment}
    return lambda: who.send(path, answers)


def withdraw(who: Browser, page: FAQPage) -> Callable[[], Answer]:
    path = reverse("withdrawing:withdraw", args=[page.pk])
    return lambda: who.send(path, {"reason": "wrong", "note": "The dose is wrong."})


def save(who: Browser, page: FAQPage, **changes: str) -> Callable[[], Answer]:
    """Save what was just opened, with some fields changed."""
    page = fresh(page)
    newest = page.get_latest_revision()
    read = {}
    if newest:
        read = {
            "loaded_revision_id": newest.pk,
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }
    form = question_form(page.get_latest_revision_as_object(), **changes)
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return lambda: who.send(path, form | read)


def together(*acts: Callable[[], Answer]) -> list[Answer]:
    """Carry out all acts in the same moment; their answers in the same order."""
    barrier = Barrier(len(acts), timeout=30)
    answers: list[Answer] = [(0, "")] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        answers[place] = acts[place]()

    threads = [Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def people() -> dict[str, User]:
    return {user.username: user for user in User.objects.all()}
