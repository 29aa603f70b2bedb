"""The words and names that the public search knows, beside the pages they are on."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class SearchEdition(models.Model):
    """One row that changes with everything that searches keep in memory.

    `stamp` is new after each change, so that a process knows when to read again.
    `analysis` is the number of the way in which the search documents were analysed;
    where it is not today's, they are to be written again.
    """

    stamp = models.CharField(max_length=32)
    analysis = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Search edition {self.stamp}"

    @classmethod
    def renew(cls) -> None:
        """Let every process read again what it keeps, once this is committed."""
        if not cls.objects.filter(pk=1).update(stamp=uuid4().hex):
            cls.objects.get_or_create(pk=1, defaults={"stamp": uuid4().hex})


class SearchWord(models.Model):
    """A word that a published page holds or held, folded but not stemmed.

    What a reader typed wrong is corrected to these. A word may outlive its last page
    until the index is rebuilt, so whoever shows one looks for a page that holds it.
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=40)
    in_title = models.BooleanField(
        default=False, help_text="Whether a page has it in its title or another name."
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"], name="one_row_a_search_word"
            )
        ]

    def __str__(self) -> str:
        return self.word


class Suggestion(models.Model):
    """A title or name of a page, from one of its words on, to complete what is typed.

    `opening` is folded: "calf cramps" for the title "Leg and calf cramps". `text` is
    what the reader is shown. `place` says which come first: see
    `education.search.suggestions`.
    """

    page_id = models.IntegerField(db_index=True)
    language = models.CharField(max_length=10)
    place = models.PositiveSmallIntegerField()
    opening = models.CharField(max_length=100)
    text = models.CharField(max_length=255)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.text
