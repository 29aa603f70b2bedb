"""At the approval: one's own words, other versions, other people's places."""

from __future__ import annotations

import json

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from education.installation import CLINICAL_LEADS, REVIEWERS
from tests.attacks.scene import WORDS, Scene
from tests.attacks.ways import way
from tests.factories import fresh, make_medicine, make_question

HARMLESS = "A muscle that tightens for a while."


def approve_in_the_editor(scene: Scene, who: User, **extra: object) -> None:
    """Approve with the button of the editor's own form."""
    page = fresh(scene.live).get_latest_revision_as_object()
    form = scene.form_of(page, short_answer=page.short_answer)
    form |= {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(extra),
    }
    scene.post(who, scene.page_url("edit", page.pk), form)


@way("Approve what one wrote oneself", "lea", "ben")
def approve_own_words(scene: Scene, who: User) -> None:
    scene.approve_everywhere(who, scene.waiting(who))


@way("Write as author, be made a reviewer, and approve", "ana", works_for="sam")
@way("Write as administrator, join the reviewers, and approve", "sam")
def join_and_approve(scene: Scene, who: User) -> None:
    state = scene.waiting(who)
    who.groups.add(Group.objects.get(name=REVIEWERS))
    scene.approve_everywhere(who, state)


@way("Approve as administrator without being a reviewer", "sam")
def approve_as_administrator(scene: Scene, who: User) -> None:
    scene.approve_everywhere(who, scene.waiting(scene.ana))


@way("Approve what one wrote, after somebody else handed it over", "lea", "ben")
def approve_own_words_sent_by_another(scene: Scene, who: User) -> None:
    scene.approve_everywhere(who, scene.waiting(who, sender=scene.ana))


@way("Approve what one handed over for somebody else", "lea", "ben")
def approve_what_one_sent(scene: Scene, who: User) -> None:
    scene.approve_everywhere(who, scene.waiting(scene.ana, sender=who))


@way("Hand over again what came back to its author, and approve it", "lea", "ben")
def approve_what_one_sent_again(scene: Scene, who: User) -> None:
    scene.send_back(scene.chloe, scene.waiting(scene.ana))
    scene.write(scene.ana, scene.live)
    scene.approve_everywhere(who, scene.hand_over(who, scene.live))


@way("Approve after the history of one's writing was purged", "ben")
def approve_after_a_purge(scene: Scene, who: User) -> None:
    mine = scene.write(who, scene.live)
    state = scene.waiting(scene.ana)
    Revision.objects.filter(pk=mine.pk).delete()
    scene.approve_everywhere(who, state)


@way("Two change the page in turn, then one of them approves", "ben", "lea")
def ping_pong_of_two(scene: Scene, who: User) -> None:
    scene.write(who, scene.live)
    scene.write(scene.chloe, scene.live, summary="About cramps.")
    scene.approve_everywhere(who, scene.hand_over(scene.ana, scene.live))


@way("Three change the page in turn, then each of them approves", "ben", "lea")
def ping_pong_of_three(scene: Scene, who: User) -> None:
    scene.write(who, scene.live)
    scene.write(scene.chloe, scene.live, summary="About cramps.")
    state = scene.waiting(scene.ana)
    scene.approve_everywhere(who, state)
    scene.approve_everywhere(scene.chloe, state)
    scene.approve_everywhere(scene.ana, state)


