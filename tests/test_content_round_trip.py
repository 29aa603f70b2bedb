"""Whatever a page holds, it comes back from its file, and goes out as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from education.installation import install
from education.models import (
    Alias,
    Brand,
    ClinicalCode,
    ClinicalPage,
    FAQPage,
    MedicationPage,
    MedicationUse,
    QuestionMedicine,
    QuestionTopic,
    Reference,
    RelatedQuestion,
    RelatedTopic,
    Tag,
    TaggedPage,
    TopicPage,
)
from education.models.medicine_parts import LINES, PARTS
from education.page_files.building import PAGE_TYPES
from education.vocabulary import (
    AliasKind,
    AnswerScope,
    BrandStatus,
    CareLevel,
    ControlledSchedule,
    HealthAspect,
    Kind,
    PrescriptionStatus,
)
from tests.carrying import OutAndIn, everything_goes, files_in, without_numbers
from tests.factories import make_person, section

#: Everything that a database keeps; also what files and spreadsheets trip over.
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TRAPS = st.sampled_from(
    ['"', "'''", '"""', "\\", "\\u0041", "\r\n", "\r", "\n", "\n\n", "\t", "\x01"]
    + ["\x7f", "\u2028", "\ufeff", " ", "=1+1", "#", "[[a]]", "é", "e\u0301", "😀"]
)


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    pieces = st.lists(st.one_of(TRAPS, st.text(LETTERS, max_size=8)), max_size=6)
    made = pieces.map("".join).map(lambda text: text[:most])
    return made.filter(lambda text: len(text.strip()) >= least)


LONG = st.sampled_from(["", "x" * 20_000, 'a"\\\n' * 3_000])
INNER = st.one_of(texts(60), LONG).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
LINKS = st.sampled_from(
    [
        "{}",
        "<b>{}</b>",
        '<a linktype="page" id="TOPIC">{}</a>',
        '<a id="MEDICINE" linktype="page">{}</a>',
        '<a linktype="page" id="SECTION">{}</a>',
        '<a href="https://example.org/?a=1&amp;b=2">{}</a>',
    ]
)


def rich(links: bool = True) -> st.SearchStrategy[str]:
    shapes = LINKS if links else st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>"])
    one = st.tuples(shapes, INNER).map(lambda pair: pair[0].replace("{}", pair[1]))
    paragraphs = st.lists(one.map(lambda inner: f"<p>{inner}</p>"), max_size=3)
    return paragraphs.map("\n".join)


