"""A file that does not fit is named in a sentence, and then nothing is stored."""

from __future__ import annotations

from education.models import ClinicalPage, Tag
from tests.carrying import OutAndIn, run

CARD = "[[care_cards]]\nlevel = {level}\nheading = {heading}\nreasons = {reasons}\n"


class Refusing(OutAndIn):
    def assert_refused(self, *sentences: str, by: str | None = "sam") -> None:
        status, said = self.load(by=by)
        assert status == 2, said
        for sentence in sentences:
            assert sentence in said
        assert not ClinicalPage.objects.exists()
        assert not Tag.objects.exists()


class FilesTests(Refusing):
    def test_broken_toml(self):
        self.write_topic()
        self.write("topics/other.toml", "kind = ")
        self.assert_refused("topics/other.toml: This is no TOML")

    def test_a_file_that_is_no_text(self):
        self.write_topic()
        (self.folder / "topics/other.toml").write_bytes(b"\xff\xfe\x00")
        self.assert_refused("topics/other.toml: This is no text in UTF-8.")

    def test_a_key_that_nobody_knows(self):
        self.write_topic(more='reviewed_by = "Dr. A"')
        self.assert_refused('cramps.toml: The page has the key "reviewed_by"')

    def test_a_key_of_another_kind_of_page(self):
        self.write_topic(more='short_answer = "Yes."')
        self.assert_refused('The page has the key "short_answer", which is not known.')

    def test_a_key_inside_a_row_that_nobody_knows(self):
        self.write_topic(more="")
        self.write_topic("b", more="")
        path = self.folder / "topics/b.toml"
        path.write_text(
            path.read_text() + '[[aliases]]\ntext = "x"\nkind = "brand"\nby = 1\n'
        )
        self.assert_refused('b.toml: The page key "aliases", row 1, has the key "by"')

    def test_wrong_types(self):
        for more, sentence in (
            ("review_interval_months = true", "has to be a whole number"),
            ('related_topics = "cramps"', "has to be a list"),
            ("key_points = 7", "has to be text"),
            ("sections = [{aspect = 1, body = []}]", "has to be one of"),
            ('care_cards = ["x"]', "has to be a group of keys"),
            ("tags = [1]", "has to be text"),
        ):
            with self.subTest(more):
                self.write_topic(more=more)
                self.assert_refused(f"{self.folder}/topics/cramps.toml: ", sentence)

    def test_a_zero_byte(self):
        self.write_topic(more='change_note = "a\\u0000b"')
        self.assert_refused("holds a zero byte, which no database keeps")

    def test_a_key_that_is_not_there(self):
        self.write("tags.toml", "tags = []")
        self.write("topics/a.toml", 'kind = "topic"\nslug = "a"\ntags = []\n')
        self.assert_refused('a.toml: The page has no key "title".')

    def test_a_table_with_cells_for_no_column(self):
        self.write_topic(
            more='sections = [{aspect = "overview", body = [{type = "table", '
            'caption = "c", columns = ["a"], rows = [["1", "2"]]}]}]'
        )
        self.assert_refused("row 1 of the table has 2 cells for 1 columns.")

    def test_a_slug_that_is_not_the_name_of_the_file(self):
        self.write_topic().rename(self.folder / "topics/other.toml")
        self.assert_refused("other.toml: kind and slug do not fit the file.")

    def test_a_link_to_a_file_elsewhere(self):
        outside = self.write_topic()
        outside = outside.rename(self.scratch / "cramps.toml")
        (self.folder / "topics/cramps.toml").symlink_to(outside)
        self.assert_refused("cramps.toml: Links to other places are not followed.")

    def test_a_link_to_a_folder_elsewhere(self):
        self.write_topic()
        (self.folder / "topics").rename(self.scratch / "topics")
        (self.folder / "topics").symlink_to(self.scratch / "topics")
        self.assert_refused("topics: Links to other places are not followed.")

    def test_a_huge_file(self):
        self.write_topic(more="# " + "x" * 2_000_000)
        self.assert_refused("cramps.toml: A page has at most 2,000,000 bytes")

    def test_a_file_nested_without_end(self):
        self.write_topic(more=f"key_points = {'[' * 5_000}{']' * 5_000}")
        self.assert_refused("cramps.toml: ")

    def test_a_page_where_no_pages_lie(self):
        self.write_topic().rename(self.folder / "cramps.toml")
        self.assert_refused("cramps.toml: Pages lie in topics/, questions/, medicines/")

    def test_a_folder_that_is_not_there(self):
        status, said = run("load_content", self.scratch / "nowhere")
        assert (status, "There is no such folder." in said) == (2, True)

    def test_a_folder_of_other_things(self):
        self.write("letter.txt", "Dear doctor")
        self.assert_refused("tags.toml: There is no such file.")

    def test_a_person_whom_nobody_knows(self):
        self.write_topic()
        self.assert_refused('Nobody is named "nobody".', by="nobody")

    def test_a_person_who_may_not_write(self):
        self.write_topic()
        self.assert_refused("may not write pages", by="ben")

    def test_a_language_that_the_portal_does_not_speak(self):
        self.write_topic()
        status, said = self.load("--language", "xx")
        assert (status, 'In the language "xx" there is no section' in said) == (2, True)

    def test_every_file_that_does_not_fit_is_named_at_once(self):
        self.write_topic("a", more="key_points = 7")
        self.write_topic("b", more="key_points = 7")
        self.assert_refused("a.toml: ", "b.toml: ")


class RulesOfDraftsTests(Refusing):
    """What the editing form asks of every draft is asked of files as well."""

    def test_an_emergency_card_holds_no_link(self):
        card = CARD.format(
            level='"emergency"', heading='"Call now if:"', reasons='["it hurts"]'
        )
        path = self.write_topic()
        path.write_text(
            f"{path.read_text()}{card}action = '<p><a href=\"https://x.org\">x</a></p>'"
        )
        self.assert_refused("cramps.toml: ", "An emergency card may not hold a link")

    def test_a_title_has_an_end(self):
        path = self.write_topic()
        path.write_text(path.read_text().replace("Cramps", "x" * 300))
        self.assert_refused('cramps.toml: "title": ', "255")

    def test_a_code_exists(self):
        path = self.write_topic()
        code = '[[codes]]\nsystem = "icd-10-cm"\ncode = "Q99.Z"\ndisplay = "x"\n'
        path.write_text(path.read_text() + code)
        self.assert_refused('cramps.toml: "code": ')

    def test_a_question_is_asked_once(self):
        self.write("tags.toml", "tags = []")
        for slug, title in (("a", "What is it?"), ("b", "What is it")):
            self.write(
                f"questions/{slug}.toml",
                f'kind = "question"\nslug = "{slug}"\ntitle = "{title}"\n'
                'summary = ""\ntags = []\n',
            )
        self.assert_refused('questions/b.toml: "title": This question is here already')

    def test_an_address_is_a_word(self):
        self.write_topic("a b")
        self.assert_refused('topics/a b.toml: "slug": ')

    def test_an_unfinished_draft_is_let_in(self):
        card = CARD.format(level='""', heading='""', reasons="[]")
        path = self.write_topic()
        path.write_text(path.read_text() + card)
        assert self.load()[0] == 0
