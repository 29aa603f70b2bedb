"""What the page of results shows of each page, and how it can be narrowed."""

from __future__ import annotations

import re

from education.models import ClinicalPage, FAQPage, SearchDocument
from education.search.finding import MOST_FOUND
from tests.factories import make_question
from tests.searching import SearchTestCase, make_many_topics, publish_at_once, topic

CHOICE = re.compile(
    r'<a href="[^"]*"[^>]*>([^<]+) <span class="count">'
    r'<span class="visually-hidden">, pages: </span>(\d+)</span>'
)


class ContextTests(SearchTestCase):
    def test_matching_words_are_marked_in_the_best_passage(self):
        topic("Cramp", text="Rest first. A banana has potassium. Bananas help nobody.")
        page = self.ask("banana potassium").content.decode()
        assert "A <mark>banana</mark> has <mark>potassium</mark>." in page

    def test_what_the_page_says_of_itself_is_shown_where_it_says_as_much(self):
        topic("Cramp", summary="A cramp is a knot.", text="The cramp goes away.")
        assert "A <mark>cramp</mark> is a knot." in self.ask("cramp").content.decode()

    def test_a_long_passage_is_cut_from_the_sentence_with_the_match_on(self):
        words = "Filling words that go on and on. " * 12
        topic("Cramp", text=f"{words}Do not eat a green banana. {words}")
        page = self.ask("banana").content.decode()
        said = "\u2026 Do not eat a green <mark>banana</mark>. Filling words"
        assert said in page
        assert page.count("Filling words") < 10

    def test_an_item_is_never_shown_without_the_words_that_lead_to_it(self):
        topic("Cramp", text="Never do this:</p><ul><li>eat a banana</li></ul><p>Rest.")
        assert "Never do this: eat a <mark>banana</mark>" in (
            self.ask("banana").content.decode()
        )

    def test_what_is_not_to_be_done_says_so(self):
        page = make_question(
            answer=FAQPage._meta.get_field("answer").to_python(
                [
                    {
                        "type": "dont",
                        "value": {"heading": "", "items": ["eat a green banana"]},
                    }
                ]
            )
        )
        publish_at_once(page)
        said = "Do not eat a green <mark>banana</mark>"
        assert said in self.ask("banana").content.decode()

    def test_marks_of_html_stay_marks(self):
        topic("Cramp", text="Less than 3 &lt;b&gt; bananas &amp; milk.")
        page = self.ask("bananas").content.decode()
        assert "Less than 3 &lt;b&gt; <mark>bananas</mark> &amp; milk." in page

    def test_the_words_of_another_edition_than_the_public_one_are_not_shown(self):
        page = topic("Cramp", text="A banana a day.")
        assert "A <mark>banana</mark> a day." in self.ask("banana").content.decode()
        SearchDocument.objects.filter(page_id=page.pk).update(revision_id=4711)
        answer = self.ask("banana").content.decode()
        assert "a day" not in answer
        assert "In plain words." in answer


class NarrowingCountsTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic("Cramp", "Calf", "Pain")
        topic("Night cramp", "Calf")
        publish_at_once(make_question("What is a cramp?"), "Calf")
        publish_at_once(make_question("Does a cramp hurt?"))

    def choices(self, **more: str) -> dict[str, int]:
        page = self.ask("cramp", **more).content.decode()
        return {label.strip(): int(count) for label, count in CHOICE.findall(page)}

    def test_the_counts_of_the_kinds_add_up(self):
        counts = self.choices()
        assert counts["All"] == counts["Health topics"] + counts["Questions"] == 4

    def test_each_count_is_what_the_choice_leads_to(self):
        counts = self.choices()
        assert counts["Questions"] == len(self.titles("cramp", kind="question"))
        assert counts["Calf"] == len(self.titles("cramp", tag="calf"))
        assert self.choices(tag="calf")["All"] == counts["Calf"]
        assert self.choices(kind="topic")["Pain"] == 1

    def test_a_tag_that_all_of_them_carry_is_no_choice(self):
        assert "Calf" not in self.choices(kind="topic")


class NothingFoundTests(SearchTestCase):
    def test_near_tags_and_topics_are_ways_on(self):
        topic("Sore legs", "Calf")
        page = self.ask("xylophone calf marimba").content.decode()
        assert "We found no pages with these words." in page
        assert 'href="/tags/calf/"' in page
        assert 'href="/topics/sore-legs/"' in page
        assert "How to get care" in page

    def test_a_tag_that_only_drafts_carry_is_none(self):
        hidden = topic("Sore legs", "Calf")
        ClinicalPage.objects.filter(pk=hidden.pk).update(live=False)
        page = self.ask("xylophone calves").content.decode()
        assert "/tags/calf/" not in page
        assert "/topics/sore-legs/" not in page


class ManyTests(SearchTestCase):
    def test_of_very_many_pages_those_that_fit_best_are_given(self):
        make_many_topics(MOST_FOUND + 30)
        page = self.ask("cramp").content.decode()
        told = "Very many pages have your words. Of those that fit best: "
        assert f"{told}{MOST_FOUND} pages." in page
        assert f"{MOST_FOUND}</span></a>" in page
        assert len(self.titles("cramp", page=str(MOST_FOUND // 10))) == 10