def block(kind: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return value.map(lambda held: {"type": kind, "value": held})


ITEMS = st.lists(texts(250, 1), min_size=1, max_size=3)


def care_card(level: CareLevel) -> st.SearchStrategy[Any]:
    return block(
        "care_card",
        st.fixed_dictionaries(
            {
                "level": st.just(level.value),
                "heading": texts(110).map(lambda text: f"{text} if:"),
                "reasons": ITEMS,
                "action": rich(links=level != CareLevel.EMERGENCY),
            }
        ),
    )


CARDS = st.lists(st.sampled_from(list(CareLevel)), unique=True, max_size=3).flatmap(
    lambda levels: st.tuples(*map(care_card, levels)).map(list)
)


@st.composite
def tables(draw: st.DrawFn) -> Any:
    columns = draw(st.lists(texts(40), min_size=1, max_size=3))
    row = st.lists(texts(250), min_size=len(columns), max_size=len(columns))
    return {
        "caption": draw(texts(120, 1)),
        "table": {
            "columns": [{"type": "text", "heading": head} for head in columns],
            "rows": [{"values": draw(row)} for _ in range(draw(st.integers(0, 2)))],
            "caption": draw(texts(20)),
        },
    }


LISTS = st.fixed_dictionaries({"heading": texts(80), "items": ITEMS})
PASSAGES = st.lists(
    st.one_of(
        block("text", rich().filter(bool)),
        block("tip", rich(links=False).filter(bool)),
        *(block(kind, LISTS) for kind in ("do", "dont", "steps")),
        block("table", tables()),
    ),
    min_size=1,
    max_size=4,
)
SECTIONS = st.lists(
    block(
        "section",
        st.fixed_dictionaries(
            {
                "aspect": st.sampled_from(HealthAspect.values),
                "heading": texts(100),
                "body": PASSAGES,
            }
        ),
    ),
    max_size=3,
)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
SHARED = {
    "summary": texts(160),
    "care_cards": CARDS,
    "review_interval_months": st.none() | st.integers(1, 120),
    "change_note": texts(200),
    "seo_title": texts(80),
    "search_description": texts(80),
    "show_in_menus": st.booleans(),
}
FIELDS: dict[Kind, dict[str, st.SearchStrategy[Any]]] = {
    Kind.TOPIC: {"key_points": rich(links=False), "sections": SECTIONS},
    Kind.QUESTION: {
        "short_answer": texts(300),
        "scope": st.sampled_from(AnswerScope.values),
        "answer": PASSAGES,
    },
    Kind.MEDICINE: {
        "generic_name": texts(100),
        "pronunciation": texts(120),
        "prescription_status": st.sampled_from(PrescriptionStatus.values),
        "controlled_schedule": st.sampled_from(ControlledSchedule.values),
        **{line.field: texts(120) for line in LINES},
        "boxed_warning": rich(),
        **{part.field: rich() for part in PARTS},
        **{part.cards: CARDS for part in PARTS if part.cards},
    },
}
ROWS = {
    "other_words": st.lists(
        st.builds(Alias, text=texts(255, 1), kind=st.sampled_from(AliasKind.values)),
        max_size=4,
    ),
    "references": st.lists(
        st.builds(
            Reference,
            title=texts(255, 1),
            publisher=texts(255, 1),
            url=st.sampled_from(["https://example.org/a?b=1&c=%20", "http://x.org"]),
            published=DAYS,
            accessed=DAYS,
        ),
        max_size=3,
    ),
    "codes": st.lists(
        st.builds(
            ClinicalCode,
            system=st.just("rxnorm"),
            code=st.integers(1, 9_999_999).map(str),
            display=texts(255, 1),
        ),
        unique_by=lambda row: row.code,
        max_size=3,
    ),
}
BRANDS = st.lists(
    st.builds(
        Brand,
        name=texts(100, 1),
        status=st.sampled_from(BrandStatus.values),
        note=texts(200, 1),
    ),
    max_size=3,
)


class RoundTripTests(TestCase, OutAndIn):
    """The page that is drawn stands among others that it names."""

    @classmethod
    def setUpTestData(cls) -> None:
        install()
        cls.sam = make_person("sam", is_staff=True, is_superuser=True)

    def set_out(self) -> None:
        """Once for each page that is drawn, so that its database forgets it again."""
        self.tags = [
            Tag.objects.create(name=name, slug=name.lower(), group="symptom")
            for name in ("Pain", "Ache", "Swelling")
        ]
        self.topics = [self.add(TopicPage, slug) for slug in ("t-b", "t-a")]
        self.medicines = [self.add(MedicationPage, slug) for slug in ("m-b", "m-a")]
        self.questions = [self.add(FAQPage, slug) for slug in ("q-b", "q-a")]

    def add(self, page_type: type[ClinicalPage], slug: str) -> Any:
        page = page_type(title=f"Page {slug}?", slug=slug, live=False)
        section(page.page_kind).add_child(instance=page)
        return page

    def named(self, value: Any) -> Any:
        """With the numbers of pages of this portal."""
        if isinstance(value, str):
            value = value.replace("TOPIC", str(self.topics[0].pk))
            value = value.replace("MEDICINE", str(self.medicines[1].pk))
            return value.replace("SECTION", str(section(Kind.TOPIC).pk))
        if isinstance(value, list):
            return [self.named(held) for held in value]
        if isinstance(value, dict):
            return {name: self.named(held) for name, held in value.items()}
        return value

    def draw_page(self, kind: Kind, data: st.DataObject) -> Any:
        page = PAGE_TYPES[kind](
            title=data.draw(texts(200, 1)), slug="drawn", live=False
        )
        for name, strategy in {**SHARED, **FIELDS[kind]}.items():
            value = self.named(data.draw(strategy))
            field = page._meta.get_field(name)
            is_stream = name.endswith("cards") or name in ("sections", "answer")
            setattr(page, name, field.to_python(value) if is_stream else value)
        section(kind).add_child(instance=page)
        for name, strategy in ROWS.items():
            setattr(page, name, in_order(data.draw(strategy)))
        if kind == Kind.MEDICINE:
            page.brands = in_order(data.draw(BRANDS))
        tags = data.draw(st.lists(st.sampled_from(self.tags), unique=True))
        page.tagged_items = [TaggedPage(tag=tag) for tag in tags]
        self.relate(page, data)
        return page

    def relate(self, page: Any, data: st.DataObject) -> None:
        def rows(row_type: type, name: str, pages: list[Any]) -> list[Any]:
            chosen = data.draw(st.lists(st.sampled_from(pages), unique=True))
            return in_order([row_type(**{name: each}) for each in chosen])

        if page.page_kind == Kind.TOPIC:
            page.related_rows = rows(RelatedTopic, "topic", self.topics)
        elif page.page_kind == Kind.MEDICINE:
            page.use_rows = rows(MedicationUse, "topic", self.topics)
        else:
            page.topic_rows = rows(QuestionTopic, "topic", self.topics)
            page.medicine_rows = rows(QuestionMedicine, "medicine", self.medicines)
            page.related_rows = rows(RelatedQuestion, "question", self.questions)

    def comes_back_as_it_was(self, kind: Kind, data: st.DataObject) -> None:
        self.set_out()
        page = self.draw_page(kind, data)
        page.full_clean()
        page.save()
        if data.draw(st.booleans()):
            page.save_revision(user=self.sam)
        before = self.content()
        self.export("--force", to="out")
        everything_goes()
        status, said = self.load()
        assert status == 0, said
        self.export("--force", to="again")
        assert files_in(self.folder) == files_in(self.scratch / "again")
        after = self.content()
        assert after == before

    def content(self) -> dict[str, Any]:
        """What every page says, with names for the numbers in its links."""
        found = {}
        names = {
            f'id="{pk}"': f'id="{slug}"'
            for pk, slug in ClinicalPage.objects.values_list("pk", "slug")
        }
        for page in ClinicalPage.objects.all():
            held = without_numbers(page.specific.serializable_data())
            rows = page.specific.tagged_items.order_by("pk")
            held["tagged_items"] = [row.tag.slug for row in rows]
            found[page.slug] = renamed(held, names)
        return found

    @given(st.data())
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    def test_a_topic_comes_back_as_it_was(self, data):
        self.comes_back_as_it_was(Kind.TOPIC, data)

    @given(st.data())
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    def test_a_question_comes_back_as_it_was(self, data):
        self.comes_back_as_it_was(Kind.QUESTION, data)

    @given(st.data())
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    def test_a_medicine_comes_back_as_it_was(self, data):
        self.comes_back_as_it_was(Kind.MEDICINE, data)


def in_order(rows: list[Any]) -> list[Any]:
    for place, row in enumerate(rows):
        row.sort_order = place
    return rows


def renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for number, name in names.items():
            value = value.replace(number, name)
        return value
    if isinstance(value, list):
        return [renamed(held, names) for held in value]
    if isinstance(value, dict):
        return {name: renamed(held, names) for name, held in value.items()}
    return value
