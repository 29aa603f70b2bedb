"""What a member of the public finds by typing words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from education.vocabulary import Kind
from tests.factories import make_medicine, make_question, section
from tests.searching import (
    SearchTestCase,
    make_many_topics,
    publish_at_once,
    rebuild_all,
    titles_on,
    topic,
)


class WordsTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Muscle cramp", text="Take 7.5 mg or 1,000 mg. Vitamin B12 and 1e5.")
        topic("Spasms", also=["Migraña", "L'Hermitte's sign"])
        topic("X-ray", text="The long-acting kind. Dose in &micro;g.")

    def test_many_finds_one_and_one_finds_many(self):
        assert self.titles("cramps") == ["Muscle cramp"]
        assert self.titles("cramping") == ["Muscle cramp"]
        assert self.titles("spasm") == ["Spasms"]

    def test_case_and_accents_do_not_matter(self):
        assert self.titles("MIGRANA") == ["Spasms"]
        assert self.titles("Crámp") == ["Muscle cramp"]

    def test_apostrophes_do_not_matter(self):
        for written in ("l'hermitte's", "L\u2019Hermitte", "lhermitte", "lhermittes"):
            assert self.titles(written) == ["Spasms"], written

    def test_a_hyphen_may_be_left_out_or_be_a_space(self):
        for written in ("x-ray", "x ray", "xray", "x\u2011rays", "longacting"):
            assert self.titles(written) == ["X-ray"], written

    def test_numbers_are_words(self):
        for number in ("7.5", "7,5", "1000", "1,000 mg", "b12", "1e5"):
            assert self.titles(number) == ["Muscle cramp"], number
        assert self.titles("7.6") == []

    def test_a_microgram_is_not_a_milligram(self):
        assert self.titles("\u03bcg") == ["X-ray"]
        assert self.titles("mcg") == ["X-ray"]

    def test_little_words_do_not_narrow_what_is_found(self):
        assert self.titles("what is a cramp") == ["Muscle cramp"]

    def test_little_words_alone_are_looked_for(self):
        assert self.titles("the") == ["X-ray"]


class OrderTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("E", text="Ice " + "and ice " * 30)
        topic("D", summary="About ice.")
        topic("C", "Ice")
        topic("B", also=["Ice"])
        topic("Ice")

    def test_title_then_other_words_then_tags_then_summary_then_text(self):
        assert self.titles("ice") == ["Ice", "B", "C", "D", "E"]

    def test_the_title_that_is_nearly_the_question_comes_first(self):
        publish_at_once(make_question("What is ice?"))
        publish_at_once(make_question("Which kinds of ice are there?"))
        assert self.titles("what is ice")[0] == "What is ice?"
        assert self.titles("ice")[0] == "Ice"

    def test_a_text_that_says_it_often_comes_before_one_that_says_it_once(self):
        topic("A", text="Some ice.")
        assert self.titles("ice")[-2:] == ["E", "A"]

    def test_alike_pages_come_by_kind_then_by_title(self):
        publish_at_once(make_medicine("Salve four"))
        for number in ("two", "one", "three"):
            topic(f"Salve {number}")
        assert self.titles("salve") == [
            "Salve one",
            "Salve three",
            "Salve two",
            "Salve four",
        ]


class NamesTests(SearchTestCase):
    def test_a_medicine_is_found_by_brand_and_by_generic_name(self):
        page = make_medicine("Pain tablets", generic_name="ibuprofen")
        publish_at_once(page, brands=["Advil"])
        assert self.titles("advil") == ["Pain tablets"]
        assert self.titles("Ibuprofen") == ["Pain tablets"]

    def test_everything_written_on_a_page_is_found(self):
        publish_at_once(make_medicine(storage="<p>Keep it in the cupboard.</p>"))
        assert self.titles("cupboards") == ["Ibuprofen"]
        assert self.titles("package") == ["Ibuprofen"]  # on a care card

    def test_a_question_shows_its_short_answer(self):
        publish_at_once(make_question(short_answer="A muscle in a knot."))
        assert "A muscle in a knot." in self.ask("cramp").content.decode()


class MostWordsTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Cramp", text="Nothing else.")
        topic("Sweats", text="At night a cramp may come with it.")
        topic("Sleep", text="Nothing else.")

    def test_pages_with_all_words_hide_those_that_only_mention_some(self):
        topic("Naps", text="Sleep at night.")
        assert "Naps" not in self.titles("night cramp")
        assert "Sweats" in self.titles("night cramp")

    def test_a_page_called_by_most_of_the_words_is_not_hidden(self):
        assert self.titles("night cramp")[0] == "Cramp"

    def test_without_any_those_with_most_are_given_and_it_is_said(self):
        topic("Naps", text="Sleep at night.")
        assert sorted(self.titles("night cramp zebra")) == ["Cramp", "Naps", "Sweats"]
        page = self.ask("night cramp zebra").content.decode()
        assert "No page has all of your words. We found 3 pages with some" in page

    def test_nothing_at_all_says_what_to_do_next(self):
        page = self.ask("zebra").content.decode()
        assert "We found no pages with these words." in page
        assert 'href="/a-to-z/"' in page
        assert 'href="/tags/"' in page
        assert "Check the spelling" in page
        assert "call your doctor" in page


class NarrowingTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Cramp", "Calf")
        publish_at_once(make_question("What is a cramp?"), "Calf")
        publish_at_once(make_question("Does a cramp hurt?"))

    def test_by_kind(self):
        assert self.titles("cramp", kind="topic") == ["Cramp"]
        assert len(self.titles("cramp", kind="question")) == 2

    def test_by_tag(self):
        assert self.titles("cramp", tag="calf") == ["Cramp", "What is a cramp?"]
        assert self.titles("cramp", tag="calf", kind="topic") == ["Cramp"]

    def test_the_reader_is_offered_both(self):
        page = self.ask("cramp").content.decode()
        assert 'href="?q=cramp&amp;kind=question"' in page
        assert 'href="?q=cramp&amp;tag=calf"' in page

    def test_narrowing_by_one_keeps_the_other(self):
        page = self.ask("cramp", tag="calf", kind="topic").content.decode()
        assert 'href="?q=cramp&amp;kind=question&amp;tag=calf"' in page
        assert 'href="?q=cramp&amp;kind=topic"' in page

    def test_an_unknown_kind_or_tag_is_refused_in_words_and_left_out(self):
        for name, sentence in (("kind", "that kind of page"), ("tag", "that tag")):
            for value in ("sweets", "a b", "\u00e9" * 300):
                response = self.ask("cramp", **{name: value})
                assert response.status_code == 400
                assert f"We do not know {sentence}" in response.content.decode()
                assert len(self.titles("cramp", **{name: value})) == 3

    def test_of_repeated_parameters_the_last_counts(self):
        response = self.client.get("/search/?q=zebra&q=cramp&kind=sweets&kind=topic")
        assert response.status_code == 200
        assert "1 page found" in response.content.decode()


class PartsTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_many_topics(93)

    def test_the_count_is_right_and_every_page_comes_once(self):
        assert "93 pages found" in self.ask("cramp").content.decode()
        parts = [self.titles("cramp", page=str(number)) for number in range(1, 11)]
        assert [len(part) for part in parts] == [10] * 9 + [3]
        assert len({title for part in parts for title in part}) == 93

    def test_a_part_that_is_not_there_gets_a_sentence_and_the_nearest_one(self):
        for number in ("0", "-1", "abc", "11", "9" * 20, "1.5", "\u0661x"):
            response = self.ask("cramp", page=number)
            assert response.status_code == 200
            assert "The list has no such page." in response.content.decode(), number
        assert self.titles("cramp", page="9" * 20) == self.titles("cramp", page="10")

    def test_links_to_other_parts_keep_the_search(self):
        page = self.ask("cramp & spasm", kind="topic").content.decode()
        assert 'href="?q=cramp+%26+spasm&amp;kind=topic&amp;page=2"' in page


class HiddenPagesTests(SearchTestCase):
    """Whatever the index holds, only what is published now is found."""

    def setUp(self):
        self.page = topic("Cramp")
        assert self.titles("cramp") == ["Cramp"]

    def change(self, **fields: Any) -> None:
        Page.objects.filter(pk=self.page.pk).update(**fields)

    def assert_hidden(self) -> None:
        page = self.ask("cramp").content.decode()
        assert "We found no pages with these words." in page
        assert titles_on(page) == []

    def test_a_page_that_was_taken_off(self):
        self.change(live=False)
        self.assert_hidden()

    def test_a_page_that_has_expired_before_any_job_ran(self):
        self.change(expire_at=timezone.now() - timedelta(seconds=1))
        self.assert_hidden()

    def test_a_page_before_its_time(self):
        self.change(go_live_at=timezone.now() + timedelta(hours=1))
        self.assert_hidden()

    def test_a_private_page_and_one_in_a_private_section(self):
        for place in (self.page, section(Kind.TOPIC)):
            restriction = PageViewRestriction.objects.create(
                page=place, restriction_type="login"
            )
            self.assert_hidden()
            restriction.delete()

    def test_a_page_that_is_gone(self):
        Page.objects.get(pk=self.page.pk).delete()
        self.assert_hidden()

    def test_counts_leave_them_out(self):
        topic("Another cramp")
        self.change(live=False)
        assert "1 page found" in self.ask("cramp").content.decode()

    def test_a_page_of_another_language(self):
        spanish = Locale.objects.create(language_code="es")
        self.change(locale=spanish)
        rebuild_all()
        self.assert_hidden()
