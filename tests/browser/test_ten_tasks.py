"""Ten questions that people come with, each answered in three actions on a phone.

`pytest -m browser tests/browser/test_ten_tasks.py -s` prints what each of them took.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import MOST_ACTIONS, Visitor


@pytest.fixture
def visitor(
    page: Page, public_portal: str, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    visitor = Visitor(page, public_portal)
    yield visitor
    took = "; ".join(visitor.actions)
    sys.stdout.write(
        f"\n{request.node.originalname}: {len(visitor.actions)} actions ({took}), "
        f"{visitor.screens} screens down\n"
    )
    assert len(visitor.actions) <= MOST_ACTIONS


def test_can_i_drink_alcohol_with_this_medicine(visitor: Visitor) -> None:
    visitor.search("ibuprofen and alcohol")
    visitor.follow("Ibuprofen")
    visitor.reads("Alcohol adds to the risk of stomach bleeding")


def test_when_must_i_get_help_for_a_leg_cramp(visitor: Visitor) -> None:
    visitor.search("when to get help for a leg cramp")
    visitor.follow("Leg and calf cramps")
    visitor.reads("Call 911 or your local emergency number now if")
    visitor.reads("one calf or thigh is swollen")


def test_which_of_these_can_i_buy_without_a_prescription(visitor: Visitor) -> None:
    visitor.search("what can I buy without a prescription for muscle spasms")
    visitor.follow("What is the best medicine for muscle spasms?")
    visitor.reads("Medicines you can buy without a prescription")
    visitor.reads("Ibuprofen (Advil, Motrin)")
    visitor.reads("Acetaminophen (Tylenol)")


def test_is_it_a_blood_clot_or_a_cramp(visitor: Visitor) -> None:
    visitor.search("is it a blood clot or a cramp")
    visitor.follow("How can I tell a blood clot from a leg cramp?")
    visitor.reads("A clot tends to build over hours or days")


def test_what_is_a_charley_horse(visitor: Visitor) -> None:
    visitor.search("what is a charley horse")
    visitor.follow("Muscle cramps")
    visitor.reads("A muscle cramp is a sudden, strong and painful tightening")
    visitor.reads("Many people call it a charley horse")


def test_what_do_i_do_if_i_took_too_much_acetaminophen(visitor: Visitor) -> None:
    visitor.search("took too much acetaminophen")
    visitor.follow("Acetaminophen")
    visitor.reads("Call Poison Help at 1-800-222-1222 right away if")


def test_who_checked_this_page_and_when(visitor: Visitor) -> None:
    visitor.search("muscle cramps")
    visitor.follow("Muscle cramps")
    said = visitor.reads("Reviewed by Ben Example on")
    expect(said).to_have_text(re.compile(r"on \d{1,2} \w+ 20\d\d\."))


def test_can_i_take_ibuprofen_when_i_am_pregnant(visitor: Visitor) -> None:
    visitor.search("ibuprofen in pregnancy")
    visitor.follow("Ibuprofen")
    visitor.reads("Do not take it from 20 weeks of pregnancy")


def test_is_carisoprodol_a_controlled_medicine(visitor: Visitor) -> None:
    visitor.follow("Medicines")
    visitor.follow("Carisoprodol")
    visitor.reads("Controlled medicine")
    visitor.reads("Schedule IV")


def test_where_did_this_come_from(visitor: Visitor) -> None:
    visitor.search("blood clot or leg cramp")
    visitor.follow("How can I tell a blood clot from a leg cramp?")
    source = visitor.reads("About Venous Thromboembolism (Blood Clots)")
    expect(source).to_have_attribute("href", re.compile("^https://"))
