"""What becomes of a piece of a file: read from the form, and carried out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices

from education.import_vocabulary import ItemDecision, ItemKind
from education.importer.desk.access import named
from education.importer.keeping import (
    ItemRefused,
    accept_as_section,
    accept_medicine,
    accept_question,
    accept_topic,
    merge_into,
    set_aside,
    undo,
)
from education.models import ClinicalPage, ImportedItem, SectionPage, TopicPage
from education.vocabulary import HealthAspect

#: A page and its newest version, as a form names them.
_PAGE_AS_READ = re.compile(r"\A([0-9]{1,18})-([0-9]{0,18})\Z")
#: An answer of a group by its place; "-1" for none of them.
_ANSWER = re.compile(r"\A(?:-1|[0-9]{1,5})\Z")

NOT_YOURS = "You may not change pages there, so nothing was done."


class Action(TextChoices):
    """What the buttons of a piece do."""

    DRAFT = "draft", "Make a draft"
    SECTION = "section", "Make it a section"
    MERGE = "merge", "Merge it"
    SET_ASIDE = "set_aside", "Set it aside"
    LOOK = "look", "Look for pages"


class DecisionForm(forms.Form):
    """What was decided. Which fields are needed depends on the button."""

    action = forms.ChoiceField(
        choices=Action.choices,
        error_messages={
            "required": "Choose what becomes of it.",
            "invalid_choice": "Choose what becomes of it.",
        },
    )
    question = forms.CharField(required=False, max_length=255)
    answer = forms.RegexField(_ANSWER, required=False)
    topic_page = forms.RegexField(_PAGE_AS_READ, required=False)
    aspect = forms.ChoiceField(choices=HealthAspect.choices, required=False)
    into = forms.RegexField(_PAGE_AS_READ, required=False)
    find = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(
        required=False,
        max_length=255,
        error_messages={"max_length": "Say it in at most 255 characters."},
    )

    def __init__(self, *args: Any, item: ImportedItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def clean_answer(self) -> int | None:
        """The place of the answer, None where the form of this kind asks for none."""
        said = self.cleaned_data["answer"]
        if not said:
            return None
        number = int(said)
        if number >= len(self.item.content.get("answers", ())):
            raise forms.ValidationError("Choose one of the answers.")
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        action = said.get("action")
        if action == Action.SET_ASIDE and not said.get("reason"):
            self.add_error("reason", "Say why: a colleague may wonder later.")
        if action == Action.MERGE:
            said["page"], said["read"] = self._page("into", ClinicalPage)
        if action == Action.SECTION:
            said["page"], said["read"] = self._page("topic_page", TopicPage)
            if not said.get("aspect"):
                self.add_error("aspect", "Choose what the section is about.")
        is_question = self.item.kind == ItemKind.QUESTION
        if action == Action.DRAFT and is_question and not said.get("question"):
            self.add_error("question", "Write the question as people would ask it.")
        return said

    def _page(self, field: str, model: type[ClinicalPage]) -> tuple[Any, int | None]:
        named = _PAGE_AS_READ.fullmatch(self.cleaned_data.get(field) or "")
        pages = model.objects.filter(locale=self.item.file.locale_id)
        page = pages.filter(id=int(named[1])).first() if named else None
        if page is None and not self.has_error(field):
            self.add_error(field, "Choose one of the pages.")
        return page, int(named[2]) if named and named[2] else None


class DecidedMeanwhile(ItemRefused):
    """Somebody was quicker; `item` is as it is now."""

    def __init__(self, item: ImportedItem, user: User) -> None:
        decision = ItemDecision(item.decision)
        if decision == ItemDecision.OPEN:
            sentence = "Somebody took the decision back meanwhile."
        elif item.decided_by_id == user.pk:
            sentence = f"You decided on this already: {decision.label}."
        else:
            who = named(item.decided_by)
            sentence = f"{who} decided on this meanwhile: {decision.label}."
        super().__init__(f"{sentence} Nothing was changed.", item.page)


def seen(item: ImportedItem) -> str:
    """What a form says to name the decision that its reader saw."""
    at = item.decided_at.isoformat() if item.decided_at else ""
    return f"{item.decision} {at}".strip()


@transaction.atomic
def decide(
    item: ImportedItem, said: dict[str, Any], saw: str, by: User, now: datetime
) -> None:
    """Carry out what the form said. Raises ItemRefused, and has then done nothing."""
    item = _held(item, saw, by)
    action = said["action"]
    if action == Action.SET_ASIDE:
        set_aside(item, said["reason"], by, now)
    elif action == Action.DRAFT:
        _ask_whether_one_may_add(item, by)
        _draft(item, said, by, now)
    else:
        page, answer, read = said["page"], said["answer"], said["read"]
        if not page.permissions_for_user(by).can_edit():
            raise ItemRefused(NOT_YOURS)
        if action == Action.SECTION:
            accept_as_section(item, page, said["aspect"], by, now, answer, read)
        else:
            merge_into(item, page, by, now, answer, read)


@transaction.atomic
def take_back(item: ImportedItem, saw: str, by: User, now: datetime) -> None:
    """Open the piece again. Raises ItemRefused, and has then done nothing."""
    undo(_held(item, saw, by), by, now)


def _draft(
    item: ImportedItem, said: dict[str, Any], by: User, now: datetime
) -> ClinicalPage:
    if item.kind == ItemKind.TOPIC:
        return accept_topic(item, by, now)
    if item.kind == ItemKind.MEDICINE:
        return accept_medicine(item, by, now)
    return accept_question(item, by, now, said["question"], said["answer"])


def _held(item: ImportedItem, saw: str, by: User) -> ImportedItem:
    """The piece with its row locked, if it is still as it was seen."""
    ImportedItem.objects.select_for_update().filter(pk=item.pk).first()
    pieces = ImportedItem.objects.select_related("file__locale", "decided_by", "page")
    now_there = pieces.filter(pk=item.pk).first()
    if now_there is None:
        raise ItemRefused("This piece is not there any more. Nothing was changed.")
    if seen(now_there) != saw:
        raise DecidedMeanwhile(now_there, by)
    return now_there


def _ask_whether_one_may_add(item: ImportedItem, by: User) -> None:
    locale = item.file.locale_id
    section = SectionPage.objects.filter(kind=item.kind, locale=locale).first()
    # Where there is none, whoever makes the draft says so.
    if section and not section.permissions_for_user(by).can_add_subpage():
        raise ItemRefused(NOT_YOURS)
