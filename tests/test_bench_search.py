"""What `make bench-search` measures on is a portal like any other, only made up."""

from __future__ import annotations

from collections import Counter

from wagtail.models import Page, Revision

from bench.search_corpus import index, load
from bench.search_queries import SEARCHES, SUGGESTIONS, queries
from bench.search_stock import index_texts, stock_search
from bench.search_words import TAGS, own_word, vocabulary, written
from education.models import Alias, ClinicalPage, SearchDocument, Tag
from education.search.comparison import differences
from tests.factories import make_topic
from tests.searching import SearchTestCase

WORDS = 60


class CorpusTests(SearchTestCase):
    def setUp(self):
        self.new = load(50, WORDS)
        index(self.new)

    def test_holds_what_it_says(self):
        pages = ClinicalPage.objects.live()
        assert set(pages.values_list("pk", flat=True)) == set(self.new)
        assert len(self.new) == 50
        kinds = Counter(pages.values_list("kind", flat=True))
        assert kinds == {"topic": 30, "question": 15, "medicine": 5}
        assert Tag.objects.count() == TAGS
        assert Alias.objects.count() == 100
        assert not Revision.objects.exists()
        text = " ".join(written(7, WORDS).passages).replace(".", "").split()
        assert len(text) == WORDS

    def test_the_tree_is_sound_and_every_page_can_be_read(self):
        assert not any(Page.find_problems())
        for page in ClinicalPage.objects.all()[::10]:
            response = self.client.get(page.address)
            self.assertContains(response, page.title)

    def test_search_knows_of_each_page_what_it_says(self):
        assert SearchDocument.objects.count() == 50
        assert list(differences()) == []
        title = written(20, WORDS).title
        assert self.titles(own_word(20)) == [title]

    def test_grows_from_size_to_size(self):
        more = load(70, WORDS)
        assert len(more) == 20
        assert load(70, WORDS) == []
        assert not any(Page.find_problems())
        titles = ClinicalPage.objects.order_by("pk").values_list("title", flat=True)
        assert list(titles) == [written(n, WORDS).title for n in range(1, 71)]

    def test_people_can_go_on_writing_in_it(self):
        page = self.publish(make_topic("Written by hand"))
        assert self.client.get(page.address).status_code == 200
        assert not any(Page.find_problems())

    def test_wagtails_own_search_reads_the_whole_text(self):
        index_texts(WORDS)
        (page,) = stock_search(own_word(20))
        assert ClinicalPage.objects.get(pk=page).title == written(20, WORDS).title


class WordsTests(SearchTestCase):
    def test_are_the_same_at_every_run(self):
        assert written(1, 12).title == "Hepirema stelimora"
        assert len(set(vocabulary())) == len(vocabulary()) == 60_000

    def test_there_are_queries_of_every_class(self):
        asked = queries(1000, WORDS)
        assert asked.keys() == {*SEARCHES, *SUGGESTIONS}
        assert all(len(texts) == 5 and all(texts) for texts in asked.values())
