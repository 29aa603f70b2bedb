"""What differs between two versions of a page, in words that a clinician reads."""

from django.contrib.contenttypes.models import ContentType

from education.models.differences import differences, named_differences
from tests.factories import (
    PortalTestCase,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
)


def answer(*texts: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{text}</p>") for text in texts]


class DifferencesTests(PortalTestCase):
    def setUp(self):
        self.page = make_question()
        self.before = self.content()

    def content(self):
        return self.page.save_revision(user=self.ana).content

    def short(self) -> str:
        return differences(self.before, self.content()).in_short()

    def test_the_same_words_differ_in_nothing(self):
        found = differences(self.before, self.content())
        assert not found
        assert found.in_short() == "Nothing changed"

    def test_changed_words_are_counted_by_passage(self):
        self.page.short_answer = "A muscle that suddenly tightens all by itself."
        assert self.short() == "Short answer changed: 2 words added"

    def test_words_that_are_gone_are_counted_apart(self):
        self.page.short_answer = "Muscle that lets go."
        assert self.short() == "Short answer changed: 3 words added, 5 removed"

    def test_a_long_text_counts_only_what_changed_in_it(self):
        sentences = [f"This is sentence number {number}." for number in range(400)]
        self.page.answer = answer(" ".join(sentences))
        self.before = self.content()
        sentences[200] = "This is quite another sentence."
        self.page.answer = answer(" ".join(sentences))
        assert self.short() == "Answer changed: 3 words added, 3 removed"

    def test_a_text_that_is_wholly_new_is_counted_all_the_same(self):
        self.page.answer = answer(" ".join(f"old{n}" for n in range(900)))
        self.before = self.content()
        self.page.answer = answer(" ".join(f"new{n}" for n in range(950)))
        assert self.short() == "Answer changed: 950 words added, 900 removed"

    def test_what_stands_beside_the_text_is_named(self):
        self.page.tags.add(make_tag("Leg"))
        self.page.slug = "cramps"
        found = self.short()
        assert found == "Address, Tags changed"

    def test_many_places_are_named_in_part(self):
        self.page.title = "What is a spasm?"
        self.page.summary = "Another."
        self.page.short_answer = "It tightens."
        self.page.slug = "spasm"
        self.page.references.first().delete()
        assert self.short().startswith(
            "Question, Summary, Short answer and 2 more changed"
        )

    def test_a_source_that_moved_elsewhere_shows_both_addresses(self):
        reference = self.page.references.get()
        reference.url = "https://medlineplus.gov/other.html"
        self.page.references.add(reference)
        text = differences(self.before, self.content()).as_text()
        assert "Sources:\n  - Muscle cramps, MedlinePlus, https://medline" in text
        assert "  + Muscle cramps, MedlinePlus, https://medlineplus.gov/other" in text

    def test_another_link_under_the_same_words_is_a_difference(self):
        self.page.answer = answer('<a href="https://example.org/a">Read on.</a>')
        self.before = self.content()
        self.page.answer = answer('<a href="https://example.org/b">Read on.</a>')
        assert self.short() == "Answer changed"

    def test_another_order_is_a_difference(self):
        self.page.answer = answer("One.", "Two.")
        self.before = self.content()
        self.page.answer = answer("Two.", "One.")
        assert differences(self.before, self.content())

    def test_a_choice_is_shown_by_its_label(self):
        self.page.scope = "self_care"
        text = differences(self.before, self.content()).as_text()
        assert "  - General information\n  + Self-care" in text

    def test_what_changed_is_no_words_of_the_page(self):
        self.page.change_note = "Said more clearly."
        assert not differences(self.before, self.content())

    def test_every_kind_of_page_can_be_compared(self):
        for page, name in (
            (make_topic("Spasms"), "summary"),
            (make_medicine(), "too_much"),
        ):
            before = page.save_revision(user=self.ana).content
            setattr(page, name, "It is different now.")
            assert differences(before, page.save_revision(user=self.ana).content)

    def test_comparing_asks_the_database_nothing(self):
        self.page.short_answer = "A muscle that will not let go."
        self.page.tags.add(make_tag("Leg"))
        after = self.content()
        ContentType.objects.get_for_id(after["content_type"])
        with self.assertNumQueries(0):
            differences(self.before, after).in_short()

    def test_tags_and_topics_can_be_named(self):
        self.page.tags.add(make_tag("Leg"))
        other = make_topic("Spasms")
        row = self.page.topic_rows.get()
        row.topic = other
        self.page.topic_rows.add(row)
        text = named_differences(self.before, self.content()).as_text()
        assert "Tags:\n  + Leg" in text
        assert "  + Spasms" in text

    def test_a_long_difference_is_cut_between_lines(self):
        self.page.answer = answer(*(f"Sentence {number}." for number in range(500)))
        text = differences(self.before, self.content()).as_text(most=300)
        assert len(text) < 400
        assert text.endswith("... The rest is on the page to compare.")
