"""Find by the body: a drawn figure whose areas lead to what is published on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, Tag
from education.reading import read_only
from education.vocabulary import BodyPlace, TagGroup


@dataclass
class Area:
    """A place of the figure, with the tags that stand there.

    Each tag knows its `page_count` and is carried by a published page at least.
    """

    place: BodyPlace
    tags: list[Tag] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the figure leads: to the one tag, or to where one chooses among them.

        Empty where there is nothing yet.
        """
        if len(self.tags) == 1:
            return self.tags[0].address
        return f"#{self.anchor}" if self.tags else ""

    @property
    def anchor(self) -> str:
        return f"area-{self.place.value.replace('_', '-')}"

    @property
    def drawing(self) -> str:
        """The id of its shapes in the drawing."""
        return f"body-{self.place.value}"


@read_only
def body(request: HttpRequest) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    tags = list(
        Tag.objects.filter(group=TagGroup.BODY_AREA).with_page_counts(pages).grouped()
    )
    areas = areas_of(tags)
    context = {
        "areas": areas,
        "listed": [area for area in areas if area.tags],
        "elsewhere": [tag for tag in tags if not tag.body_places],
    }
    return TemplateResponse(request, "education/body.html", context)


def areas_of(tags: Iterable[Tag]) -> list[Area]:
    """Every place of the figure from the head down, also where nothing stands yet."""
    areas = {place.value: Area(place) for place in BodyPlace}
    for tag in tags:
        for place in tag.body_places:
            if place in areas:
                areas[place].tags.append(tag)
    return list(areas.values())
