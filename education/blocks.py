"""The pieces that clinicians write with. Each is named for what it means."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from education.richtext import PLAIN, PROSE, SECTION, has_link
from education.vocabulary import CareLevel, HealthAspect


class CareCardValue(blocks.StructValue):
    """A care card, with what its template needs to say aloud."""

    @property
    def level(self) -> CareLevel:
        return CareLevel(self["level"])

    @property
    def level_label(self) -> str:
        return str(self.level.label)


class CareCardBlock(blocks.StructBlock):
    """When to get help, how soon, and how: the same three levels everywhere."""

    level = blocks.ChoiceBlock(
        choices=CareLevel.choices,
        label="How soon",
        help_text="Emergency: call for an ambulance now. Urgent: be seen today. "
        "Non-urgent: see somebody when you can.",
    )
    heading = blocks.CharBlock(
        max_length=120,
        help_text='Says what to do and ends with "if:", for example '
        '"Call your doctor today if:".',
    )
    reasons = blocks.ListBlock(
        blocks.CharBlock(max_length=250, label="Sign"),
        min_num=1,
        max_num=8,
        label="Signs",
        help_text="Each one finishes the heading: one sign a line, no full stop.",
    )
    action = blocks.RichTextBlock(
        features=[*PLAIN, "link"],
        required=False,
        label="What to do",
        help_text="Where to go and what to say or avoid. An emergency card has no "
        "links: nobody should start reading elsewhere.",
    )

    def clean(self, value: Any) -> CareCardValue:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        heading = (cleaned.get("heading") or "").strip()
        if heading and not heading.endswith("if:"):
            errors["heading"] = ValidationError(
                'End the heading with "if:", so that the signs below finish the '
                "sentence."
            )
        if cleaned.get("level") == CareLevel.EMERGENCY and has_link(_words(cleaned)):
            errors["action"] = ValidationError(
                "An emergency card may not hold a link or a web address. Say what to "
                "do in words."
            )
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "warning"
        label = "Care card"
        description = "When to get help: emergency, urgent or non-urgent."
        template = "education/blocks/care_card.html"
        value_class = CareCardValue
        preview_value = {
            "level": CareLevel.URGENT,
            "heading": "Call your doctor today if:",
            "reasons": ["one leg is swollen, warm or red", "the pain is getting worse"],
            "action": "<p>These can be signs of a blood clot.</p>",
        }


def _words(card: dict[str, Any]) -> list[str]:
    action = getattr(card.get("action"), "source", card.get("action")) or ""
    return [card.get("heading") or "", *(card.get("reasons") or []), action]


class CareCardsBlock(blocks.StreamBlock):
    """Care cards of one place on a page: at most one of each level."""

    care_card = CareCardBlock()

    def clean(self, value: Any) -> blocks.StreamValue:
        cleaned = super().clean(value)
        levels = [card.value["level"] for card in cleaned]
        for level in CareLevel:
            if levels.count(level) > 1:
                raise blocks.StreamBlockValidationError(
                    non_block_errors=[
                        f'There are two cards of the level "{level.label}". Put '
                        "their signs together on one card."
                    ]
                )
        return cleaned

    class Meta:
        icon = "warning"
        required = False


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": SECTION, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs and lists. Short sentences, one idea each."
        template = "education/blocks/text.html"
        preview_value = (
            "<p>A cramp is a sudden, tight pain in a muscle. Most last less than ten "
            "minutes.</p><ul><li>It is common.</li><li>It is seldom harmful.</li></ul>"
        )


class _ListOfItems(blocks.StructBlock):
    """The shape that every list shares: a heading of its own and some items."""

    heading = blocks.CharBlock(
        required=False,
        max_length=80,
        help_text="Leave empty for the usual heading.",
    )
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=250, label="Item"), min_num=1, max_num=12
    )


class DoListBlock(_ListOfItems):
    class Meta:
        icon = "check"
        label = "Do"
        description = "What helps. Start each item with a verb."
        template = "education/blocks/do_list.html"
        preview_value = {
            "heading": "",
            "items": ["stretch the muscle slowly", "rub it gently"],
        }


class DontListBlock(_ListOfItems):
    def get_searchable_content(self, value: Any) -> list[str]:
        """Each item with what the page says before it: never the bare deed."""
        own = self.child_blocks["heading"].get_searchable_content(value["heading"])
        return [*own, *(f"Do not {item}" for item in value["items"])]

    class Meta:
        icon = "cross"
        label = "Do not"
        description = 'What to avoid. "Do not" is written before each item for you.'
        template = "education/blocks/dont_list.html"
        preview_value = {
            "heading": "",
            "items": ["stretch so far that it hurts", "drink alcohol to help you rest"],
        }


class StepsBlock(_ListOfItems):
    class Meta:
        icon = "list-ol"
        label = "Steps"
        description = "A numbered how-to: one thing to do in each step."
        template = "education/blocks/steps.html"
        preview_value = {
            "heading": "",
            "items": ["Sit down.", "Straighten your leg.", "Pull your toes to you."],
        }


class TipBlock(blocks.RichTextBlock):
    """A short remark that stands apart from the text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": PLAIN, **kwargs})

    class Meta:
        icon = "help"
        label = "Tip"
        description = "One short, helpful remark that stands apart from the text."
        template = "education/blocks/tip.html"
        preview_value = "<p>Keep a glass of water by your bed.</p>"


