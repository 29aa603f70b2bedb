"""What the public reads of a page's past, and what it never reads."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction, Revision

from education.models import ClinicianProfile, withdraw
from education.vocabulary import WithdrawalReason
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_topic,
)


class HistoryTests(PortalTestCase):
    def setUp(self):
        self.page = self.publish(make_topic("Leg cramps"))

    def change(self, note, reviewer=None, **answers):
        page = fresh(self.page)
        page.summary = f"{note} {PageLogEntry.objects.count()}"
        page.change_note = note
        self.submit(page)
        approve(page, reviewer or self.ben, **answers)

    def review(self):
        """Found in order as it is: the newest version says what is live."""
        page = fresh(self.page)
        page.change_note = ""
        page.save_revision(user=None)
        page.get_workflow().start(page, self.chloe)
        approve(page, self.chloe)

    def history(self, query=""):
        return self.client.get(f"{self.page.address}history/{query}")

    def says(self):
        return [event.says for event in self.history().context["page_obj"]]

    def test_every_publication_in_a_sentence_the_newest_first(self):
        self.change("The dose was corrected.")
        self.review()
        assert self.says() == [
            "Reviewed; nothing had to change",
            "The dose was corrected.",
            "First published",
        ]

    def test_who_approved_it_as_what_and_for_how_much(self):
        ClinicianProfile.objects.create(
            user=self.ben, name="Dr Ben Example", role="Neurologist", registration="N 7"
        )
        self.change("The dose was corrected.")
        said = " ".join(self.history().content.decode().split())
        assert "Change approved by Dr Ben Example, Neurologist, N 7" in said
        assert "Whole page reviewed by Ben Example" in said
        self.change("The picture was replaced.", whole_page=True)
        said = " ".join(self.history().content.decode().split())
        assert "Whole page reviewed by Dr Ben Example, Neurologist, N 7" in said

    def test_a_medicine_names_both_approvers(self):
        self.page = self.publish(make_medicine())
        said = " ".join(self.history().content.decode().split())
        assert "Whole page reviewed by Ben Example and Chloe Example" in said

    def test_what_did_not_go_live_never_shows(self):
        page = fresh(self.page)
        page.summary, page.change_note = "Other words", "Waiting words"
        state = self.submit(page)
        state.task.specific.on_action(
            state, self.ben, "reject", revision=state.revision_id, comment="Wrong words"
        )
        fresh(page).current_workflow_state.cancel(user=self.ana)
        page.change_note = "Scheduled words"
        page.go_live_at = timezone.now() + timedelta(days=2)
        self.submit(page)
        self.approve(page)
        page = fresh(page)
        assert page.approved_schedule
        page.change_note = "Draft words"
        page.save_revision(user=self.ana)
        said = self.history().content.decode()
        for words in ("Waiting", "Wrong", "Scheduled", "Draft", "Other"):
            assert f"{words} words" not in said
        assert self.says() == ["First published"]

    def test_notes_of_colleagues_never_show(self):
        self.change("The dose was corrected.", comment="Between us: a disaster.")
        withdraw(
            fresh(self.page),
            self.lea,
            WithdrawalReason.WRONG,
            "Between us: sued.",
            timezone.now(),
        )
        self.publish(fresh(self.page))
        assert "Between us" not in self.history().content.decode()

    def test_taken_down_and_back_again(self):
        withdraw(
            fresh(self.page),
            self.lea,
            WithdrawalReason.OUTDATED,
            "Old.",
            timezone.now(),
        )
        self.publish(fresh(self.page))
        assert self.says() == [
            "Published again",
            f"Taken down: {WithdrawalReason.OUTDATED.sentence}",
            "First published",
        ]

    def test_an_old_version_without_a_note_is_not_called_a_review(self):
        self.change("The dose was corrected.")
        revision = fresh(self.page).live_revision
        del revision.content["change_note"]
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
        assert self.says()[0] == "Changed"

    def test_a_long_history_comes_in_parts(self):
        revision = self.page.live_revision
        for _ in range(45):
            PageLogEntry.objects.log_action(
                self.page, "wagtail.publish", revision=revision
            )
        with self.assertNumQueries(6):
            first = self.history()
        assert len(first.context["page_obj"].object_list) == 20
        last = self.history("?page=3")
        self.assertContains(last, "First published")
        for nonsense in ("?page=99999999999", "?page=x"):
            self.assertContains(self.history(nonsense), "no such page")

    def test_every_page_links_to_it(self):
        for page in (self.page, self.publish(make_medicine())):
            self.assertContains(
                self.client.get(page.address), f'href="{page.address}history/"'
            )

    def test_search_engines_are_sent_to_the_page_itself(self):
        said = self.history("?page=1").content.decode()
        assert 'content="noindex, follow"' in said
        canonical = f"http://testserver{self.page.address}history/"
        assert f'rel="canonical" href="{canonical}"' in said

    def test_only_for_what_the_public_may_read(self):
        draft = make_topic("A secret draft")
        assert self.client.get(f"{draft.address}history/").status_code == 404
        PageViewRestriction.objects.create(
            page_id=self.page.pk, restriction_type=PageViewRestriction.LOGIN
        )
        assert self.history().status_code == 404

    def test_it_can_only_be_read(self):
        address = f"{self.page.address}history/"
        assert self.client.post(address).status_code == 405
        assert self.client.head(address).status_code == 200