@way("Send back, write in it oneself, let the author hand it over, approve", "ben")
def send_back_and_write(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    scene.send_back(who, scene.hand_over(scene.ana, scene.live))
    scene.edit(who, scene.live)
    scene.approve_everywhere(who, scene.hand_over(scene.ana, scene.live))


@way("Bring back words that one wrote long ago, through somebody else", "ben")
def approve_old_words_of_ones_own(scene: Scene, who: User) -> None:
    draft = make_question("What is a stitch?", short_answer=HARMLESS)
    mine = scene.write(who, draft)
    scene.write(scene.ana, draft, short_answer=HARMLESS)
    scene.approve_everywhere(scene.chloe, scene.hand_over(scene.ana, draft))
    back = mine.as_object().short_answer
    scene.write(scene.ana, draft, short_answer=back)
    scene.approve_everywhere(who, scene.hand_over(scene.ana, draft))


@way("Let somebody copy one's page, and approve the copy", "ben")
def approve_a_copy_of_own_words(scene: Scene, who: User) -> None:
    draft = make_question("What is a stitch?")
    scene.write(who, draft)
    scene.copy(scene.sam, draft, publish_copies="")
    copied = type(draft).objects.get(slug="copied")
    scene.approve_everywhere(who, scene.hand_over(scene.sam, copied))


@way("Approve one's own page under the number of another page", "lea", "ben")
def mix_up_page_and_task(scene: Scene, who: User) -> None:
    other = make_question("Is this another page?")
    scene.write(scene.ana, other, short_answer=HARMLESS)
    scene.hand_over(scene.ana, other)
    scene.approve_everywhere(who, scene.waiting(who), via=other)


@way("Approve one's own page with the version number of another page", "lea", "ben")
def mix_up_revisions(scene: Scene, who: User) -> None:
    other = make_question("Is this another page?")
    harmless = scene.write(scene.ana, other, short_answer=HARMLESS)
    scene.approve_everywhere(who, scene.waiting(who), revision=harmless.pk)


@way("Change and approve in one go, with the editor's own button", "lea", "sam", "ben")
def edit_and_approve(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    scene.hand_over(scene.ana, scene.live)
    form = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    scene.edit(who, scene.live, **form)


@way("Approve one's own words with the editor's button", "lea", "ben")
def approve_own_words_in_the_editor(scene: Scene, who: User) -> None:
    scene.waiting(who)
    approve_in_the_editor(scene, who)


@way("Approve with more data than the form asks for", "ben")
def approve_with_extra_data(scene: Scene, who: User) -> None:
    state = scene.waiting(who)
    approve_in_the_editor(scene, who, comment="", update=True)
    approve_in_the_editor(scene, who, revision=state.revision_id, user=scene.chloe.pk)
    answers = {"user": scene.chloe.pk, "update": True, "whole_page": "on"}
    scene.approve_everywhere(who, state, **answers)


@way("Approve a version after a newer one was saved", "ben")
def approve_after_a_newer_version(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    state = scene.hand_over(scene.ana, scene.live)
    scene.write(scene.lea, scene.live)
    scene.approve_everywhere(who, state)


@way("Approve a newer version than the one that was handed over", "ben")
def approve_a_newer_version(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    state = scene.hand_over(scene.ana, scene.live)
    newer = scene.write(scene.lea, scene.live)
    scene.approve_everywhere(who, state, revision=newer.pk)


@way("Name no version in the approval, after a newer one was saved", "ben")
def approve_no_version(scene: Scene, who: User) -> None:
    scene.write(scene.ana, scene.live, short_answer=HARMLESS)
    state = scene.hand_over(scene.ana, scene.live)
    scene.write(scene.lea, scene.live)
    scene.approve_everywhere(who, state, revision="")


@way("Begin a review without changes, change the page, and sign", "ben", "lea")
def smuggle_into_a_review(scene: Scene, who: User) -> None:
    fresh(scene.live).save_revision(user=None)
    state = scene.hand_over(who, scene.live)
    scene.edit(who, scene.live)
    scene.approve_everywhere(who, state)


@way("Begin a review without changes, take it back, change the page, and sign", "ben")
def smuggle_after_a_review(scene: Scene, who: User) -> None:
    fresh(scene.live).save_revision(user=None)
    scene.hand_over(who, scene.live)
    fresh(scene.live).current_workflow_state.cancel(user=who)
    scene.edit(who, scene.live)
    scene.approve_everywhere(who, scene.hand_over(who, scene.live))


def waiting_medicine(scene: Scene) -> tuple[object, object]:
    page = make_medicine()
    page.summary = WORDS
    page.save_revision(user=scene.ana, log_action=True)
    return page, scene.hand_over(scene.ana, page)


@way("Approve a medicine twice with one link", "lea", "ben")
def approve_a_medicine_twice(scene: Scene, who: User) -> None:
    page, state = waiting_medicine(scene)
    scene.approve_everywhere(who, state)
    scene.approve_everywhere(who, state)


@way("Approve both steps of a medicine, as reviewer and as lead", "lea", "ben")
def approve_both_steps(scene: Scene, who: User) -> None:
    names = [REVIEWERS, CLINICAL_LEADS]
    who.groups.set(Group.objects.filter(name__in=names))
    page, state = waiting_medicine(scene)
    scene.approve_everywhere(who, state)
    if second := fresh(page).current_workflow_task_state:
        scene.approve_everywhere(who, second)


@way("Approve a medicine as reviewer, then with a second account of one's own", "ben")
def approve_with_two_accounts(scene: Scene, who: User) -> None:
    page, state = waiting_medicine(scene)
    scene.approve_everywhere(who, state)
    if second := fresh(page).current_workflow_task_state:
        scene.approve_everywhere(second_account(who), second)


@way(
    "Write with one account, and approve with another under the same name", "ana", "ben"
)
def approve_under_the_same_name(scene: Scene, who: User) -> None:
    scene.approve_everywhere(second_account(who), scene.waiting(who))


def second_account(person: User) -> User:
    """The same person again, as the CMS knows people: by their name."""
    twin = User.objects.create_user(
        f"{person.username}2",
        first_name=person.first_name.upper(),
        last_name=f" {person.last_name} ",
    )
    twin.groups.set(Group.objects.filter(name=REVIEWERS))
    return twin


@way(
    "Approve by opening a link, without pressing anything",
    "ben",
    stock_resists="Wagtail, too, only shows the form when an address is opened.",
)
def approve_by_opening_a_link(scene: Scene, who: User) -> None:
    state = scene.waiting(scene.ana)
    window = scene.window(who)
    asked = f"?action=approve&revision={state.revision_id}"
    window.get(scene.page_url("workflow_action", scene.live.pk, "approve", state.pk))
    window.get(reverse("moderation:decide", args=[state.pk]) + asked)


@way(
    "Have a reviewer's browser approve from another site",
    "ben",
    stock_resists="Wagtail, too, asks for the token of its own form.",
)
def approve_without_a_token(scene: Scene, who: User) -> None:
    state = scene.waiting(scene.ana)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(who)
    scene.clients[who.pk] = forged
    scene.approve_everywhere(who, state)


@way(
    "Approve in a window opened before one left the reviewers",
    "ben",
    stock_resists="Wagtail, too, asks for the groups anew with every request.",
)
def approve_after_leaving(scene: Scene, who: User) -> None:
    state = scene.waiting(scene.ana)
    scene.window(who).get("/cms/")
    who.groups.clear()
    scene.approve_everywhere(who, state)


@way(
    "Approve in a window that stayed open after the account was closed",
    "ben",
    stock_resists="Django ends the session of an account that is not active.",
)
def approve_with_a_closed_account(scene: Scene, who: User) -> None:
    state = scene.waiting(scene.ana)
    scene.window(who).get("/cms/")
    User.objects.filter(pk=who.pk).update(is_active=False)
    scene.approve_everywhere(who, state)
