"""Best bets: pages that editors pin above what the search finds."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from education.models import BestBet, SearchEdition
from education.search.analysis import Analyser, folded_words
from education.search.best_bets import pinned_for
from education.search.editions import current_edition
from tests.factories import PortalTestCase, make_topic
from tests.searching import SearchTestCase, publish_at_once, topic


def pin(words: str, page, language: str = "en") -> BestBet:
    bet = BestBet(words=words, page=page, language=language)
    bet.full_clean()
    bet.save()
    return bet


def pinned(text: str, language: str = "en") -> tuple[int, ...]:
    analyser = Analyser(language)
    terms = analyser.stems(analyser.telling(folded_words(text)))
    return pinned_for(terms, language, current_edition())


class MatchingTests(SearchTestCase):
    def setUp(self):
        self.page = topic("Night cramps")
        self.other = topic("Leg pain")
        pin("Leg cramps at night", self.page)

    def test_order_capitals_endings_and_little_words_make_no_difference(self):
        for text in (
            "leg cramps at night",
            "NIGHT leg cramp",
            "cramp in the leg at night?",
            "legs cramping, nights",
        ):
            assert pinned(text) == (self.page.pk,), text

    def test_a_search_with_more_or_fewer_words_is_another_search(self):
        for text in ("leg cramps", "leg cramps at night pregnant", "", "night"):
            assert pinned(text) == (), text

    def test_several_pages_keep_the_order_in_which_they_were_pinned(self):
        pin("night leg cramp", self.other)
        assert pinned("leg cramps at night") == (self.page.pk, self.other.pk)

    def test_each_language_has_its_own(self):
        assert pinned("leg cramps at night", "es") == ()

    def test_they_are_read_once_and_again_after_a_change(self):
        pinned("leg cramps")
        edition = current_edition()
        with self.assertNumQueries(0):
            assert pinned_for(("leg",), "en", edition) == ()
        bet = pin("leg", self.other)
        assert pinned("legs") == (self.other.pk,)
        bet.delete()
        assert pinned("legs") == ()
        pin("leg", self.other)
        assert pinned("legs") == (self.other.pk,)
        BestBet.objects.filter(words="leg").delete()
        assert pinned("legs") == ()

    def test_a_deleted_page_takes_its_pins_with_it(self):
        self.page.delete()
        assert not BestBet.objects.exists()


class ResultPageTests(SearchTestCase):
    def test_the_pinned_page_stands_first_once(self):
        topic("Muscle cramps")
        page = topic("Stretching")
        topic("Muscle pain")
        assert "Stretching" not in self.titles("muscle cramps")
        pin("muscle cramps", page)
        assert self.titles("muscle cramps")[0] == "Stretching"
        pin("muscle cramps", topic("Muscle cramps at night"))
        titles = self.titles("muscle cramp")
        assert titles[:2] == ["Stretching", "Muscle cramps at night"]
        assert len(titles) == len(set(titles))

    def test_it_is_marked_as_recommended(self):
        page = topic("Stretching")
        self.assertNotContains(self.ask("muscle cramps"), "Recommended")
        pin("muscle cramps", page)
        self.assertContains(self.ask("muscle cramps"), "Recommended", count=1)

    def test_pages_that_are_not_published_are_never_shown(self):
        now = timezone.now()
        draft = make_topic("A draft")
        pages = {
            draft: {},
            publish_at_once(make_topic("Expired")): {
                "expire_at": now - timedelta(days=1)
            },
            publish_at_once(make_topic("Scheduled")): {
                "go_live_at": now + timedelta(days=1)
            },
            publish_at_once(make_topic("Withdrawn")): {"live": False},
        }
        for page, fields in pages.items():
            type(page).objects.filter(pk=page.pk).update(**fields)
            pin("muscle cramps", page)
        response = self.ask("muscle cramps")
        for page in pages:
            self.assertNotContains(response, page.title)
        self.assertNotContains(response, "Recommended")


class DeskTests(PortalTestCase):
    def setUp(self):
        self.page = topic("Night cramps")
        self.list = reverse("wagtailsnippets_education_bestbet:list")
        self.add = reverse("wagtailsnippets_education_bestbet:add")
        self.sign_in(self.vera)

    def send(self, **changes):
        form = {
            "words": "  Leg  Cramps ",
            "page": self.page.pk,
            "language": "en",
            "note": "",
        }
        return self.client.post(self.add, form | changes)

    def test_a_vocabulary_manager_pins_a_page_and_takes_it_down(self):
        assert self.send().status_code == 302
        bet = BestBet.objects.get()
        assert (bet.words, bet.page_id) == ("leg cramps", self.page.pk)
        self.assertContains(self.client.get(self.list), "Night cramps")
        name = "wagtailsnippets_education_bestbet:delete"
        self.client.post(reverse(name, args=[bet.pk]))
        assert not BestBet.objects.exists()

    def test_what_makes_no_sense_is_said(self):
        self.send()
        self.assertContains(self.send(), "pinned for these words already")
        self.assertContains(self.send(words="?!"), "at least one word")
        self.assertContains(self.send(page=""), "required")
        self.assertContains(self.send(page=self.page.get_parent().pk), "error-message")
        assert BestBet.objects.count() == 1

    def test_only_pages_of_the_same_language_can_be_pinned(self):
        self.assertContains(self.send(language="es"), "in another language")
        spanish = Locale.objects.create(language_code="es")
        type(self.page).objects.filter(pk=self.page.pk).update(locale=spanish)
        with self.assertRaisesMessage(ValidationError, "in another language"):
            pin("calambres", self.page, "en")
        pin("calambres", self.page, "es")

    def test_only_clinical_pages_can_be_chosen(self):
        response = self.client.get(self.add)
        self.assertContains(response, "education.clinicalpage")

    def test_leads_pin_too_and_others_do_not(self):
        self.sign_in(self.lea)
        assert self.send().status_code == 302
        for person in (self.ana, self.ben):
            self.sign_in(person)
            assert self.client.get(self.list).status_code in (302, 403)
            self.send(words="night")
        assert BestBet.objects.count() == 1

    def test_the_list_says_which_pages_readers_do_not_see(self):
        pin("leg", make_topic("A draft"))
        pin("night cramps", self.page)
        response = self.client.get(self.list)
        self.assertContains(response, "(not published)", count=1)

    def test_every_process_hears_of_a_change(self):
        before = current_edition()
        self.send()
        assert current_edition() != before
        assert SearchEdition.objects.count() == 1

    def test_the_list_is_downloaded_without_formulas(self):
        self.send(words="=1+1 cramps")
        said = self.client.get(f"{self.list}?export=csv").getvalue().decode()
        assert "'=1+1 cramps" in said
        assert "Night cramps" in said
