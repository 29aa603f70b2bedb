"""Copies, aliases, moves, and the interface behind the editor that makes them."""

from __future__ import annotations

from django.contrib.auth.models import User
from wagtail.models import Locale, Page

from education.models import TopicPage
from education.vocabulary import Kind
from tests.attacks.scene import QUESTION, SECRET, WORDS, Scene
from tests.attacks.ways import way
from tests.attacks.ways_of_editing import bulk_publish, unapproved_version
from tests.factories import fresh, make_question, make_topic, section


@way("Copy a live page under a title of one's own, live", "ana", "lea", "sam")
def copy_live(scene: Scene, who: User) -> None:
    scene.copy(who, scene.live)


@way("Copy a page with a change that waits, live, and publish the copy", "sam", "lea")
def copy_a_change(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live)
    scene.copy(who, scene.live, new_title="Is it the same?")
    copied = type(scene.live).objects.filter(slug="copied").first()
    if copied:
        scene.press_publish(who, copied)


@way("Make an alias of a live page at an address of one's own", "ana", "lea", "sam")
def make_an_alias(scene: Scene, who: User) -> None:
    scene.copy(who, scene.topic, alias="on", publish_copies="", new_slug=SECRET)


@way("Make an alias of a draft, which goes live whenever that does", "lea", "sam")
def make_an_alias_of_a_draft(scene: Scene, who: User) -> None:
    draft = make_topic("Stitches", owner=scene.ana)
    draft.save_revision(user=scene.ana, log_action=True)
    scene.copy(who, draft, alias="on", publish_copies="", new_slug=SECRET)
    scene.approve_everywhere(scene.chloe, scene.hand_over(scene.ana, draft))


@way("Turn a live alias into a page of its own, and publish a change", "lea", "sam")
def convert_an_alias(scene: Scene, who: User) -> None:
    scene.copy(who, scene.topic, alias="on", publish_copies="", new_slug="alias")
    alias = TopicPage.objects.filter(slug="alias").first()
    if alias:
        scene.post(who, scene.page_url("convert_alias", alias.pk))
        alias = fresh(alias)
        alias.summary = WORDS
        alias.save_revision(user=who, log_action=True)
        bulk_publish(scene, who, f"id={alias.pk}")


@way("Copy a draft into another section and publish it there", "sam")
def copy_elsewhere(scene: Scene, who: User) -> None:
    draft = make_question("What is a stitch?")
    scene.write(scene.ana, draft)
    scene.copy(who, draft, new_parent_page=section(Kind.QUESTION).pk)
    copied = type(draft).objects.filter(slug="copied").first()
    if copied:
        scene.press_publish(who, copied)


@way(
    "Copy the home page with all beneath it to the root, live",
    "lea",
    "sam",
    stock_resists="The page types, not the gate, allow no second home page.",
)
def copy_the_home_page(scene: Scene, who: User) -> None:
    home = section(Kind.QUESTION).get_parent()
    scene.copy(who, home, new_parent_page=Page.objects.get(depth=1).pk)


@way(
    "Move a draft beneath a live page",
    "lea",
    "sam",
    stock_resists="Moving a draft does not publish it in Wagtail either.",
)
def move_a_draft(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    scene.write(scene.ana, draft)
    for target in (scene.live.pk, section(Kind.QUESTION).pk):
        scene.post(who, scene.page_url("move_confirm", draft.pk, target))


@way("Publish through the interface behind the editor", works_for="ben")
def publish_by_interface(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live)
    scene.act(who, scene.live, "publish")


@way("Copy a page through the interface behind the editor, live", "ana", "lea", "sam")
def copy_by_interface(scene: Scene, who: User) -> None:
    scene.act(who, scene.live, "copy", title=QUESTION, slug="copied", keep_live="true")


@way("Make an alias through the interface behind the editor", "ana", "lea", "sam")
def alias_by_interface(scene: Scene, who: User) -> None:
    scene.act(who, scene.topic, "create_alias", update_slug=SECRET)


@way("Bring back old words through the interface while the page waits", "lea", "ben")
def revert_by_interface_while_waiting(scene: Scene, who: User) -> None:
    bad = unapproved_version(scene)
    state = scene.hand_over(scene.ana, scene.live)
    scene.act(who, scene.live, "revert_to_page_revision", revision_id=bad.pk)
    scene.approve_everywhere(scene.chloe, state)


@way("Bring back old words and publish, through the interface alone", works_for="ben")
def revert_and_publish_by_interface(scene: Scene, who: User) -> None:
    bad = unapproved_version(scene)
    scene.act(who, scene.live, "revert_to_page_revision", revision_id=bad.pk)
    scene.act(who, scene.live, "publish")


@way(
    "Send the rows of a live page with a draft's form",
    "ana",
    "sam",
    stock_resists="A form takes no rows of another page: it makes new ones.",
)
def send_rows_of_another_page(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    source = scene.live.references.get()
    rows = {"references-0-id": str(source.pk), "references-0-title": WORDS}
    scene.edit(who, draft, title=QUESTION, **rows)


@way(
    "Put one's words into a copy for another language",
    "lea",
    "sam",
    stock_resists="The public reads English only; the copy has no address there.",
)
def copy_for_another_language(scene: Scene, who: User) -> None:
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    copied = fresh(scene.topic).copy_for_translation(spanish, copy_parents=True)
    copied.summary = WORDS
    copied.save_revision(user=who, log_action=True)
    bulk_publish(scene, who, f"id={copied.pk}")
    assert scene.stock or not fresh(copied).live
