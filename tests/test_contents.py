"""What "On this page" leads to."""

from __future__ import annotations

from django.test import TestCase

from education.models import MedicationPage, TopicPage

NOTHING = {"topics": [], "questions": [], "medicines": []}


class ContentsTests(TestCase):
    def test_a_medicine_leads_to_its_parts_and_to_what_it_is_used_for(self) -> None:
        medicine = MedicationPage(uses="<p>Sore muscles.</p>")
        related = NOTHING | {"topics": [TopicPage(title="Cramps")]}
        assert medicine.contents(related, ["a source"]) == [
            ("uses", "What it is for"),
            ("used-for", "Used for"),
            ("sources", "Sources"),
        ]

    def test_a_page_without_text_has_none(self) -> None:
        assert TopicPage().contents(NOTHING, ["a source"]) == []
