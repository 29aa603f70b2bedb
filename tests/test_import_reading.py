"""Reading files to import: what becomes a line, and what is said of the rest."""

from __future__ import annotations

import hashlib

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

from education.import_vocabulary import LineRole, SourceFormat, SourceRights
from education.importer.reading import ACCEPTED, read_file
from education.importer.sources import FileRefused, SourceDocument
from tests.import_files import part_of, saved, topics, with_part, word, workbook

MAIN = "word/document.xml"
TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r>"
)


def texts(document: SourceDocument) -> list[str]:
    return [line.text for line in document.lines]


def roles(document: SourceDocument) -> list[tuple[str, str]]:
    return [(line.role.value, line.text) for line in document.lines]


class TestEveryFile:
    def test_has_the_hash_of_its_bytes_and_lines_numbered_from_one(self) -> None:
        content = b"What is gout?\n\nSwelling.\n"
        read = read_file("gout.txt", content)
        assert read.sha256 == hashlib.sha256(content).hexdigest()
        assert [line.number for line in read.lines] == [1, 2, 3]
        assert [line.place for line in read.lines] == ["line 1", "line 2", "line 3"]
        assert (read.format, read.rights) == (
            SourceFormat.TEXT,
            SourceRights.UNKNOWN,
        )

    def test_may_be_of_each_kind_that_the_form_accepts(self) -> None:
        assert {".txt", ".md", ".html", ".docx", ".csv", ".xlsx", ".xml"} <= set(
            ACCEPTED
        )

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("C:\\Users\\me\\gout.txt", "gout.txt"),
            ("../../etc/gout.TXT", "gout.TXT"),
            ("go\x00ut\n\u202e.txt", "gout.txt"),
            ("g" * 300 + ".txt", "g" * 196 + ".txt"),
        ],
    )
    def test_keeps_of_its_name_only_what_shows(self, name: str, kept: str) -> None:
        assert read_file(name, b"Rest helps.").name == kept


class TestPlainText:
    def test_ends_lines_as_any_system_does(self) -> None:
        read = read_file("a.txt", "a\r\nb\rc\u2028d\n\ne".encode())
        assert texts(read) == ["a", "b", "c", "d", "", "e"]

    def test_keeps_each_line_as_it_stands(self) -> None:
        assert texts(read_file("a.txt", b"  - Rest. \t\n")) == ["  - Rest. \t"]

    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "latin-1"],
    )
    def test_is_read_in_any_encoding(self, encoding: str) -> None:
        text = "¿Qué es un calambre? Un dolor súbito, más o menos fuerte."
        assert texts(read_file("a.txt", text.encode(encoding))) == [text]


class TestMarkdown:
    def test_gives_a_line_for_each_block_without_its_marks(self) -> None:
        text = (
            "# Gout *care*\n\nWhat is **gout**?\nIt `hurts` a [lot](http://x.org).\n\n"
            "- One\n- Two\n  1. Inner\n\n> Said\n"
        )
        read = read_file("a.md", text.encode())
        assert roles(read) == [
            ("heading", "Gout care"),
            ("plain", "What is gout? It hurts a lot."),
            ("bullet", "One"),
            ("bullet", "Two"),
            ("bullet", "Inner"),
            ("plain", "Said"),
        ]
        assert [line.number for line in read.lines] == [1, 2, 3, 4, 5, 6]
        assert read.lines[1].place == "line 3"

    def test_says_that_settings_at_the_top_are_left_out(self) -> None:
        read = read_file("a.md", b"---\ntitle: x\n---\nRest helps.\n")
        assert texts(read) == ["Rest helps."]
        assert read.left_out == ("Left out: the settings at the top of the file.",)

    def test_has_no_scripts(self) -> None:
        text = b"a\n\n<script>\nalert(1)\n</script>\n\nb <script>alert(2)</script> c\n"
        assert texts(read_file("a.md", text)) == ["a", "b c"]


