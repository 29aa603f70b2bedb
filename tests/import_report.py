"""How well documents were sorted, in a table and line by line, for people to read."""

from __future__ import annotations

from collections.abc import Iterable

from education.import_vocabulary import Danger
from education.importer.findings import Sorted
from tests.import_keys import Key
from tests.import_scores import Line, Scores, Tally, score

#: The tallies, each with the head of its column, as found/missed/false.
TALLIES = {
    "questions": "quest.",
    "loose": "loose",
    "completeness": "incompl.",
    "lists": "lists",
    "flags": "flags",
    "critical": "critical",
    "unanswered": "unansw.",
    "topics": "topics",
    "medicines": "medic.",
    "brands": "brands",
    "doubts": "doubts",
}
#: Tallies whose differences are told by line.
BY_LINE = ("completeness", "lists", "flags", "critical", "loose", "questions")


def table(scores: Iterable[Scores]) -> str:
    """One row a document; tallies say found/missed/false."""
    heads = ["pairing", "precis.", "recall", "alarms", *TALLIES.values()]
    rows = [f"{'document':20}" + "".join(f"{head:>9}" for head in heads)]
    for each in scores:
        shares = (each.pairing, each.precision, each.recall, each.false_alarms)
        tallies = (getattr(each, name) for name in TALLIES)
        rows.append(
            f"{each.document[:19]:20}"
            + "".join(f"{part:9.3f}" for part in shares)
            + "".join(f"{part!s:>9}" for part in tallies)
        )
    return "\n".join(rows)


def differences(key: Key, found: Sorted) -> str:
    """Say line by line where the key and what was found differ, with the words.

    Nothing is said of a document that is held out: who tunes would learn it by heart.
    """
    if key.is_held_out:
        return ""
    scores = score(key, found)
    words = {line.number: line.text for line in found.document.lines}
    said = [str(wrong) for wrong in scores.wrong]
    for name in TALLIES:
        part: Tally = getattr(scores, name)
        for what, lines in (("missed", part.missed), ("false", part.false)):
            for line in lines:
                end = f": {words.get(line, '')[:90]}" if name in BY_LINE else ""
                why = reasons(name, line, key, found)
                said.append(f"{name} {what}: {line}{why}{end}")
    if not said:
        return ""
    return "\n".join([f"\n{key.document}", *(f"  {line}" for line in said)]) + "\n"


def reasons(name: str, line: Line, key: Key, found: Sorted) -> str:
    """Say what the key wanted of a line and what it was taken for."""
    if name in ("flags", "critical"):
        wanted = key.flags.get(int(line))
        rules = {
            f"{flag.rule} ({Danger(flag.danger).value})"
            for flag in found.flags
            if flag.line == line
        }
        return f" [{wanted.value if wanted else 'nothing'}; {', '.join(sorted(rules))}]"
    if name == "completeness":
        damages = {mark.damage.value for mark in found.marks if mark.line == line}
        return f" [{', '.join(sorted(damages))}]"
    return ""
