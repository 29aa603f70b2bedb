"""Makes the report on a file from what it was sorted into; writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from wagtail.models import Locale

from education.import_vocabulary import (
    AnswerState,
    Damage,
    Danger,
    Disposition,
    ItemDecision,
)
from education.importer.findings import Answer, Flag, FoundBrand, Group, Sorted
from education.importer.keeping import reporting as told
from education.importer.keeping.data import difference_of
from education.importer.keeping.earlier import compare_with_earlier
from education.importer.keeping.nearness import near_all
from education.importer.keeping.pieces import GRAVITY, pieces_of
from education.importer.keeping.words import places
from education.models import ImportedItem


def survey(found: Sorted, locale: Locale, now: datetime) -> told.Report:
    """What the file came to, what is known of it already, and what is near to it."""
    return _Survey(found, locale, now).report()


class _Survey:
    def __init__(self, found: Sorted, locale: Locale, now: datetime) -> None:
        self.found, self.document = found, found.document
        self.items = pieces_of(found)
        compare_with_earlier(self.items, locale, self.document.sha256, now)
        self._note_own_decisions(locale)
        near = near_all(self.items, locale)
        self.standing = [
            _standing(item, pages) for item, pages in zip(self.items, near, strict=True)
        ]
        self.lines = {line.number: line for line in self.document.lines}

    def _note_own_decisions(self, locale: Locale) -> None:
        """What was decided on this very file, where it was imported before."""
        rows = ImportedItem.objects.filter(
            file__sha256=self.document.sha256, file__locale=locale
        )
        decided = {
            (kind, key): (decision, page)
            for kind, key, decision, page in rows.values_list(
                "kind", "key", "decision", "page"
            )
        }
        for item in self.items:
            if own := decided.get((item.kind, item.key)):
                item.decision, item.page_id = own

    def report(self) -> told.Report:
        document, found = self.document, self.found
        medicines = len(found.topics) + len(found.medicines)
        return told.Report(
            file=document.name,
            sha256=document.sha256,
            format=document.format,
            language=document.language,
            rights=document.rights,
            credit=document.credit,
            lines=len(document.lines),
            ledger=self._ledger(),
            loose=tuple(self.lines[line].place for line in found.loose),
            left_out=document.left_out,
            refused=tuple(
                told.RefusedRow(row.place, row.why) for row in document.refused
            ),
            counts=self._counts(),
            damage=tuple(self._damage()),
            flags=tuple(self._flags()),
            questions=tuple(
                self._question(group, standing)
                for group, standing in zip(
                    found.groups, self.standing[medicines:], strict=True
                )
            ),
            topics=tuple(self._topics()),
            medicines=tuple(self._medicines()),
        )

    def _ledger(self) -> dict[str, int]:
        came_to = Counter(self.found.dispositions.values())
        return {str(each): came_to[each] for each in Disposition}

    def _counts(self) -> dict[str, int]:
        found = self.found
        states = Counter(group.state for group in found.groups)
        gravest: dict[int, Danger] = {}
        for flag in sorted(found.flags, key=lambda flag: GRAVITY.index(flag.danger)):
            gravest.setdefault(flag.line, flag.danger)
        dangers = Counter(gravest.values())
        decisions = Counter(item.decision for item in self.items)
        changed = [one for one in self.standing if one.changed]
        return {
            "questions": len(found.groups),
            "wordings": sum(len(group.variants) for group in found.groups),
            "complete": states[AnswerState.COMPLETE],
            "to_repair": states[AnswerState.REPAIR],
            "answer_needed": states[AnswerState.NONE],
            "displaced_answers": sum(
                answer.is_displaced
                for group in found.groups
                for answer in group.answers
            ),
            "contradictions": sum(len(group.contradictions) for group in found.groups),
            "incomplete_lines": len(
                {mark.line for mark in found.marks if mark.damage.is_incomplete}
            ),
            "topics": len(found.topics),
            "medicines": len(found.medicines),
            "brands": sum(len(each.brands) for each in found.medicines),
            "known": decisions[ItemDecision.KNOWN],
            "changed": len(changed),
            "open": decisions[ItemDecision.OPEN],
            **{f"lines_{danger}": dangers[danger] for danger in GRAVITY},
        }

    def _damage(self) -> Iterator[told.DamageFound]:
        for mark in self.found.marks:
            damage, place = Damage(mark.damage), self.lines[mark.line].place
            yield told.DamageFound(damage, place, damage.is_incomplete, mark.detail)

    def _flags(self) -> Iterator[told.FlagFound]:
        def gravity(flag: Flag) -> tuple[int, int, int]:
            return GRAVITY.index(Danger(flag.danger)), flag.line, flag.start

        for flag in sorted(self.found.flags, key=gravity):
            line = self.lines[flag.line]
            words = line.text[flag.start : flag.end] or line.text
            yield told.FlagFound(
                flag.danger, line.place, flag.rule, words, flag.reason, flag.to_do
            )

    def _question(self, group: Group, standing: told.Standing) -> told.QuestionFound:
        return told.QuestionFound(
            question=group.question,
            state=group.state,
            topic=group.topic,
            aspect=group.aspect,
            places=self._places(group.lines),
            wordings=tuple(variant.text for variant in group.variants),
            medicines=group.medicines,
            answers=tuple(self._answer(answer) for answer in group.answers),
            contradictions=tuple(
                told.Differing(
                    each.about,
                    tuple(
                        told.Side(self.lines[side.line].place, side.says)
                        for side in each.sides
                    ),
                )
                for each in group.contradictions
            ),
            standing=standing,
        )

    def _answer(self, answer: Answer) -> told.AnswerFound:
        lines = [*answer.heading_lines, *answer.lines]
        return told.AnswerFound(
            self._places(lines), answer.state, answer.is_displaced, answer.text
        )

    def _topics(self) -> Iterator[told.TopicFound]:
        for topic, standing in zip(self.found.topics, self.standing, strict=False):
            yield told.TopicFound(
                topic.name,
                topic.also_called,
                self._places(topic.lines),
                topic.url,
                standing,
            )

    def _medicines(self) -> Iterator[told.MedicineFound]:
        rest = self.standing[len(self.found.topics) :]
        for medicine, standing in zip(self.found.medicines, rest, strict=False):
            yield told.MedicineFound(
                medicine.generic,
                tuple(_brand(brand) for brand in medicine.brands),
                medicine.classes,
                medicine.prescription,
                self._places(medicine.lines),
                standing,
            )

    def _places(self, numbers: Iterable[int]) -> str:
        return places(self.lines[number].place for number in numbers)


def _standing(item: ImportedItem, pages: list) -> told.Standing:
    return told.Standing(
        decision=item.decision,
        changed=difference_of(item),
        near=tuple(
            told.Near(
                one.page.title, one.page.kind, one.page.live, one.is_same, one.why
            )
            for one in pages
        ),
    )


def _brand(brand: FoundBrand) -> told.BrandFound:
    return told.BrandFound(
        brand.name, brand.is_known, brand.is_combination, brand.doubt
    )