class TestWebPage:
    def test_gives_what_a_reader_sees(self) -> None:
        page = (
            "<!doctype html><html><head><title>T</title><style>p{}</style></head><body>"
            "<h2>Gout <small>care</small></h2><script>alert('<p>x')</script>"
            "<p>Rest <b>helps</b> a&nbsp;lot &amp; more.<br>Ice too.</p>"
            "<ul><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ul>loose"
            "<!-- no --><noscript>no</noscript></body></html>"
        )
        assert roles(read_file("a.html", page.encode())) == [
            ("heading", "Gout care"),
            ("plain", "Rest helps a lot & more."),
            ("plain", "Ice too."),
            ("bullet", "One"),
            ("bullet", "Inner"),
            ("bullet", "Two"),
            ("plain", "loose"),
        ]

    def test_says_what_it_left_out(self) -> None:
        page = (
            "<html><p>Rest.</p><nav>Home</nav><form>Name <input></form>"
            "<p hidden>a</p><p style='display: none'>b</p><i aria-hidden='true'>c</i>"
            "<div hidden></div></html>"
        )
        read = read_file("a.html", page.encode())
        assert texts(read) == ["Rest."]
        assert set(read.left_out) == {
            "Left out: 1 part of menus.",
            "Left out: 1 part of forms.",
            "Left out: 3 parts that a reader of the page does not see.",
        }

    def test_knows_questions_that_open_and_tables_of_answers(self) -> None:
        page = (
            "<html><details><summary>Why?</summary>Because.</details>"
            "<h3><button>Is it?</button></h3>"
            "<table><tr><th>Question<th>Answer<tr><td>How?<td><p>So.</p><p>Yes.</p>"
            "</table><table><tr><td>10<td>twice</table></html>"
        )
        assert roles(read_file("a.html", page.encode())) == [
            ("question", "Why?"),
            ("plain", "Because."),
            ("heading", "Is it?"),
            ("question", "How?"),
            ("answer", "So.\nYes."),
            ("plain", "10"),
            ("plain", "twice"),
        ]

    def test_is_read_in_the_encoding_that_it_names(self) -> None:
        page = "<html><meta charset='iso-8859-1'><p>Más señal</html>"
        assert texts(read_file("a.html", page.encode("cp1252"))) == ["Más señal"]


class TestWordDocument:
    def test_gives_headings_paragraphs_and_list_items(self) -> None:
        content = word(
            ("Title", "Gout"),
            ("Heading 2", "Care"),
            "",
            "Rest.",
            ("List Bullet", "Ice"),
            ("List Number", "Wait"),
        )
        read = read_file("a.docx", content)
        assert roles(read) == [
            ("heading", "Gout"),
            ("heading", "Care"),
            ("plain", "Rest."),
            ("bullet", "Ice"),
            ("bullet", "Wait"),
        ]
        assert [line.number for line in read.lines] == [1, 2, 3, 4, 5]

    def test_reads_tables_of_questions_and_answers(self) -> None:
        document = Document()
        table = document.add_table(2, 2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells),
            ("Pregunta", "Respuesta", "¿Qué es?", "Un dolor."),
            strict=True,
        ):
            cell.text = text
        table.cell(1, 1).add_paragraph("Pasa.")
        read = read_file("a.docx", saved(document), "es")
        assert roles(read) == [
            ("question", "¿Qué es?"),
            ("answer", "Un dolor.\nPasa."),
        ]
        assert read.lines[1].place == "table 1, row 2, cell 2"

    def test_loses_no_words_that_were_inserted_or_linked(self) -> None:
        content = word("Rest MARK now.")
        inserted = "</w:t></w:r><w:ins><w:r><w:t>helps</w:t></w:r></w:ins><w:r><w:t>"
        deleted = "<w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
        main = part_of(content, MAIN).replace("MARK", inserted)
        main = main.replace("<w:ins>", f"{deleted}<w:ins>").replace(
            "<w:t> now", '<w:t xml:space="preserve"> now'
        )
        main = main.replace("<w:t>Rest ", '<w:t xml:space="preserve">Rest ')
        read = read_file("a.docx", with_part(content, MAIN, main))
        assert texts(read) == ["Rest helps now."]
        assert read.left_out == ("Left out: 1 deleted passage.",)

    def test_says_that_text_boxes_and_comments_are_left_out(self) -> None:
        document = Document()
        paragraph = document.add_paragraph("Rest.")
        document.add_comment(paragraph.runs, text="Is that so?")
        paragraph._p.append(parse_xml(TEXT_BOX))
        read = read_file("a.docx", saved(document))
        assert texts(read) == ["Rest."]
        assert read.left_out == ("Left out: 1 text box.", "Left out: comments.")


