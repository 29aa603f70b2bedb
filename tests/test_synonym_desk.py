"""The desk of synonyms: which ones make sense, and who keeps them."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from education.models import Brand, Synonym
from education.search.editions import current_edition
from education.vocabulary import SynonymKind
from tests.factories import PortalTestCase, make_medicine


class WithoutSynonyms(PortalTestCase):
    """Without those that every portal begins with."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Synonym.objects.all().delete()


def synonym(words: str, means: str, **fields) -> Synonym:
    row = Synonym(
        **{"words": words, "means": means, "kind": SynonymKind.LAY_TERM} | fields
    )
    row.full_clean()
    row.save()
    return row


class SenseTests(WithoutSynonyms):
    def refused(self, words: str, means: str, why: str, **fields) -> None:
        with self.assertRaisesMessage(ValidationError, why):
            synonym(words, means, **fields)

    def test_both_sides_hold_a_word(self):
        for nothing in ("?", " - ", "…"):
            self.refused(nothing, "cramp", "at least one word")
            self.refused("cramp", nothing, "at least one word")
        synonym("b12", "cobalamin")

    def test_the_sides_differ(self):
        self.refused("Charley horse", "charley-HORSE", "the same words")

    def test_spaces_make_no_difference(self):
        row = synonym("  charley   horse ", " muscle cramp")
        assert (row.words, row.means) == ("charley horse", "muscle cramp")
        self.refused("Charley-horse", "muscle cramp", "There is such a synonym already")
        synonym("charley horse", "leg cramp")
        synonym("charley horse", "muscle cramp", language="es")

    def test_what_works_both_ways_is_not_written_twice(self):
        both = synonym("anemia", "anaemia", both_ways=True)
        self.refused("anaemia", "anemia", "works both ways")
        both.note = "Spelling"
        both.full_clean()
        synonym("tummy", "abdomen")
        self.refused("abdomen", "tummy", "work both ways instead", both_ways=True)

    def test_two_rows_that_lead_one_way_each_are_let_be(self):
        synonym("tummy", "abdomen")
        synonym("abdomen", "tummy")


class MedicineTests(WithoutSynonyms):
    def setUp(self):
        ibuprofen = make_medicine()
        Brand.objects.create(page=ibuprofen, name="Advil")
        Brand.objects.create(page=ibuprofen, name="Motrin IB")
        naproxen = make_medicine("Naproxen", generic_name="naproxen sodium")
        Brand.objects.create(page=naproxen, name="Aleve")
        Brand.objects.create(page=naproxen, name="Cold Max")
        Brand.objects.create(page=ibuprofen, name="Cold Max")

    def test_no_synonym_leads_from_one_medicine_to_another(self):
        for words, means in (
            ("advil", "naproxen"),
            ("ADVIL", "aleve"),
            ("ibuprofen", "Naproxen Sodium"),
            ("motrin-ib", "aleve"),
            ("advil tablets", "naproxen dose"),
        ):
            for both_ways in (False, True):
                with self.assertRaisesMessage(ValidationError, "different medicines"):
                    synonym(words, means, both_ways=both_ways)
        assert not Synonym.objects.exists()

    def test_a_medicine_may_have_other_names(self):
        synonym("advil", "ibuprofen")
        synonym("motrin ib", "advil")
        synonym("advill", "ibuprofen")
        synonym("nurofen", "ibuprofen")
        synonym("cold max", "naproxen")
        synonym("anti inflammatory", "naproxen")
        synonym("advile", "aleve plus")

    def test_a_name_inside_another_word_is_no_name(self):
        synonym("advilement", "naproxen")


class DeskTests(WithoutSynonyms):
    def setUp(self):
        self.list = reverse("wagtailsnippets_education_synonym:list")
        self.add = reverse("wagtailsnippets_education_synonym:add")
        self.sign_in(self.vera)

    def send(self, **changes):
        form = {
            "words": "charley horse",
            "means": "muscle cramp",
            "language": "en",
            "kind": "lay_term",
            "note": "",
        }
        return self.client.post(self.add, form | changes)

    def test_a_vocabulary_manager_adds_changes_and_deletes(self):
        assert self.send().status_code == 302
        row = Synonym.objects.get()
        where = {"args": [row.pk]}
        edit = reverse("wagtailsnippets_education_synonym:edit", **where)
        form = self.client.get(edit).context["form"]
        self.client.post(edit, form.initial | {"means": "leg cramp", "note": ""})
        assert Synonym.objects.get().means == "leg cramp"
        self.client.post(reverse("wagtailsnippets_education_synonym:delete", **where))
        assert not Synonym.objects.exists()

    def test_what_makes_no_sense_comes_back_with_the_reason(self):
        response = self.send(means="?")
        self.assertContains(response, "at least one word")
        assert response.context["form"]["words"].value() == "charley horse"

    def test_names_of_medicines_that_have_no_page_here_are_asked_about(self):
        asked = {"words": "zanaflex", "means": "baclofen", "kind": "brand"}
        page = self.send(**asked)
        self.assertContains(page, "Both sides are names of medicines.")
        assert not Synonym.objects.exists()
        self.send(**asked | {"means": "tizanidine", "one_medicine": "on"})
        assert str(Synonym.objects.get()) == "zanaflex → tizanidine"

    def test_the_list_is_searched_and_filtered(self):
        self.send()
        self.send(words="anemia", means="anaemia", kind="spelling")
        self.send(words="panza", means="abdomen", language="es")
        for query, found in {
            "q=horse": {"charley horse"},
            "q=anaemia": {"anemia"},
            "kind=spelling": {"anemia"},
            "language=es": {"panza"},
            "": {"charley horse", "anemia", "panza"},
        }.items():
            rows = self.client.get(f"{self.list}?{query}").context["object_list"]
            assert {row.words for row in rows} == found, query

    def test_leads_keep_them_too_and_others_do_not(self):
        self.sign_in(self.lea)
        assert self.send().status_code == 302
        for person in (self.ana, self.ben):
            self.sign_in(person)
            assert self.client.get(self.list).status_code in (302, 403)
            self.send(words="tummy")
        assert Synonym.objects.count() == 1

    def test_every_process_hears_of_a_change(self):
        before = current_edition()
        self.send()
        added = current_edition()
        assert added != before
        Synonym.objects.all().delete()
        assert current_edition() != added

    def test_the_list_is_downloaded_without_formulas(self):
        self.send(words="=1+1")
        said = self.client.get(f"{self.list}?export=csv").getvalue().decode()
        assert "'=1+1" in said
