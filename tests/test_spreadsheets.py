"""What the public wrote is text in every program that opens a report."""

from __future__ import annotations

import pytest

from education.spreadsheets import harmless


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "  '=1+1"),
        ("＝1+1", "'＝1+1"),
        ("\tx", "'\tx"),
        ("x;=1+1", "x;'=1+1"),
        ("x; =1+1", "x; '=1+1"),
        ("x\t@SUM(1)", "x\t'@SUM(1)"),
        ("x\n-1", "x\n'-1"),
        ("x\r\n+1;－1", "x\r\n'+1;'－1"),
        (";;=1", ";;'=1"),
    ],
)
def test_no_cell_begins_with_a_formula(written: str, kept: str) -> None:
    assert harmless(written) == kept


@pytest.mark.parametrize(
    "written", ["", "2-3 days", "a = b; c", "mail a@b", "one\ntwo", "7"]
)
def test_plain_words_stay_as_they_are(written: str) -> None:
    assert harmless(written) == written
