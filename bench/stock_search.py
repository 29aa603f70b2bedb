"""Wagtail's own search over the demonstration, as most Wagtail sites would set it up.

The portal lets Wagtail index titles only: that is all its editors need. A site that
searches with Wagtail lists its text fields in `search_fields`. The same is done here to
the models of this process, and more than a tutorial asks for: other names and brands
are in as well. Nothing else is tuned, on either side.
"""

from django.core.management import call_command
from django.db.models import CharField, Field, TextField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from education.models import ClinicalPage, FAQPage, MedicationPage, TopicPage

PAGE_TYPES = (ClinicalPage, TopicPage, FAQPage, MedicationPage)
#: Text that is for the machine or for editors, not for readers.
NOT_FOR_READERS = {"kind", "change_note", "question_key", "pronunciation"}
NAMES = {"other_words": "text", "brands": "name"}
FIRST = 10


def index_texts() -> None:
    """List every text that readers see in `search_fields`, and fill Wagtail's index."""
    for page_type in PAGE_TYPES:
        page_type.search_fields = [
            *Page.search_fields,
            *(index.SearchField(name) for name in _texts(page_type)),
            *(
                index.RelatedFields(relation, [index.SearchField(name)])
                for relation, name in NAMES.items()
                if hasattr(page_type, relation)
            ),
        ]
    call_command("update_index", verbosity=0)


def found_by_stock(query: str, operator: str | None = None) -> list[int]:
    """The first ten pages, best first. Wagtail's usual operator asks for all words."""
    pages = ClinicalPage.objects.live().search(query, operator=operator)
    return [page.pk for page in pages[:FIRST]]


def _texts(page_type: type[ClinicalPage]) -> list[str]:
    inherited = {field.name for field in Page._meta.get_fields()}
    return [
        field.name
        for field in page_type._meta.concrete_fields
        if field.name not in inherited | NOT_FOR_READERS and _is_text(field)
    ]


def _is_text(field: Field) -> bool:
    kinds = (CharField, TextField, StreamField)
    return isinstance(field, kinds) and not field.choices