class ComparisonTableBlock(blocks.StructBlock):
    """A small table with a caption, read row by row."""

    caption = blocks.CharBlock(
        max_length=120, help_text="What the table shows. It is read out first."
    )
    table = TypedTableBlock(
        [("text", blocks.CharBlock(required=False, max_length=250))]
    )

    class Meta:
        icon = "table"
        label = "Table"
        description = "A small table. The first column names each row."
        template = "education/blocks/table.html"
        preview_value = {
            "caption": "A cramp or a blood clot?",
            "table": {
                "columns": [
                    {"type": "text", "heading": "Sign"},
                    {"type": "text", "heading": "Cramp"},
                    {"type": "text", "heading": "Blood clot"},
                ],
                "rows": [{"values": ["How it starts", "Suddenly", "Over hours"]}],
            },
        }


class BodyBlock(blocks.StreamBlock):
    """What the text of a section or an answer is made of."""

    text = TextBlock()
    do = DoListBlock()
    dont = DontListBlock()
    steps = StepsBlock()
    tip = TipBlock()
    table = ComparisonTableBlock()

    class Meta:
        icon = "doc-full"


class AnswerBlock(BodyBlock):
    """The answer to a question: text without headings of its own."""

    text = TextBlock(features=PROSE)

    class Meta:
        icon = "help"


class SectionValue(blocks.StructValue):
    """A section of a topic, with the heading that people see."""

    @property
    def title(self) -> str:
        """Its own heading, else the usual one for its health aspect."""
        return self["heading"] or str(HealthAspect(self["aspect"]).label)


class SectionBlock(blocks.StructBlock):
    """A part of a topic that says one thing about it."""

    aspect = blocks.ChoiceBlock(
        choices=HealthAspect.choices,
        label="What it is about",
        help_text="Health records open the page at this part, so choose what fits.",
    )
    heading = blocks.CharBlock(
        required=False,
        max_length=100,
        help_text="Leave empty for the usual heading.",
    )
    body = BodyBlock()

    class Meta:
        icon = "list-ul"
        label = "Section"
        description = "A part of the topic: overview, symptoms, treatment and so on."
        template = "education/blocks/section.html"
        value_class = SectionValue
        form_classname = "struct-block section-block"
        preview_value = {
            "aspect": HealthAspect.OVERVIEW,
            "heading": "",
            "body": [
                {
                    "type": "text",
                    "value": "<p>A cramp is a sudden, tight pain in a muscle.</p>",
                }
            ],
        }


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()

    class Meta:
        icon = "list-ul"
        required = False
