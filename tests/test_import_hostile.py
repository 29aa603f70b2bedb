"""Files that want to do harm: a sentence each, in little time and memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from education.importer.reading import ACCEPTED, LARGEST_FILE, read_file
from education.importer.sources import FileRefused, SourceDocument
from tests.import_files import (
    CONTENT_TYPES,
    bomb,
    part_of,
    topics,
    with_part,
    word,
    workbook,
    zipped,
)

ROOT = Path(__file__).resolve().parent.parent
LAUGHS = (
    '<!DOCTYPE t [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
    + "]>"
)
OUTSIDE = '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOUT = (
    '<health-topic title="Gout" id="7" language="English"><full-summary>{}'
    "</full-summary></health-topic>"
)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "word/document.xml"
DOCUMENT = word("Rest helps.")
BOOK = workbook([["Question", "Answer"], ["Why?", "So."]])


def declaring(package: bytes, part: str, declaration: str) -> bytes:
    """The package with a document type declared in one part."""
    before, sign, after = part_of(package, part).partition("?>")
    if not sign:
        before, sign, after = "<?xml version='1.0'", "?>", before
    return with_part(package, part, f"{before}{sign}{declaration}{after}")


def claiming(reference: str) -> bytes:
    """A workbook that claims to be larger than it is."""
    sheet = part_of(BOOK, SHEET).replace('ref="A1:B2"', f'ref="{reference}"')
    assert reference in sheet
    return with_part(BOOK, SHEET, sheet)


def with_cells(cells: str) -> bytes:
    sheet = part_of(BOOK, SHEET)
    begin, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    return with_part(BOOK, SHEET, f"{sheet[:begin]}<sheetData>{cells}{sheet[end:]}")


def encrypted(package: bytes) -> bytes:
    """Every part marked as encrypted, in both places where a zip file says it."""
    marked = bytearray(package)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + flags] |= 1
            place = marked.find(signature, place + 4)
    return bytes(marked)


def understated() -> bytes:
    """A zip file whose one large part says that it is small."""
    content = zipped({"[Content_Types].xml": CONTENT_TYPES, MAIN: bytes(50_000_000)})
    return content.replace((50_000_000).to_bytes(4, "little"), bytes([9, 0, 0, 0]))


#: Name: content, and what the sentence says.
HEAVY = {
    "bomb.docx": (bomb(".docx"), "unpacks to more than 60 MB"),
    "bomb.xlsx": (bomb(".xlsx"), "unpacks to more than 60 MB"),
    "bomb-bzip2.docx": (
        zipped({MAIN: bytes(200_000_000)}, zipfile.ZIP_BZIP2),
        "unpacks to more than 60 MB|damaged",
    ),
    "understated.docx": (understated(), "damaged"),
    "sheet-bomb.xlsx": (
        with_part(BOOK, SHEET, b"<a>" * 15_000_000),
        "unpacks to more|more marks",
    ),
    "many-parts.docx": (zipped({f"{n}.xml": "" for n in range(60_000)}), "damaged"),
    "deep.docx": (
        with_part(
            DOCUMENT,
            MAIN,
            part_of(DOCUMENT, MAIN).replace(
                "<w:body>", "<w:body>" + "<w:sdt>" * 100_000
            ),
        ),
        "damaged",
    ),
    "one-line.txt": (b"a" * 9_999_999, "40,000 characters in one piece, at line 1"),
    "one-line.md": (b"a" * 2_999_999, "40,000 characters"),
    "one-line.html": (b"<html>" + b"a" * 9_999_990, "40,000 characters"),
    "one-line.csv": (b'Question,Answer\nWhy?,"' + b"a" * 9_999_900 + b'"', "longer"),
    "blank-lines.txt": (b"\r\n" * 4_999_999, "empty"),
    "many-lines.txt": (b"a" + b"\n" * 5_000_000, "more than 50,000 lines"),
    "too-large.txt": (b"a\n" * (LARGEST_FILE // 2 + 1), "larger than 10 MB"),
    "deep.html": (b"<div>" * 100_000 + b"x", "deep"),
    "deep-closing.html": (b"<div>" * 50_000 + b"</p>x" * 50_000, "deep"),
    "comments.html": (b"<html>x" + b"<!--" * 2_000_000, "1 lines"),
    "many-tags.html": (b"<p>" * 3_000_000, "elements"),
    "long-tag.html": (b"<a " + b"a1=1 " * 1_900_000 + b">", "a tag of more"),
    "deep.md": (b"> " * 100_000 + b"x", "deep"),
    "deep-lists.md": (
        b"\n".join(b"  " * n + b"- x" for n in range(1_000)),
        "deep",
    ),
    "brackets.md": (b"[" * 39_000, "square brackets"),
    "marks.md": ((b"*a" * 19_000 + b"\n\n") * 78, "marks of Markdown"),
    "wide-table.md": (
        (
            b"|".join([b"a"] * 900)
            + b"\n"
            + b"|".join([b"-"] * 900)
            + b"\n"
            + b"|\n" * 10
            + b"\n"
        )
        * 400,
        "too many parts",
    ),
    "laughs.xml": (topics(GOUT.format("&i;"), before=LAUGHS), "declares entities"),
    "deep.xml": (topics("<a>" * 100_000), "not well-formed"),
    "deep-summary.xml": (topics(GOUT.format("&lt;div&gt;" * 100_000)), "deep"),
    "laughs.docx": (declaring(DOCUMENT, MAIN, LAUGHS), "declares a document type"),
    "laughs.xlsx": (declaring(BOOK, SHEET, LAUGHS), "declares a document type"),
    "rows-claimed.xlsx": (claiming("A1:XFD1048576"), "2 lines"),
    "far-row.xlsx": (with_cells('<row r="99999999999"><c r="A9"/></row>'), "damaged"),
    "wide.xlsx": (
        with_cells('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'),
        "more than 500 columns",
    ),
    "wide.csv": (b"," * 100_000, "more than 500 columns"),
    "quote.csv": (b'Question,Answer\n"Why?,So.\n' + b"a,b\n" * 400_000, "not closed"),
    "quotes.csv": (b'a,"' * 3_000_000, "quotation mark"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _said) in HEAVY.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.read_hostile", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = map(json.loads, done.stdout.splitlines())
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", HEAVY)
class TestAHeavyFile:
    def test_gets_a_sentence(self, name: str, told: dict[str, Any]) -> None:
        said = told[name]["said"]
        assert any(part in said for part in HEAVY[name][1].split("|")), said

    def test_costs_little_memory_and_time(self, name: str, told: dict) -> None:
        assert told[name]["grew"] < 200
        assert told[name]["took"] < 15


def test_a_bomb_of_forty_kilobytes_claims_a_gigabyte() -> None:
    content = bomb(".docx")
    assert len(content) < 45_000
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert sum(part.file_size for part in packed.infolist()) == 1_000_000_000


SAVED = with_part(DOCUMENT, "word/vbaProject.bin", b"macro")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "It is empty."),
        ("a.txt", b"\xef\xbb\xbf", "It is empty."),
        ("a.csv", b"\xff\xfe", "It is empty."),
        ("a.docx", b"", "It is empty."),
        ("a.txt", b"Rest\0helps", "It is not text."),
        ("a.csv", b"Why?,So\0", "It is not text."),
        ("a.txt", bytes(range(1, 256)) * 9, "It is not text."),
        ("a.txt", b"\xff\xfea", "It is not text."),
        ("a.exe", b"MZ\x90", "must end in one of"),
        ("a", b"Rest.", "must end in one of"),
        ("a.docx", b"%PDF-1.7 x", "It is a PDF"),
        ("a.txt", b"%PDF-1.7 x", "copy its text"),
        ("a.pdf", b"%PDF-1.7 x", "Save the document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "Save it as .docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "old Word or Excel"),
        ("a.rtf", b"{\\rtf1 x}", "save it as .docx"),
        ("a.odt", zipped({"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
        ("a.txt", DOCUMENT, "It is a Word document, but its name ends in .txt"),
        ("a.xlsx", DOCUMENT, "give it a name that ends in .docx"),
        ("a.docx", b"Rest.", "It is not a Word document"),
        ("a.csv", b"<html><table>", "It is a web page, but"),
        ("a.txt", topics(), "It is XML, but"),
        ("a.docx", zipped({"a.zip": zipped({"b.zip": "x"})}), "Unpack it"),
        ("a.docm", DOCUMENT, "It may hold macros."),
        ("a.docx", SAVED, "It holds macros."),
        ("a.xlsx", with_part(BOOK, "xl/vbaProject.bin", b"x"), "It holds macros."),
        ("a.docx", DOCUMENT[: len(DOCUMENT) // 2], "It is damaged"),
        ("a.docx", encrypted(DOCUMENT), "protected by a password"),
        ("a.docx", declaring(DOCUMENT, MAIN, OUTSIDE), "declares a document type"),
        (
            "a.docx",
            declaring(DOCUMENT, "docProps/core.xml", LAUGHS),
            "declares a document type",
        ),
        ("a.xml", topics(GOUT.format("&a;"), before=OUTSIDE), "declares entities"),
        ("a.xml", topics(GOUT)[:-9], "not well-formed"),
        ("a.xml", b"<?xml version='1.0' encoding='no-such'?><a/>", "not well-formed"),
        ("a.csv", b"Question,Answer\nWhy?,=cmd|' /C calc'!A0", "No row of it"),
        ("a.csv", b"Question,Answer\nWhy?,+cmd|' /C calc'!A0", "formula"),
        ("a.csv", b"Question,Answer\nWhy?,@SUM(1)", "formula"),
        ("a.html", b"<html><script>alert(1)</script>", "It holds no text."),
        ("a.html", b"<html><form>x</form>", "Left out: 1 part of forms."),
        ("a.md", b"<!-- x -->", "It holds no text."),
    ],
    # Packages hold the time at which they were made; names have to stay the same.
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_read_gets_a_sentence(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_file(name, content)
    assert said in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_nothing_embedded_is_opened_but_said() -> None:
    nested = zipped({"b.zip": zipped({"c": "x"})})
    content = with_part(DOCUMENT, "word/embeddings/a.zip", nested)
    read = read_file("a.docx", content)
    assert [line.text for line in read.lines] == ["Rest helps."]
    assert read.left_out == ("Left out: embedded files.",)


BEGINNINGS = st.sampled_from(
    [
        *(b"", b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xef\xbb\xbf", b"\xff\xfe"),
        *(b"<?xml version='1.0'?><health-topics>", b"<html>", b"---\n", b'"', b"=A1,"),
    ]
)
ENDINGS = st.sampled_from([*ACCEPTED, "", ".docm", ".pdf"])


def document_or_sentence(name: str, content: bytes) -> None:
    read: SourceDocument | str
    try:
        read = read_file(name, content)
    except FileRefused as refusal:
        read = str(refusal)
    if isinstance(read, str):
        assert read.endswith(".")
    else:
        numbers = [line.number for line in read.lines]
        assert numbers == list(range(1, len(numbers) + 1))
        assert not any("\0" in line.text + line.place for line in read.lines)


class TestAnyBytes:
    @settings(max_examples=400, deadline=None)
    @given(st.text(max_size=20), ENDINGS, BEGINNINGS, st.binary(max_size=400))
    def test_give_a_document_or_a_sentence(
        self, stem: str, ending: str, beginning: bytes, rest: bytes
    ) -> None:
        document_or_sentence(stem + ending, beginning + rest)

    @settings(max_examples=200, deadline=None)
    @given(
        ENDINGS, st.text(alphabet=" \n\r#*-_>[]()!`<>&/ab?|,;\"'=:1.{}\t", max_size=300)
    )
    def test_that_look_like_marks_do_too(self, ending: str, text: str) -> None:
        document_or_sentence("a" + ending, text.encode())

    @settings(max_examples=200, deadline=None)
    @given(
        st.sampled_from([(".docx", DOCUMENT), (".xlsx", BOOK)]),
        st.integers(min_value=0),
        st.binary(min_size=1, max_size=8),
    )
    def test_put_into_a_package_do_too(
        self, whole: tuple[str, bytes], place: int, put: bytes
    ) -> None:
        ending, package = whole
        place %= len(package)
        damaged = package[:place] + put + package[place + len(put) :]
        document_or_sentence("a" + ending, damaged)

    @settings(max_examples=150, deadline=None)
    @given(
        st.sampled_from(
            [
                *((".docx", DOCUMENT, MAIN), (".docx", DOCUMENT, "word/styles.xml")),
                *((".xlsx", BOOK, SHEET), (".xlsx", BOOK, "xl/workbook.xml")),
                *((".xlsx", BOOK, "xl/styles.xml"), (".docx", DOCUMENT, "_rels/.rels")),
            ]
        ),
        st.integers(min_value=0),
        st.integers(min_value=0, max_value=60),
        st.text(alphabet="<>/=\"' a1:w", max_size=6),
    )
    def test_put_into_a_part_do_too(
        self, whole: tuple[str, bytes, str], place: int, length: int, put: str
    ) -> None:
        ending, package, part = whole
        text = part_of(package, part)
        place %= len(text)
        changed = text[:place] + put + text[place + length :]
        document_or_sentence("a" + ending, with_part(package, part, changed))
