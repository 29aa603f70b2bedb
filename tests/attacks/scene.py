"""Where every way is tried: the cast, one live question, and what the public reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command, get_commands
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as StockScheduler
from wagtail.models import Page, Revision, TaskState

from education.models import ClinicalPage, Tag, public_address
from tests.attacks.stock import install_stock_workflow, stock_world
from tests.factories import (
    PortalTestCase,
    fresh,
    make_question,
    make_tag,
    make_topic,
    publish,
    question_form,
)

#: Words that no other clinician has approved. The search is asked for the first, and
#: may say it back; nothing public may ever hold the second.
ASKED = "zebrafind"
SECRET = "qxsecretqx"
WORDS = f"{ASKED.capitalize()}: take ten {SECRET} pills."
QUESTION = f"{ASKED.capitalize()} {SECRET}?"

ANSWERED = (200, 301, 302, 410)


class Scene(PortalTestCase):
    """The portal with its gate, a live topic and question of Ana's, and one tag.

    Ben and Chloe review, Lea leads, Vera keeps the tags, Sam administers.
    """

    stock = False

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.tag = make_tag("Legs")
        cls.topic = cls.make_public(make_topic("Muscle cramps", owner=cls.ana))
        page = make_question("What is a cramp?", cls.topic, owner=cls.ana)
        page.tags.set([cls.tag])
        cls.live = cls.make_public(page)

    @classmethod
    def make_public(cls, page: ClinicalPage) -> Any:
        return publish(page, cls.ana, cls.ben, cls.chloe)

    def setUp(self) -> None:
        self.clients: dict[int, Client] = {}
        self.notes = 0
        #: Public addresses that a way made up, besides those of pages and tags.
        self.also_read: list[str] = []

    # What people do

    def window(self, person: User) -> Client:
        """The browser in which this person has signed in and stays signed in."""
        if person.pk not in self.clients:
            client = Client(raise_request_exception=False)
            client.force_login(person)
            self.clients[person.pk] = client
        return self.clients[person.pk]

    def post(self, person: User, url: str, data: Any = None, **extra: Any) -> Any:
        return self.window(person).post(url, data or {}, **extra)

    def note(self) -> str:
        """What the author says is new; every change says something else."""
        self.notes += 1
        return f"Said more clearly, again ({self.notes})."

    def page_url(self, name: str, *args: Any) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=args)

    def edit(self, person: User, page: Page, **form: Any) -> HttpResponse:
        """Send the editor's form for a question, with the words in it."""
        url = self.page_url("edit", page.pk)
        return self.post(person, url, self.form_of(page, **form))

    def form_of(self, page: Page, **changes: Any) -> dict[str, Any]:
        """The editor's form, opened on the newest version, with the words in it."""
        page = fresh(page).get_latest_revision_as_object()
        opened = page.get_latest_revision()
        said = {"short_answer": WORDS, "change_note": self.note()}
        if opened:
            said["loaded_revision_id"] = str(opened.pk)
            said["loaded_revision_created_at"] = opened.created_at.isoformat()
        return question_form(page, **{**said, **changes})

    def press_publish(self, person: User, page: Page, **form: Any) -> HttpResponse:
        return self.edit(person, page, **{"action-publish": "action-publish", **form})

    def write(self, person: User, page: Page, **fields: Any) -> Revision:
        """Save a version with the words in it, as the editor would."""
        page = fresh(page).get_latest_revision_as_object()
        page.change_note = self.note()
        for name, value in {"short_answer": WORDS, **fields}.items():
            setattr(page, name, value)
        return page.save_revision(user=person, log_action=True)

    def hand_over(self, person: User, page: Page) -> TaskState:
        """Ask for approval of the newest version, or ask again."""
        page = fresh(page)
        if page.current_workflow_state:
            page.current_workflow_state.resume(person)
        else:
            page.get_workflow().start(page, person)
        return fresh(page).current_workflow_task_state

    def waiting(self, writer: User, sender: User | None = None) -> TaskState:
        """The live question waits for approval with words that the writer put in."""
        self.write(writer, self.live)
        return self.hand_over(sender or writer, self.live)

    def send_back(self, person: User, state: TaskState) -> None:
        answers = {"comment": "Say it otherwise."}
        if not self.stock:
            answers["revision"] = state.revision_id
        state.task.specific.on_action(state, person, "reject", **answers)

    def approve_everywhere(
        self,
        person: User,
        state: TaskState,
        via: Page | None = None,
        **answers: Any,
    ) -> None:
        """Press "approve" at every door there is: ours, Wagtail's, and in the code."""
        via = via or fresh(self.page_of(state))
        answers = {"revision": state.revision_id, "comment": "", **answers}
        if not self.stock:
            self.post(
                person,
                reverse("moderation:decide", args=[state.pk]),
                {"action": "approve", **answers},
            )
        action = self.page_url("workflow_action", via.pk, "approve", state.pk)
        self.post(person, action, answers)
        self.post(person, action, answers, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        collect = "collect_workflow_action_data"
        self.post(person, self.page_url(collect, via.pk, "approve", state.pk), answers)

    def page_of(self, state: TaskState) -> Page:
        return state.revision.content_object

    def copy(self, person: User, page: Page, **form: Any) -> HttpResponse:
        said = {
            "new_title": QUESTION,
            "new_slug": "copied",
            "new_parent_page": page.get_parent().pk,
            "publish_copies": "on",
            "copy_subpages": "on",
        }
        return self.post(person, self.page_url("copy", page.pk), {**said, **form})

    def act(self, person: User, page: Page, action: str, **data: Any) -> HttpResponse:
        """Use the interface that the editor's own scripts could use."""
        url = f"/cms/api/main/pages/{page.pk}/action/{action}/"
        return self.post(person, url, data)

    # What time does

    def wait(self, **ahead: Any) -> None:
        """Let some days pass, for this test."""
        moment = timezone.now() + timedelta(**ahead)
        self.enterContext(time_machine.travel(moment, tick=True))

    def run_the_scheduler(self) -> None:
        """Wagtail's own command, and ours where the gate is."""
        _unless_refused(call_command, StockScheduler())
        if not self.stock and "run_schedule" in get_commands():
            _unless_refused(call_command, "run_schedule")

    # What the public reads

    def leaks(self) -> Iterator[str]:
        """The public addresses at which the words can be read."""
        visitor = Client(raise_request_exception=False)
        return (address for address in self.addresses() if _tells(visitor.get(address)))

    def addresses(self) -> list[str]:
        pages = Page.objects.filter(depth__gte=3).order_by("-depth", "path")
        read = [
            public_address(path) for path in pages.values_list("url_path", flat=True)
        ]
        read += [f"{address}history/" for address in read if address.count("/") > 2]
        slugs = Tag._base_manager.values_list("slug", flat=True)
        read += [f"/tags/{slug}/" for slug in slugs] + self.also_read
        lists = ["/", "/tags/", "/a-to-z/", f"/search/?q={ASKED}", "/sitemap.xml"]
        return read + lists


class StockScene(Scene):
    """The same cast and the same question, without the gate."""

    stock = True

    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(stock_world())
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        install_stock_workflow()

    @classmethod
    def make_public(cls, page: ClinicalPage) -> Any:
        page.save_revision(user=cls.ana, log_action=True).publish(user=cls.sam)
        return fresh(page)


def _tells(response: HttpResponse) -> bool:
    if response.status_code not in ANSWERED:
        return False
    if response.headers.get("Content-Type", "").startswith("image/"):
        return True  # no page shows pictures: this one is somebody's own
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    said = content.decode(errors="replace") + response.headers.get("Location", "")
    return SECRET in said


def _unless_refused(call: Any, *args: Any, **kwargs: Any) -> None:
    # Our command ends with status 1 where it had to refuse a page.
    with suppress(PermissionDenied, ValidationError, SystemExit):
        call(*args, **kwargs)
