"""Beside the page: tags, documents, redirects and names that approved pages show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import override_settings
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, PageViewRestriction

from education.models import Tag
from tests.attacks.scene import QUESTION, SECRET, WORDS, Scene
from tests.attacks.ways import way
from tests.attacks.ways_of_approving import HARMLESS
from tests.factories import fresh, make_question, make_tag


def edit_tag(scene: Scene, who: User, tag: Tag, **changes: Any) -> None:
    form = {
        "name": tag.name,
        "slug": tag.slug,
        "group": tag.group,
        "description": "",
        "labels-TOTAL_FORMS": "0",
        "labels-INITIAL_FORMS": "0",
        "labels-MIN_NUM_FORMS": "0",
        "labels-MAX_NUM_FORMS": "1000",
        **changes,
    }
    url = reverse("wagtailsnippets_education_tag:edit", args=[tag.pk])
    scene.post(who, url, form)


@way("Give the tag of a live page another name", "vera", "sam")
def rename_a_tag(scene: Scene, who: User) -> None:
    edit_tag(scene, who, scene.tag, name=WORDS)


@way("Give the tag of a live page another address", "vera", "sam")
def move_a_tag(scene: Scene, who: User) -> None:
    edit_tag(scene, who, scene.tag, slug=SECRET)


def tag_a_change(scene: Scene, tag: Tag) -> Any:
    """A change to the live question waits for approval; it brings this tag."""
    page = fresh(scene.live).get_latest_revision_as_object()
    page.change_note = "Found by another word."
    page.tags.add(tag)
    page.save_revision(user=scene.ana, log_action=True)
    return scene.hand_over(scene.ana, page)


@way("Rename the tag of a change after the reviewer has read it", "vera", "sam")
def rename_a_tag_that_waits(scene: Scene, who: User) -> None:
    tag = make_tag("Calves")
    state = tag_a_change(scene, tag)
    edit_tag(scene, who, tag, name=WORDS)
    scene.approve_everywhere(scene.ben, state)


@way("Move the tag of a change after the reviewer has read it", "vera", "sam")
def move_a_tag_that_waits(scene: Scene, who: User) -> None:
    tag = make_tag("Calves")
    state = tag_a_change(scene, tag)
    edit_tag(scene, who, tag, slug=SECRET)
    scene.approve_everywhere(scene.ben, state)


def upload(scene: Scene, who: User, url: str, file: ContentFile) -> None:
    """Give the CMS a file, kept on a disk as on a server."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    scene.enterContext(
        override_settings(STORAGES={**settings.STORAGES, "default": on_disk})
    )
    form = {"title": "Doses", "file": file, "collection": "1", "tags": ""}
    scene.post(who, url, form)


@way("Publish a document with one's words", "lea", "sam")
def publish_a_document(scene: Scene, who: User) -> None:
    file = ContentFile(WORDS.encode(), "doses.pdf")
    upload(scene, who, reverse("wagtaildocs:add"), file)
    scene.also_read += [document.url for document in Document.objects.all()]


@way("Publish a picture of one's words", "lea", "sam")
def publish_a_picture(scene: Scene, who: User) -> None:
    file = ContentFile(get_test_image_file().file.getvalue(), "doses.png")
    upload(scene, who, reverse("wagtailimages:add"), file)
    for image in Image.objects.all():
        small = image.get_rendition("max-165x165")
        scene.also_read += [image.file.url, small.url]


@way("Let an old address lead the public to words elsewhere", "lea", "sam")
def redirect_elsewhere(scene: Scene, who: User) -> None:
    for number, path in enumerate(("/questions/old-one", "/tags/old-one")):
        form = {
            "old_path": path,
            "site": "",
            "is_permanent": "on",
            "redirect_page": "",
            "redirect_link": f"https://elsewhere.example/{SECRET}/{number}",
        }
        scene.post(who, reverse("wagtailredirects:add"), form)
        scene.also_read.append(f"{path}/")


@way(
    "Put one's words into a comment on a live page",
    "ana",
    "ben",
    stock_resists="Wagtail, too, shows comments in the editor only.",
)
def comment(scene: Scene, who: User) -> None:
    Comment.objects.create(
        page=scene.live, user=who, text=WORDS, contentpath="short_answer"
    )


@way(
    "Make a private draft public",
    "lea",
    "sam",
    stock_resists="Wagtail, too, shows only live pages, private or not.",
)
def lift_privacy(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    scene.write(scene.ana, draft)
    PageViewRestriction.objects.create(page=draft, restriction_type="login")
    url = reverse("wagtailadmin_pages:set_privacy", args=[draft.pk])
    scene.post(who, url, {"restriction_type": "none"})


@way(
    "Take another name, for the public to read under what one approves",
    "ben",
    stock_resists="Wagtail shows the public no name of a reviewer.",
)
def take_another_name(scene: Scene, who: User) -> None:
    scene.post(
        who,
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "Zebrafind",
            "name_email-last_name": SECRET,
            "name_email-email": "ben@example.org",
        },
    )
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    scene.approve_everywhere(who, scene.hand_over(scene.ana, scene.live))


@way(
    "Send words in fields that the form does not have",
    "ana",
    "sam",
    stock_resists="A form of Wagtail takes nothing that it does not show.",
)
def send_hidden_fields(scene: Scene, who: User) -> None:
    hidden = {
        "live": "on",
        "live_revision": "1",
        "alias_of": str(scene.live.pk),
        "seo_title": WORDS,
        "url_path": f"/portal/questions/{SECRET}/",
        "latest_revision": "1",
        "first_published_at": "2020-01-01 00:00",
    }
    scene.edit(who, scene.live, **hidden)
