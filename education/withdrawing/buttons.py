"""Where the CMS offers to take a page down, or to merge it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from education.models import FAQPage, GatedPage, Tag
from education.withdrawing.tags import NEEDED


def page_buttons(page: Page, user: User) -> Iterator[Button]:
    """For the header of the editor and the menu of a page in a listing."""
    specific = page.specific_deferred
    if not isinstance(specific, GatedPage):
        return
    if not specific.permissions_for_user(user).can_withdraw():
        return
    yield Button(
        "Take down",
        reverse("withdrawing:withdraw", args=[page.pk]),
        icon_name="cross",
        priority=70,
    )
    if isinstance(specific, FAQPage):
        yield Button(
            "Merge into another question",
            reverse("withdrawing:merge_question", args=[page.pk]),
            icon_name="arrow-right",
            priority=75,
        )


def tag_buttons(tag: Model, user: User) -> Iterator[Button]:
    """For the menu of a tag in the list of tags."""
    if isinstance(tag, Tag) and user.has_perms(NEEDED):
        yield Button(
            "Merge into another tag",
            reverse("withdrawing:merge_tag", args=[tag.pk]),
            icon_name="arrow-right",
            priority=30,
        )
