"""Side doors that Wagtail does not have: tags that merge, notes, names, reviews."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import PageLogEntry

from education.installation import REVIEWERS
from education.models import DecisionRefused, SignOff, TagMergeRefused, merge_tags
from tests.attacks.scene import WORDS, Scene
from tests.attacks.ways_past_the_page import tag_a_change
from tests.factories import approve, fresh, make_person, make_question, make_tag


class SideDoorTests(Scene):
    def test_a_tag_that_a_reviewer_reads_is_not_merged_into_an_unread_word(self):
        calves = make_tag("Calves")
        tag_a_change(self, calves)
        with pytest.raises(TagMergeRefused, match="nobody has approved"):
            merge_tags(calves, make_tag(WORDS[:40]), self.vera)

    def test_a_tag_that_a_waiting_draft_carries_is_not_merged_so_either(self):
        calves = make_tag("Calves")
        draft = make_question("What is a stitch?")
        draft.tags.set([calves])
        self.submit(draft)
        with pytest.raises(TagMergeRefused, match="nobody has approved"):
            merge_tags(calves, make_tag(WORDS[:40]), self.vera)

    def test_a_tag_that_nobody_reads_yet_is_merged(self):
        draft = make_question("What is a stitch?")
        draft.tags.set([make_tag("Calves")])
        draft.save()
        assert merge_tags(make_tag("Calves"), make_tag("Lower legs"), self.vera) == 1

    def test_a_tag_that_no_version_carries_any_more_is_free(self):
        calves = make_tag("Calves")
        tag_a_change(self, calves)
        assert calves.is_in_use
        fresh(self.live).current_workflow_state.cancel(user=self.ana)
        page = fresh(self.live).get_latest_revision_as_object()
        page.tags.set([self.tag])
        page.save_revision(user=self.ana)
        assert not calves.is_in_use

    def test_nobody_approves_a_note_of_ones_own_on_words_that_stay(self):
        page = fresh(self.live)
        page.change_note = WORDS
        page.save_revision(user=self.ben, log_action=True)
        self.hand_over(self.ana, page)
        with pytest.raises(DecisionRefused, match="You wrote part"):
            approve(page, self.ben)

    def test_a_note_saved_in_nobodys_name_makes_no_review_without_changes(self):
        page = fresh(self.live)
        page.change_note = WORDS
        page.save_revision(user=None)
        self.hand_over(self.ben, page)
        with pytest.raises(DecisionRefused, match="You handed this text over"):
            approve(page, self.ben)

    def test_an_author_of_what_is_live_does_not_sign_for_the_whole_page(self):
        self.ana.groups.add(Group.objects.get(name=REVIEWERS))
        self.waiting(self.chloe)
        with pytest.raises(DecisionRefused, match="wrote part of what is live"):
            approve(self.live, self.ana, whole_page=True)

    def test_a_new_name_changes_no_approval_that_was_given(self):
        User.objects.filter(pk=self.ben.pk).update(first_name=WORDS[:20])
        assert SignOff.objects.filter(reviewer_name="Ben Example").exists()
        assert not list(self.leaks())

    def test_the_words_of_a_deleted_account_keep_their_author(self):
        writer = make_person("writer", REVIEWERS)
        self.write(writer, self.live)
        number = writer.pk
        writer.delete()
        assert number in fresh(self.live).author_ids()
        assert PageLogEntry.objects.filter(page=self.live, user_id=number).exists()


class NamesakeTests(Scene):
    """One person with two accounts is one person; two people need two names."""

    def test_whoever_has_the_name_of_the_author_is_told_why(self):
        twin = make_person("twin", REVIEWERS)
        User.objects.filter(pk=twin.pk).update(first_name="ana")
        self.waiting(self.ana)
        with pytest.raises(DecisionRefused, match="another of your accounts"):
            approve(self.live, User.objects.get(pk=twin.pk))

    def test_the_name_in_a_profile_counts_too(self):
        twin = make_person("twin", REVIEWERS)
        profile = twin._meta.get_field("clinician_profile").related_model
        profile.objects.create(user=twin, name="Ana  Example", role="Nurse")
        self.waiting(self.ana)
        with pytest.raises(DecisionRefused, match="another of your accounts"):
            approve(self.live, twin)

    def test_a_profile_tells_two_people_of_one_name_apart(self):
        twin = make_person("twin", REVIEWERS)
        User.objects.filter(pk=twin.pk).update(first_name="Ana")
        profile = twin._meta.get_field("clinician_profile").related_model
        profile.objects.create(user=twin, name="Ana M. Example", role="Nurse")
        self.waiting(self.ana)
        approve(self.live, User.objects.get(pk=twin.pk))
        assert fresh(self.live).short_answer == WORDS
