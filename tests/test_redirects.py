"""Who follows an old address finds the page where it is now, or nothing."""

from datetime import timedelta

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from education.models import (
    ClinicalPage,
    Tag,
    TaggedPage,
    TopicPage,
    old_addresses,
    withdraw,
)
from education.vocabulary import WithdrawalReason
from tests.factories import PortalTestCase, fresh, make_tag, make_topic

OLD, NEW = "/topics/leg-cramps/", "/topics/cramps-in-the-leg/"


class RedirectTestCase(PortalTestCase):
    def setUp(self):
        self.page = self.publish(make_topic("Leg cramps"))

    def rename(self, slug, page=None):
        """Give the page a new slug, with the approval that this needs."""
        page = fresh(page or self.page)
        page.slug = slug
        page.change_note = f"Its address is {slug[:50]} now."
        with self.captureOnCommitCallbacks(execute=True):
            return self.publish(page)

    def asked(self, address, query=""):
        answer = self.client.get(address + query)
        return answer.status_code, answer.headers.get("Location")


class RenamedPagesTests(RedirectTestCase):
    def test_the_old_address_leads_on_with_the_query(self):
        self.rename("cramps-in-the-leg")
        assert self.asked(OLD, "?from=leaflet&n=2") == (301, f"{NEW}?from=leaflet&n=2")
        assert self.asked(f"{OLD}history/") == (301, f"{NEW}history/")
        assert self.client.get(NEW).status_code == 200

    def test_in_one_step_however_often_it_was_renamed(self):
        self.rename("second")
        self.rename("third")
        assert self.asked(OLD) == (301, "/topics/third/")
        assert self.asked("/topics/second/") == (301, "/topics/third/")

    def test_there_and_back_again(self):
        self.rename("cramps-in-the-leg")
        self.rename("leg-cramps")
        assert self.client.get(OLD).status_code == 200
        assert self.asked(NEW) == (301, OLD)

    def test_a_page_at_its_own_address_wins(self):
        self.rename("cramps-in-the-leg")
        other = self.publish(make_topic("Another page", slug="leg-cramps"))
        assert fresh(other).address == OLD
        self.assertContains(self.client.get(OLD), "Another page")

    def test_a_draft_at_an_old_address_takes_nothing_away(self):
        self.rename("cramps-in-the-leg")
        draft = make_topic("A secret draft", slug="leg-cramps")
        assert self.asked(OLD) == (301, NEW)
        with self.captureOnCommitCallbacks(execute=True):
            draft.slug = "elsewhere"
            draft.save()
        assert self.asked(OLD) == (301, NEW)

    def test_slugs_of_drafts_leave_nothing_behind(self):
        draft = make_topic("A secret draft")
        with self.captureOnCommitCallbacks(execute=True):
            draft.slug = "elsewhere"
            draft.save()
            self.page.slug = "only-a-draft"
            self.page.save_revision(user=self.ana)
        assert not Redirect.objects.exists()

    def test_nothing_leads_to_what_the_public_may_not_read(self):
        page = self.rename("cramps-in-the-leg")
        assert self.asked(OLD)[0] == 301
        restriction = PageViewRestriction.objects.create(
            page_id=page.pk, restriction_type=PageViewRestriction.LOGIN
        )
        assert self.asked(OLD) == (404, None)
        restriction.delete()
        later = timezone.now() + timedelta(days=1)
        ClinicalPage.objects.filter(pk=page.pk).update(go_live_at=later)
        assert self.asked(OLD) == (404, None)

    def test_of_a_withdrawn_page_it_says_so(self):
        page = self.rename("cramps-in-the-leg")
        withdraw(page, self.lea, WithdrawalReason.OUTDATED, "Old.", timezone.now())
        assert self.asked(OLD) == self.asked(NEW) == (410, None)
        assert self.asked(f"{OLD}history/") == (410, None)

    def test_a_page_that_took_the_address_is_what_was_there_last(self):
        self.rename("cramps-in-the-leg")
        other = self.publish(make_topic("Another page", slug="leg-cramps"))
        withdraw(other, self.lea, WithdrawalReason.OUTDATED, "Old.", timezone.now())
        assert self.asked(OLD) == (410, None)

    def test_an_unknown_address_costs_little(self):
        with self.assertNumQueries(3):
            assert self.asked("/topics/no-such-page/") == (404, None)

    def test_an_administrators_redirect_leads_to_pages_only(self):
        Redirect.objects.create(
            old_path="/topics/elsewhere", redirect_link="https://evil.example/"
        )
        Redirect.objects.create(
            old_path="/tags/elsewhere", redirect_link="https://evil.example/tags/x/"
        )
        Redirect.objects.create(old_path="/topics/legs", redirect_page_id=self.page.pk)
        assert self.asked("/topics/elsewhere/") == (404, None)
        assert self.asked("/tags/elsewhere/") == (404, None)
        assert self.asked("/topics/legs/") == (301, OLD)

    def test_a_slug_that_is_too_long_to_keep_does_no_harm(self):
        page = self.rename("x" * 255)
        self.rename("short", page)
        assert self.client.get("/topics/short/").status_code == 200
        assert self.asked(f"/topics/{'x' * 255}/") == (404, None)

    def test_a_slug_of_digits_is_a_slug_like_any_other(self):
        page = self.rename("2026")
        withdraw(page, self.lea, WithdrawalReason.OUTDATED, "Old.", timezone.now())
        assert self.asked("/topics/2026/") == (410, None)


