"""Where vocabulary managers keep the tags, and what they cannot delete."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.snippets.views.snippets import SnippetViewSet

from education.models import Tag


class TagViewSet(SnippetViewSet):
    """Where vocabulary managers keep the tags."""

    model = Tag
    icon = "tag"
    menu_label = "Tags"
    menu_name = "tags"
    add_to_admin_menu = True
    menu_order = 250
    list_display = ["name", "group", "description"]
    list_filter = ["group"]
    search_fields = ["name", "description"]
    ordering = ["name"]


def keep_tags_that_pages_carry(
    request: HttpRequest, tags: list[Model]
) -> HttpResponse | None:
    in_use = [tag for tag in tags if isinstance(tag, Tag) and tag.is_needed]
    if not in_use:
        return None
    names = ", ".join(tag.name for tag in in_use)
    messages.error(
        request,
        f"Pages carry {names}, or addresses lead there, so it cannot be deleted. Merge "
        "it into another tag instead.",
    )
    return redirect("wagtailsnippets_education_tag:list")
