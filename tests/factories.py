"""The cast of the tests, and quick ways to give them pages to work on.

Ana writes. Ben and Chloe review. Lea leads. Vera keeps the tags. Sam administers.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import TestCase
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import TaskState
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from education.installation import (
    AUTHORS,
    CLINICAL_LEADS,
    REVIEWERS,
    VOCABULARY_MANAGERS,
    install,
)
from education.models import (
    ClinicalPage,
    FAQPage,
    MedicationPage,
    QuestionTopic,
    Reference,
    SectionPage,
    Tag,
    TopicPage,
)
from education.vocabulary import Kind, TagGroup

PASSWORD = "correct horse battery staple"

EMERGENCY_CARD = {
    "type": "care_card",
    "value": {
        "level": "emergency",
        "heading": "Call an ambulance now if:",
        "reasons": ["somebody took too much"],
        "action": "<p>Take the package with you.</p>",
    },
}


def make_person(username: str, *groups: str, **fields: Any) -> User:
    user = User.objects.create_user(
        username,
        f"{username}@example.org",
        PASSWORD,
        first_name=username.capitalize(),
        last_name="Example",
        **fields,
    )
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_tag(name: str, group: str = TagGroup.BODY_AREA) -> Tag:
    tag, _ = Tag.objects.get_or_create(name=name, defaults={"group": group})
    return tag


def section(kind: Kind) -> SectionPage:
    return SectionPage.objects.get(kind=kind)


def make_topic(title: str = "Muscle cramps", **fields: Any) -> TopicPage:
    """A draft of a topic that is ready to be handed over."""
    sections = [
        {
            "type": "section",
            "value": {
                "aspect": "overview",
                "heading": "",
                "body": [{"type": "text", "value": "<p>A muscle tightens.</p>"}],
            },
        }
    ]
    page = TopicPage(
        **{"title": title, "summary": f"About {title.lower()}.", "live": False}
        | {"sections": _stream(TopicPage, "sections", sections)}
        | fields
    )
    return _add(page)


def make_question(
    title: str = "What is a cramp?", topic: TopicPage | None = None, **fields: Any
) -> FAQPage:
    """A draft of a question that is ready to be handed over."""
    answer = [{"type": "text", "value": "<p>It is a sudden pain.</p>"}]
    page = FAQPage(
        **{
            "title": title,
            "summary": "A short explanation.",
            "short_answer": "A muscle that tightens by itself.",
            "answer": _stream(FAQPage, "answer", answer),
            "live": False,
        }
        | fields
    )
    page.topic_rows = [QuestionTopic(topic=topic or _any_topic(), sort_order=0)]
    return _add(page)


def make_medicine(title: str = "Ibuprofen", **fields: Any) -> MedicationPage:
    """A draft of a medicine that is ready to be handed over."""
    cards = _stream(MedicationPage, "too_much_cards", [EMERGENCY_CARD])
    page = MedicationPage(
        **{
            "title": title,
            "generic_name": title.lower(),
            "summary": "A pain reliever.",
            "how_to_take": "<p>Follow the label.</p>",
            "too_much": "<p>Too much harms the stomach.</p>",
            "too_much_cards": cards,
            "live": False,
        }
        | fields
    )
    return _add(page)


def _any_topic() -> TopicPage:
    return TopicPage.objects.first() or make_topic()


def _stream(model: type[ClinicalPage], name: str, raw: list[dict]) -> Any:
    return model._meta.get_field(name).to_python(raw)


def _add(page: ClinicalPage) -> Any:
    page.references = [
        Reference(
            title="Muscle cramps",
            publisher="MedlinePlus",
            url="https://medlineplus.gov/musclecramps.html",
            sort_order=0,
        )
    ]
    section(page.page_kind).add_child(instance=page)
    return page


class PortalTestCase(TestCase):
    """A portal as it is installed, with its people. Nothing is published yet."""

    @classmethod
    def setUpTestData(cls) -> None:
        set_the_scene(cls)

    def sign_in(self, person: User) -> None:
        self.client.force_login(person)

    def submit(self, page: ClinicalPage, by: User | None = None) -> TaskState:
        return submit(page, by or self.ana)

    def approve(self, page: ClinicalPage, by: User | None = None) -> None:
        approve(page, by or self.ben)

    def publish(self, page: ClinicalPage) -> Any:
        """Through the whole workflow: Ana wrote it, Ben (and Chloe) approve."""
        return publish(page, self.ana, self.ben, self.chloe)


def set_the_scene(stage: Any) -> None:
    """Install the portal and put the cast on the stage, as attributes."""
    install()
    stage.ana = make_person("ana", AUTHORS)
    stage.ben = make_person("ben", REVIEWERS)
    stage.chloe = make_person("chloe", REVIEWERS)
    stage.lea = make_person("lea", CLINICAL_LEADS)
    stage.vera = make_person("vera", VOCABULARY_MANAGERS)
    stage.sam = make_person("sam", is_staff=True, is_superuser=True)


def submit(page: ClinicalPage, author: User) -> TaskState:
    """Save what the page object holds as this author's words, and hand it over."""
    if page.live and not page.change_note:
        page.change_note = "Said more clearly."
    page.save_revision(user=author, log_action=True)
    page.get_workflow().start(page, author)
    return fresh(page).current_workflow_task_state


def approve(page: ClinicalPage, reviewer: User, **answers: Any) -> None:
    state = fresh(page).current_workflow_task_state
    state.task.specific.on_action(
        state, reviewer, "approve", **{"revision": state.revision_id, **answers}
    )


def publish(page: ClinicalPage, author: User, *reviewers: User) -> Any:
    submit(page, author)
    for reviewer in reviewers[: page.approvals_needed]:
        approve(page, reviewer)
    return fresh(page)


def slip_past_the_gate(page: ClinicalPage, author: User | None = None) -> Any:
    """Make a page live as nothing of the portal would: without any approval."""
    PublishPageRevisionAction(page.save_revision(user=author)).execute()
    return fresh(page)


def fresh(page: ClinicalPage) -> Any:
    """The page as the database has it now."""
    return type(page).objects.get(pk=page.pk)


def count_rows_anew() -> None:
    """Let PostgreSQL look at what was written in bulk, as it does by itself in time.

    Until then it plans for empty tables and compares every row with every other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def question_form(page: FAQPage, **changes: Any) -> dict[str, Any]:
    """What the editor's form for this question sends, with some fields changed."""
    topics = [
        {"topic": row.topic_id, "id": row.pk or ""} for row in page.topic_rows.all()
    ]
    sources = [
        {
            "title": row.title,
            "publisher": row.publisher,
            "url": row.url,
            "published": "",
            "accessed": "",
            "id": row.pk or "",
        }
        for row in page.references.all()
    ]
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "short_answer": page.short_answer,
            "scope": page.scope,
            "care_cards": streamfield([]),
            "answer": streamfield([("text", rich_text("<p>It is a pain.</p>"))]),
            "tags": "",
            "topic_rows": inline_formset(topics, initial=len(topics)),
            "references": inline_formset(sources, initial=len(sources)),
            "medicine_rows": inline_formset([]),
            "related_rows": inline_formset([]),
            "other_words": inline_formset([]),
            "codes": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
    )