class ManyAddressesTests(RedirectTestCase):
    def test_a_batch_of_nothing_deletes_nothing(self):
        self.rename("cramps-in-the-leg")
        old_addresses.leave_behind([])
        assert Redirect.objects.count() == 1

    def test_more_than_a_database_takes_at_once(self):
        left = [(f"/topics/{n}/", self.page.pk) for n in range(1200)]
        old_addresses.leave_behind(left)
        old_addresses.leave_behind(left)
        assert Redirect.objects.count() == 1200
        assert self.asked("/topics/1199/") == (301, OLD)

    def test_the_name_of_the_home_page_is_in_no_address(self):
        home = self.page.get_parent().get_parent().specific
        with self.captureOnCommitCallbacks(execute=True):
            home.slug = "front-door"
            home.save()
        assert self.client.get(OLD).status_code == 200
        assert not Redirect.objects.exists()


class RenamedTagsTests(RedirectTestCase):
    def setUp(self):
        super().setUp()
        self.tag = make_tag("Calf")
        TaggedPage.objects.create(tag=self.tag, content_object=self.page)

    def rename_tag(self, slug):
        self.tag.slug = slug
        self.tag.save()

    def test_the_old_address_leads_on_with_the_query(self):
        self.rename_tag("lower-leg")
        self.rename_tag("shank")
        for old in ("/tags/calf/", "/tags/lower-leg/"):
            assert self.asked(old, "?kind=topic") == (301, "/tags/shank/?kind=topic")

    def test_there_and_back_again(self):
        self.rename_tag("shank")
        self.rename_tag("calf")
        assert self.client.get("/tags/calf/").status_code == 200
        assert self.asked("/tags/shank/") == (301, "/tags/calf/")

    def test_only_while_readers_find_pages_there(self):
        self.rename_tag("shank")
        TopicPage.objects.filter(pk=self.page.pk).update(live=False)
        assert self.asked("/tags/calf/") == (404, None)

    def test_a_tag_that_no_page_carries_leaves_nothing_behind(self):
        tag = make_tag("Unused")
        tag.slug = "still-unused"
        tag.save()
        assert not Redirect.objects.exists()

    def test_a_new_tag_at_the_old_address_wins(self):
        self.rename_tag("shank")
        other = Tag.objects.create(name="Calves", slug="calf", group="body_area")
        TaggedPage.objects.create(tag=other, content_object=self.page)
        assert self.client.get("/tags/calf/").status_code == 200