class TestTable:
    @pytest.mark.parametrize(
        "header", [("Question", "Answer", "Topic"), ("PREGUNTA", "Respuesta:", "Tema")]
    )
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_finds_its_columns_by_name(
        self, header: tuple[str, ...], separator: str
    ) -> None:
        rows = (header, ("What is gout?", '"Pain, ""here"";\nor there"', "Gout"))
        text = "\r\n".join(separator.join(row) for row in rows)
        read = read_file("a.csv", text.encode("utf-8-sig"))
        assert roles(read) == [
            ("question", "What is gout?"),
            ("answer", 'Pain, "here";\nor there'),
        ]
        assert {line.section for line in read.lines} == {"Gout"}
        assert [line.place for line in read.lines] == ["cell A2", "cell B2"]

    def test_without_header_has_questions_first_and_says_what_is_left(self) -> None:
        read = read_file("a.csv", b"What is gout?,Pain.,me\nWhy?,Acid.,you\n")
        assert [line.role for line in read.lines] == [
            *(LineRole.QUESTION, LineRole.ANSWER) * 2
        ]
        assert read.left_out == ("Left out: column C.",)

    def test_refuses_rows_that_cannot_be_read_and_reads_the_rest(self) -> None:
        text = b"Question,Answer\n,Alone\nWhy?,=A1\nHow?,+1-800-222-1222\nWho?,- Me\n"
        read = read_file("a.csv", text)
        assert texts(read) == ["How?", "+1-800-222-1222", "Who?", "- Me"]
        assert [row.place for row in read.refused] == ["row 2", "row 3"]
        assert "no question" in read.refused[0].why
        assert "formula" in read.refused[1].why

    def test_of_a_workbook_is_read_sheet_by_sheet(self) -> None:
        book = Workbook()
        book.active.title = "Gout"
        book.active.append(["Respuesta", "Pregunta"])
        book.active.append([12.0, "How many?"])
        book.create_sheet("Other").append(["Why?", None])
        hidden = book.create_sheet("Notes")
        hidden.append(["x"])
        hidden.sheet_state = "hidden"
        read = read_file("a.xlsx", saved(book))
        assert [(line.role.value, line.text, line.place) for line in read.lines] == [
            ("answer", "12", "Gout, cell A2"),
            ("question", "How many?", "Gout, cell B2"),
            ("question", "Why?", "Other, cell A1"),
        ]
        assert read.left_out == ("Left out: the hidden sheet Notes.",)

    def test_of_a_workbook_never_asks_what_a_formula_comes_to(self) -> None:
        content = workbook([["Question", "Answer"], ["Why?", "=1+1"], ["How?", "So."]])
        read = read_file("a.xlsx", content)
        assert texts(read) == ["How?", "So."]
        assert [row.place for row in read.refused] == ["Sheet, row 2"]


GOUT = (
    '<health-topic title="Gout" url="https://medlineplus.gov/gout.html" id="7" '
    'language="English"><also-called>Podagra</also-called><full-summary>&lt;p&gt;It '
    "hurts.&lt;/p&gt;&lt;h3&gt;What causes it?&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;Acid"
    "&lt;/li&gt;&lt;/ul&gt;</full-summary><mesh-heading><descriptor id='D006073'>Gout"
    "</descriptor></mesh-heading><see-reference>Uric acid</see-reference><site "
    "title='t' url='u'><standard-description>Theirs</standard-description></site>"
    "</health-topic>"
)
GOTA = (
    '<health-topic title="Gota" id="8" language="Spanish"><full-summary>&lt;p&gt;Duele.'
    "&lt;/p&gt;</full-summary></health-topic>"
)
DOCTYPE = (
    '<!DOCTYPE health-topics PUBLIC "-//NLM//DTD health-topics //EN" '
    '"https://medlineplus.gov/xml/mplus_topics.dtd">'
)


class TestMedlinePlus:
    def test_gives_the_summaries_of_topics_with_credit(self) -> None:
        read = read_file("m.xml", topics(GOUT, GOTA, before=DOCTYPE))
        assert roles(read) == [
            ("heading", "Gout"),
            ("plain", "It hurts."),
            ("question", "What causes it?"),
            ("bullet", "Acid"),
        ]
        assert {line.section for line in read.lines} == {"Gout"}
        assert read.rights is SourceRights.PUBLIC_DOMAIN
        assert (
            read.credit == "Courtesy of MedlinePlus from the National Library of "
            "Medicine"
        )
        (topic,) = read.topics
        assert (topic.name, topic.identifier) == ("Gout", "7")
        assert topic.also_called == ("Podagra", "Uric acid")
        assert topic.codes == (("D006073", "Gout"),)

    def test_leaves_out_what_belongs_to_other_sites_and_says_so(self) -> None:
        read = read_file("m.xml", topics(GOUT, GOTA))
        assert "Theirs" not in "".join(texts(read))
        assert any("1 description of" in said for said in read.left_out)
        assert any("1 topic in another language" in said for said in read.left_out)

    def test_is_read_in_the_language_asked_for(self) -> None:
        assert texts(read_file("m.xml", topics(GOUT, GOTA), "es")) == ["Gota", "Duele."]
        with pytest.raises(FileRefused, match="no health topics in Spanish"):
            read_file("m.xml", topics(GOUT), "es")

    def test_is_no_other_xml(self) -> None:
        with pytest.raises(FileRefused, match="not a file of MedlinePlus"):
            read_file("m.xml", b"<?xml version='1.0'?><nlmSearchResult/>")
