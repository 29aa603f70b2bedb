"""In the editor: publishing oneself, and changing words under a reviewer's eyes."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Revision

from education.models import FAQPage
from education.vocabulary import Kind
from tests.attacks.scene import QUESTION, WORDS, Scene
from tests.attacks.ways import way
from tests.factories import fresh, make_question, question_form, section


@way("Press publish in the editor of a draft", works_for="ben")
def publish_a_draft(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    scene.press_publish(who, draft)


@way("Press publish after changing the words of a live page", works_for="ben")
def publish_a_change(scene: Scene, who: User) -> None:
    scene.press_publish(who, scene.live)


@way("Publish in the way in which the editor saves by itself", works_for="ben")
def publish_by_autosave(scene: Scene, who: User) -> None:
    form = scene.form_of(scene.live, **{"action-publish": "action-publish"})
    url = scene.page_url("edit", scene.live.pk)
    scene.post(who, url, form, HTTP_ACCEPT="application/json")


@way("Create a page and publish it at once", "ana", "sam", "lea")
def create_and_publish(scene: Scene, who: User) -> None:
    post_new_page(scene, who, new_page_form(scene))


def new_page_form(scene: Scene) -> dict[str, str]:
    """What the form for a new question sends, with "publish" pressed."""
    said = {"title": QUESTION, "slug": "created", "short_answer": WORDS}
    rows = {"topic_rows-INITIAL_FORMS": "0", "references-INITIAL_FORMS": "0"}
    rows |= {"topic_rows-0-id": "", "references-0-id": ""}
    pressed = {"action-publish": "action-publish"}
    return question_form(scene.live, **said) | rows | pressed


def post_new_page(scene: Scene, who: User, form: dict[str, str]) -> None:
    questions = section(Kind.QUESTION)
    scene.post(who, scene.page_url("add", "education", "faqpage", questions.pk), form)


@way("Delete a live page and publish another at its address", "ana", "lea", "sam")
def delete_and_create(scene: Scene, who: User) -> None:
    form = new_page_form(scene) | {"slug": scene.live.slug}
    scene.post(who, scene.page_url("delete", scene.live.pk))
    post_new_page(scene, who, form)


def bulk_publish(scene: Scene, who: User, query: str, **form: str) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    scene.post(who, f"{url}?{query}", form)


@way("Publish drafts in bulk", works_for="ben")
def publish_in_bulk(scene: Scene, who: User) -> None:
    draft = make_question(QUESTION)
    scene.write(scene.ana, draft)
    bulk_publish(scene, who, f"id={draft.pk}&id={scene.live.pk}")


@way("Publish a section with all drafts beneath it", works_for="ben")
def publish_a_section(scene: Scene, who: User) -> None:
    scene.write(scene.ana, make_question(QUESTION))
    query = f"id={section(Kind.QUESTION).pk}"
    bulk_publish(scene, who, query, include_descendants="on")


@way("Tick all pages of a section and publish them", works_for="ben")
def publish_all(scene: Scene, who: User) -> None:
    scene.write(scene.ana, make_question(QUESTION))
    bulk_publish(scene, who, f"id=all&childOf={section(Kind.QUESTION).pk}")


def unapproved_version(scene: Scene) -> Revision:
    """A version in the history that nobody approved; the newest one is harmless."""
    bad = scene.write(scene.ana, scene.live)
    scene.write(scene.ana, scene.live, short_answer="A muscle that tightens.")
    return bad


@way("Bring back a version that nobody approved, and publish it", works_for="ben")
def revert_and_publish(scene: Scene, who: User) -> None:
    bad = unapproved_version(scene)
    form = scene.form_of(scene.live, **{"action-publish": "action-publish"})
    url = scene.page_url("revisions_revert", scene.live.pk, bad.pk)
    scene.post(who, url, form)


@way("Take it back from approval, then press publish", works_for="ben")
def cancel_and_publish(scene: Scene, who: User) -> None:
    scene.waiting(scene.ana)
    scene.edit(who, scene.live, **{"action-cancel-workflow": "1"})
    scene.press_publish(who, scene.live)


@way("Press publish while the page waits for somebody else", works_for="ben")
def publish_while_waiting(scene: Scene, who: User) -> None:
    scene.waiting(scene.ana)
    scene.press_publish(who, scene.live)


@way("Lock the waiting page for oneself, change it, let the approval come", "lea")
@way("Lock the waiting page as administrator, change it, let it be approved", "sam")
def lock_and_change(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer="A harmless change.")
    state = scene.hand_over(scene.ana, scene.live)
    scene.post(who, scene.page_url("lock", scene.live.pk))
    scene.edit(who, scene.live)
    scene.post(who, scene.page_url("unlock", scene.live.pk))
    scene.approve_everywhere(scene.chloe, state)


@way("Change the page while it waits, and let the approval come", "lea", "sam", "ben")
def change_while_waiting(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer="A harmless change.")
    state = scene.hand_over(scene.ana, scene.live)
    scene.edit(who, scene.live)
    scene.approve_everywhere(scene.chloe, state)


@way("Let autosave write over the version that a reviewer has open", "ben")
def overwrite_what_is_read(scene: Scene, who: User) -> None:
    revision = scene.write(who, scene.live, short_answer="A harmless change.")
    state = scene.hand_over(scene.ana, scene.live)
    scene.edit(who, scene.live, overwrite_revision_id=str(revision.pk))
    scene.approve_everywhere(scene.chloe, state)


@way("Take it back, let autosave write over what was read, hand it over again", "ben")
def overwrite_what_was_read(scene: Scene, who: User) -> None:
    revision = scene.write(who, scene.live, short_answer="A harmless change.")
    first = scene.hand_over(scene.ana, scene.live)
    fresh(scene.live).current_workflow_state.cancel(user=scene.ana)
    scene.edit(who, scene.live, overwrite_revision_id=str(revision.pk))
    again = scene.hand_over(scene.ana, scene.live)
    # The reviewer still has the first version open, and presses approve there.
    answers = {"revision": first.revision_id}
    scene.approve_everywhere(scene.chloe, first, **answers)
    scene.approve_everywhere(scene.chloe, again, **answers)


@way("Put one's words on the home page and publish it", "ana", "ben", "sam", "lea")
def publish_the_home_page(scene: Scene, who: User) -> None:
    home = section(Kind.QUESTION).get_parent().specific
    home.welcome = WORDS
    home.save_revision(user=who, log_action=True)
    bulk_publish(scene, who, f"id={home.pk}")


@way("Put one's words above a section's list and publish it", "ana", "sam", "lea")
def publish_a_section_text(scene: Scene, who: User) -> None:
    questions = section(Kind.QUESTION)
    questions.introduction = WORDS
    questions.save_revision(user=who, log_action=True)
    bulk_publish(scene, who, f"id={questions.pk}")


@way(
    "Clear the day on which a page came off, with new words, and publish", "sam", "ben"
)
def bring_back_an_expired_page(scene: Scene, who: User) -> None:
    FAQPage.objects.get(pk=scene.live.pk).unpublish(set_expired=True)
    scene.press_publish(who, scene.live, expire_at="")


@way("Publish a page again that a lead took off the site", "sam", "lea", "ben")
def bring_back_a_withdrawn_page(scene: Scene, who: User) -> None:
    fresh(scene.live).unpublish()
    scene.write(scene.ana, scene.live)
    bulk_publish(scene, who, f"id={scene.live.pk}")
