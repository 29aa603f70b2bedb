"""Who signs how: a clinical lead keeps it, and never his or her own."""

from django.urls import reverse
from wagtail.models import ModelLogEntry

from education.installation import CLINICAL_LEADS
from education.models import ClinicianProfile, SignOff
from tests.factories import PortalTestCase, approve, make_person, make_question

WORDS = {"name": "Dr Ben Example", "role": "Neurologist", "registration": "GMC 1"}


class ClinicianTestCase(PortalTestCase):
    def setUp(self):
        self.add_url = reverse("clinicians:add")
        self.sign_in(self.lea)

    def profile_of(self, person, **words) -> ClinicianProfile:
        return ClinicianProfile.objects.create(user=person, **WORDS | words)

    def edit_url(self, profile) -> str:
        return reverse("clinicians:edit", args=[profile.pk])


class KeepingTests(ClinicianTestCase):
    def test_a_lead_says_who_a_reviewer_is(self):
        response = self.client.post(self.add_url, {"user": self.ben.pk, **WORDS})
        self.assertRedirects(response, reverse("clinicians:index"))
        page = make_question()
        self.submit(page)
        approve(page, self.ben)
        signed = SignOff.objects.get()
        assert signed.reviewer_name == "Dr Ben Example"
        assert signed.reviewer_credentials == "Neurologist, GMC 1"

    def test_a_change_leaves_what_was_signed_as_it_was(self):
        profile = self.profile_of(self.ben)
        page = make_question()
        self.submit(page)
        approve(page, self.ben)
        self.client.post(self.edit_url(profile), WORDS | {"name": "Dr Other"})
        profile.refresh_from_db()
        assert profile.name == "Dr Other"
        assert SignOff.objects.get().reviewer_name == "Dr Ben Example"

    def test_the_log_says_what_was_written_and_by_whom(self):
        profile = self.profile_of(self.ben)
        self.client.post(self.edit_url(profile), WORDS | {"role": "Surgeon"})
        entry = ModelLogEntry.objects.for_instance(profile).get()
        assert entry.user == self.lea
        assert entry.message == 'Wrote role: "Surgeon", was "Neurologist"'
        history = self.client.get(reverse("clinicians:history", args=[profile.pk]))
        self.assertContains(history, "was &quot;Neurologist&quot;")

    def test_only_people_of_the_cms_without_a_profile_are_offered(self):
        make_person("reader")
        self.profile_of(self.ben)
        response = self.client.get(self.add_url)
        self.assertContains(response, "Chloe Example (chloe)")
        for name in ("reader", "ben", "lea"):
            self.assertNotContains(response, f"({name})")

    def test_whose_profile_it_is_never_changes(self):
        profile = self.profile_of(self.ben)
        self.client.post(self.edit_url(profile), WORDS | {"user": self.chloe.pk})
        profile.refresh_from_db()
        assert profile.user == self.ben

    def test_the_list_shows_who_signs_how(self):
        self.profile_of(self.ben)
        response = self.client.get(reverse("clinicians:index"))
        self.assertContains(response, "Neurologist")
        self.assertContains(
            self.client.get(reverse("wagtailadmin_home")),
            reverse("clinicians:index"),
        )

    def test_what_is_missing_is_said(self):
        response = self.client.post(self.add_url, {"user": self.ben.pk, "name": "Ben"})
        self.assertContains(response, "This field is required")
        assert not ClinicianProfile.objects.exists()


class OnesOwnTests(ClinicianTestCase):
    def test_a_lead_does_not_add_her_own(self):
        response = self.client.post(self.add_url, {"user": self.lea.pk, **WORDS})
        self.assertContains(response, "Nobody keeps the own profile", status_code=403)
        assert not ClinicianProfile.objects.exists()

    def test_nor_does_she_open_or_change_it(self):
        profile = self.profile_of(self.lea)
        for send in (self.client.get, self.client.post):
            response = send(self.edit_url(profile), WORDS | {"name": "Professor"})
            self.assertContains(response, "Ask another clinical", status_code=403)
        profile.refresh_from_db()
        assert profile.name == "Dr Ben Example"

    def test_another_lead_keeps_it(self):
        profile = self.profile_of(self.lea)
        self.sign_in(make_person("leo", CLINICAL_LEADS))
        self.client.post(self.edit_url(profile), WORDS | {"name": "Dr Lea"})
        profile.refresh_from_db()
        assert profile.name == "Dr Lea"

    def test_an_administrator_is_no_exception(self):
        profile = self.profile_of(self.sam)
        self.sign_in(self.sam)
        delete = reverse("clinicians:delete", args=[profile.pk])
        for url in (self.edit_url(profile), delete):
            assert self.client.post(url, WORDS).status_code == 403
        profile.refresh_from_db()
        profile.delete()
        response = self.client.post(self.add_url, {"user": self.sam.pk, **WORDS})
        assert response.status_code == 403

    def test_the_form_refuses_it_whoever_shows_it(self):
        from education.moderation.clinicians import ClinicianViewSet

        form_class = ClinicianViewSet().get_form_class()
        mine = form_class(WORDS, instance=self.profile_of(self.lea), for_user=self.lea)
        assert not mine.is_valid()
        new = form_class(WORDS | {"user": self.chloe.pk}, for_user=self.chloe)
        assert "Nobody keeps the own" in str(new.errors["user"])


class OthersTests(ClinicianTestCase):
    def test_nobody_else_keeps_profiles(self):
        profile = self.profile_of(self.ben)
        for person in (self.ana, self.chloe, self.vera):
            self.sign_in(person)
            for url in (self.add_url, self.edit_url(profile)):
                response = self.client.post(url, WORDS | {"name": "Not Ben"})
                assert response.status_code == 302
        profile.refresh_from_db()
        assert profile.name == "Dr Ben Example"
        assert ClinicianProfile.objects.count() == 1
