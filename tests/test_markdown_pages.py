"""Each page as Markdown: the whole approved text, and nothing that turns into markup.

Read back with a Markdown parser that is not ours.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import TestCase
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from education.installation import install
from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    DemonstrationItem,
    FAQPage,
    Reference,
)
from education.models.passages import passages
from education.models.withdrawals import withdraw
from education.syndication.markdown import RichText, destination, escaped, printable
from education.vocabulary import DEMONSTRATION_NOTICE, WithdrawalReason
from tests.demonstration import publish_the_demonstration
from tests.factories import (
    EMERGENCY_CARD,
    PortalTestCase,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
)

HOST = "http://testserver"
HOSTILE = "a ](javascript:alert(1)) <img src=x onerror=y> | `b` *c* _d_ # &copy; [e](f)"

parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    """Every token, those inside lines too."""
    found = []
    for token in parser.parse(text):
        found += [token, *(token.children or [])]
    return found


def words_of(text: str) -> str:
    """The words that a reader of the Markdown sees, in one line."""
    said = [
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens(text)
        if token.type in ("text", "softbreak", "hardbreak", "text_special")
        or token.type.endswith("_open")
    ]
    return " ".join("".join(part or " " for part in said).split())


def links_of(text: str) -> list[str]:
    return [
        token.attrGet("href") for token in tokens(text) if token.type == "link_open"
    ]


def markup_of(text: str) -> set[str]:
    return {token.type for token in tokens(text)} - {"inline", "text"}


def rich(source: str) -> str:
    return RichText(lambda attributes: attributes.get("href", ""))(source)


def stream(model: type, name: str, *blocks: tuple[str, Any]) -> Any:
    raw = [{"type": kind, "value": value} for kind, value in blocks]
    return model._meta.get_field(name).to_python(raw)


class TestPlainText:
    @pytest.mark.parametrize(
        "text",
        [
            HOSTILE,
            "# no heading",
            "- no list",
            "+ no list",
            "1. no list",
            "12) no list",
            "===",
            "---",
            "> no quotation",
            "<https://example.org>",
            "a\\",
            "~~a~~",
            "    no code",
            "&lt;b&gt;",
            "![a](b)",
            "[a]: /b",
            "* * *",
            "| a | b |",
            "-5 degrees, 1.5 mg, 5 * 3",
        ],
    )
    def test_says_exactly_what_it_said(self, text: str) -> None:
        assert words_of(escaped(text)) == " ".join(text.split())
        assert markup_of(escaped(text)) <= {"paragraph_open", "paragraph_close"}

    @given(st.text(max_size=60))
    def test_no_text_turns_into_markup(self, text: str) -> None:
        found = {"paragraph_open", "paragraph_close", "text_special"}
        assert markup_of(escaped(text)) <= found
        assert words_of(escaped(text)) == " ".join(printable(text).split())

    @given(st.text(max_size=60))
    def test_nor_in_a_list_a_heading_or_a_table(self, text: str) -> None:
        for around in ("- {}", "## {}", "> {}", "| {} |\n| --- |\n| {} |"):
            written = around.replace("{}", escaped(text))
            frame = markup_of(around.replace("{}", "a")) | {"text_special"}
            assert markup_of(written) <= frame
            assert printable(text).strip() == "" or words_of(written)

    def test_characters_that_nobody_sees_are_left_out(self) -> None:
        assert escaped("a\x00b\x07\u202ec\ufffe\ud800d") == "abcd"

    def test_ordinary_words_stay_as_they_are(self) -> None:
        text = "Take 1.5 mg (two tablets), at most 3-4 times & with food."
        assert escaped(text) == text


class TestRichText:
    def test_paragraphs_lists_and_marks(self) -> None:
        source = (
            "<p>One <b>bold </b>and <i>slanted</i> word.</p>"
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"
            "<ol><li>first</li></ol><h3>Under it</h3><p>Line<br/>- line</p>"
        )
        assert rich(source) == (
            "One **bold** and *slanted* word.\n\n"
            "- a\n- b\n  - c\n\n"
            "1. first\n\n"
            "### Under it\n\n"
            "Line\\\n\\- line"
        )

    def test_words_that_look_like_markup_are_words(self) -> None:
        source = f"<p>{HOSTILE.replace('<', '&lt;').replace('&copy', '&amp;copy')}</p>"
        assert words_of(rich(source)) == HOSTILE
        assert markup_of(rich(source)) <= {"paragraph_open", "paragraph_close"}

    def test_a_list_of_things_that_begin_like_lists(self) -> None:
        text = rich("<ul><li>1. one</li><li># two</li><li>- three</li></ul>")
        assert words_of(text) == "1. one # two - three"
        assert "ordered_list_open" not in markup_of(text)

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", ""],
    )
    def test_an_address_that_may_not_be_followed_is_no_link(self, address: str) -> None:
        assert rich(f'<p><a href="{address}">words</a></p>') == "words"

    def test_an_address_cannot_end_its_link_early(self) -> None:
        address = "https://example.org/a(b)_c?d=<e>&amp;copy;=f g"
        text = rich(f'<p><a href="{address}">wo]rds</a></p>')
        assert links_of(text) == [
            "https://example.org/a%28b%29_c?d=%3Ce%3E&copy;=f%20g"
        ]
        assert words_of(text) == "wo]rds"

    def test_scripts_comments_and_what_is_unknown_bring_no_markup(self) -> None:
        source = "<p>a<script>x</script><!-- y --><u>b</u><img src=x></p>"
        assert rich(source) == "ab"

    @given(st.text(max_size=80))
    def test_nothing_is_too_odd(self, source: str) -> None:
        assert not {"html_block", "html_inline"} & markup_of(rich(source))

    @given(st.text(max_size=40))
    def test_every_address_is_one_to_follow_or_none(self, address: str) -> None:
        written = destination(f"https://example.org/{address}")
        assert not written or len(links_of(f"[a]({written})")) == 1


class WholeTextTests(TestCase):
    """Not a word of the demonstration is missing."""

    @classmethod
    def setUpTestData(cls) -> None:
        install()
        publish_the_demonstration()

    def test_every_passage_of_every_page_is_there(self) -> None:
        for page in ClinicalPage.objects.with_parts():
            page = page.as_its_kind()
            text = self.client.get(f"{page.address}index.md").content.decode()
            said = words_of(text)
            assert not {"html_block", "html_inline"} & markup_of(text)
            # A summary of a question stands in lists, not on the page.
            shown = [
                passage
                for passage in passages(page)
                if (page.kind, passage.field) != ("question", "summary")
            ]
            missing = [
                line
                for passage in shown
                for line in passage.text.splitlines()
                if " ".join(line.split()) not in said
            ]
            assert missing == [], page.address
            for source in page.references.all():
                assert source.url in text


class PageTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        points = "<ul><li>Stretch it.</li></ul>"
        cls.topic = cls.published(make_topic("Calf pain", key_points=points))
        cls.question = cls.published(cls.a_question())
        medicine = make_medicine(
            "Ibuprofen",
            boxed_warning="<p>It can bleed.</p>",
            alcohol="Do not drink with it.",
        )
        medicine.brands = [
            Brand(name="Advil"),
            Brand(name="Old", status="discontinued"),
        ]
        medicine.tags.add(make_tag("NSAIDs", "medicine_class"))
        cls.medicine = cls.published(medicine)

    @classmethod
    def published(cls, page: ClinicalPage) -> Any:
        return cls.publish(cls(), page)

    @classmethod
    def a_question(cls) -> FAQPage:
        draft = make_topic("A secret draft")
        links = (
            f'<a linktype="page" id="{cls.topic.pk}">calf pain</a>, '
            f'<a linktype="page" id="{draft.pk}">no draft</a>, '
            '<a linktype="page" id="99999999999999999999">nothing</a>, '
            '<a href="https://example.org/a">elsewhere</a>, '
            '<a href="/tags/">tags</a>'
        )
        cells = {
            "columns": [{"type": "text", "heading": head} for head in ("Sign", "a|b")],
            "rows": [{"values": ["x | y", "1. <b>"]}, {"values": ["", HOSTILE]}],
        }
        page = make_question("What is it?", cls.topic, short_answer="It is a pain.")
        page.care_cards = stream(
            FAQPage,
            "care_cards",
            ("care_card", EMERGENCY_CARD["value"]),
        )
        page.answer = stream(
            FAQPage,
            "answer",
            ("text", f"<p>See {links}.</p>"),
            ("do", {"heading": "", "items": ["stretch"]}),
            ("dont", {"heading": "", "items": ["push"]}),
            ("steps", {"heading": "", "items": ["Sit.", "Pull."]}),
            ("tip", "<p>Drink water.</p>"),
            ("table", {"caption": "A table", "table": cells}),
        )
        page.other_words = [Alias(text="Charley *horse*", sort_order=0)]
        page.references = [
            Reference(
                title="A [source]",
                publisher="Some <b>body",
                url="https://example.org/s(1)",
                published=date(2020, 5, 3),
                accessed=date(2026, 1, 2),
                sort_order=0,
            )
        ]
        return page

    def read(self, page: ClinicalPage) -> str:
        response = self.client.get(f"{page.address}index.md")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
        return response.content.decode()

    def test_it_begins_with_the_title_and_has_no_other_of_its_rank(self) -> None:
        for page in (self.topic, self.question, self.medicine):
            text = self.read(page)
            assert text.startswith(f"# {page.title}\n")
            assert [t.tag for t in tokens(text)].count("h1") == 2  # opens and closes

    def test_what_is_urgent_stands_before_the_text(self) -> None:
        text = self.read(self.question)
        places = [
            text.index(words)
            for words in ("## Short answer", "## Emergency: act now. ", "## The answer")
        ]
        assert places == sorted(places)

    def test_the_key_points_of_a_topic_stand_before_its_sections(self) -> None:
        text = self.read(self.topic)
        assert "## Key points\n\n- Stretch it.\n\n## Overview" in text

    def test_blocks_keep_their_shape(self) -> None:
        text = self.read(self.question)
        assert "### Do\n\n- stretch\n" in text
        assert "### Do not\n\n- do not push\n" in text
        assert "### Step by step\n\n1. Sit.\n2. Pull.\n" in text
        assert "> **Tip**\n>\n> Drink water.\n" in text
        assert "| Sign | a\\|b |\n| --- | --- |\n| x \\| y | 1\\. \\<b\\> |\n" in text

    def test_a_table_keeps_its_columns_whatever_is_written_into_it(self) -> None:
        kinds = [token.type for token in tokens(self.read(self.question))]
        assert kinds.count("th_open") == 2
        assert kinds.count("td_open") == 4
        assert "html_inline" not in kinds

    def test_links_lead_to_whole_addresses_and_never_to_a_draft(self) -> None:
        text = self.read(self.question)
        links = links_of(text)
        assert f"{HOST}/topics/calf-pain/" in links
        assert "https://example.org/a" in links
        assert f"{HOST}/tags/" in links
        assert "no draft, nothing, " in text
        assert "secret" not in text
        assert all(there.startswith(("http://", "https://")) for there in links)

    def test_sources_stand_with_their_addresses(self) -> None:
        text = self.read(self.question)
        assert (
            "1. [A \\[source\\]](https://example.org/s%281%29). Some \\<b\\>body, "
            "3 May 2020. Read on 2 January 2026.\n" in text
        )

    def test_it_says_who_reviewed_it_and_where_it_stands(self) -> None:
        text = self.read(self.medicine)
        signed = self.medicine.standing().reviews[-1]
        assert (
            f"Reviewed by Ben Example and Chloe Example on "
            f"{signed.signed_at:%-d %B %Y}, next review due "
            f"{signed.next_review_on:%-d %B %Y}." in text
        )
        assert f"This page on the web: <{HOST}/medicines/ibuprofen/>" in text
        response = self.client.get("/medicines/ibuprofen/index.md")
        canonical = f'<{HOST}/medicines/ibuprofen/>; rel="canonical"'
        assert response.headers["Link"] == canonical

    def test_a_change_since_the_review_is_told(self) -> None:
        page = fresh(self.topic)
        page.summary, page.change_note = "Other words.", "Other words."
        text = self.read(self.published(page))
        assert re.search(r"Reviewed by .*, changed on .*, approved by Ben Exa", text)

    def test_a_late_review_is_told(self) -> None:
        assert "past its review date" not in self.read(self.topic)
        late = self.topic.standing().overdue_on + timedelta(days=1)
        with time_machine.travel(late):
            assert "> This page is past its review date." in self.read(self.topic)

    def test_a_medicine_says_its_facts_before_its_text(self) -> None:
        text = self.read(self.medicine)
        assert "## Boxed warning\n" in text
        assert "- **Brand names:** Advil; Old (No longer sold)\n" in text
        assert "- **Kind of medicine:** NSAIDs\n" in text
        assert "- **Alcohol:** Do not drink with it.\n" in text

    def test_the_page_names_it_in_its_head(self) -> None:
        for page in (self.topic, self.question, self.medicine):
            link = (
                '<link rel="alternate" type="text/markdown" '
                f'href="{page.address}index.md">'
            )
            self.assertContains(self.client.get(page.address), link, html=True)

    def test_the_demonstration_says_so_with_the_words_of_the_banner(self) -> None:
        assert DEMONSTRATION_NOTICE not in self.read(self.topic)
        DemonstrationItem.objects.note(self.topic)
        assert f"\n> {DEMONSTRATION_NOTICE}\n" in self.read(self.topic)
        banner = render_to_string("education/components/banner.html")
        assert DEMONSTRATION_NOTICE in banner

    def test_who_only_reads_may_not_write(self) -> None:
        address = f"{self.topic.address}index.md"
        assert self.client.head(address).status_code == 200
        assert self.client.post(address).status_code == 405

    def test_a_page_that_was_taken_down_says_why(self) -> None:
        reason = WithdrawalReason.OUTDATED
        withdraw(self.question, self.lea, reason, "Between us.", timezone.now())
        response = self.client.get(f"{self.question.address}index.md")
        assert response.status_code == 410
        assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
        said = response.content.decode()
        assert reason.sentence in said
        assert "Between us" not in said

    def test_an_old_address_leads_to_the_new_one(self) -> None:
        page = fresh(self.topic)
        page.slug, page.change_note = "leg-pain", "At another address."
        with self.captureOnCommitCallbacks(execute=True):
            self.published(page)
        response = self.client.get("/topics/calf-pain/index.md?a=b")
        assert response.status_code == 301
        assert response.headers["Location"] == "/topics/leg-pain/index.md?a=b"

    def test_where_there_is_no_page_there_is_no_markdown(self) -> None:
        for address in ("/topics/nothing/index.md", "/nothing/calf-pain/index.md"):
            assert self.client.get(address).status_code == 404
