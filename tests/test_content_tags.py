"""Tags come along with their pages when somebody who may add tags brings them."""

from __future__ import annotations

import tomllib

from education.models import Tag, TagLabel, TopicPage
from education.vocabulary import TagGroup
from tests.carrying import OutAndIn
from tests.factories import make_tag


class TagsThatComeAlongTests(OutAndIn):
    ROWS = (
        '[[tags]]\nslug = "calf"\nlabel = "Calf"\ngroup = "body_area"\n'
        'description = "Lower leg."\nbody_places = ["lower_leg"]\n'
        'labels = {es = "Pantorrilla"}\n'
    )

    def setUp(self):
        super().setUp()
        self.write("tags.toml", self.ROWS)
        self.write_topic(more='tags = ["calf"]')

    def test_are_made_by_whoever_may_add_tags(self):
        assert self.load(by="sam")[0] == 0
        tag = Tag.objects.get()
        assert (tag.name, tag.group) == ("Calf", TagGroup.BODY_AREA)
        assert tag.body_places == ["lower_leg"]
        assert tag.label_in("es") == "Pantorrilla"
        assert list(TopicPage.objects.get().tags.all()) == [tag]

    def test_are_refused_where_an_author_brings_them(self):
        status, said = self.load(by="ana")
        assert status == 1
        assert 'may not add tags, so "calf" was not made.' in said
        assert 'topics/cramps.toml: There is no tag "calf".' in said
        assert not Tag.objects.exists()
        assert TopicPage.objects.get().tags.count() == 0

    def test_are_refused_where_nobody_is_named(self):
        status, said = self.load(by=None)
        assert status == 1
        assert 'Nobody was named who may add tags, so "calf" was not made.' in said

    def test_stay_as_they_are_where_they_are_there(self):
        tag = make_tag("Calf", TagGroup.CONDITION)
        assert self.load(by="ana")[0] == 0
        tag.refresh_from_db()
        assert tag.group == TagGroup.CONDITION

    def test_a_merged_one_becomes_its_successor(self):
        legs = make_tag("Legs")
        Tag.every.create(name="Calf", slug="calf", group=legs.group, merged_into=legs)
        assert self.load(by="ana")[0] == 0
        assert list(TopicPage.objects.get().tags.all()) == [legs]

    def test_go_out_with_their_words_in_other_languages(self):
        tag = make_tag("Back")
        TagLabel.objects.create(tag=tag, language="es", label="Espalda")
        self.export(to="again")
        written = tomllib.loads((self.scratch / "again/tags.toml").read_text())
        assert written["tags"][0]["labels"] == {"es": "Espalda"}

    def test_keep_their_order_on_a_page(self):
        for name in ("Zeta", "Alpha", "Mid"):
            make_tag(name)
        self.write_topic("order", 'tags = ["zeta", "alpha", "mid"]')
        self.load()
        self.export(to="again")
        written = (self.scratch / "again/topics/order.toml").read_text()
        assert tomllib.loads(written)["tags"] == ["zeta", "alpha", "mid"]
