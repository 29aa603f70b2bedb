"""Goes through a document with the rules: what is unsafe or doubtful, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from education.import_vocabulary import Danger, SafetyCheck
from education.importer.findings import Flag
from education.importer.flagging.cases import Case, Said, cases_of
from education.importer.flagging.checks import CHECKS, Hit, holds
from education.importer.flagging.denying import agrees, is_denied, proposes, refuses
from education.importer.flagging.matching import Matcher
from education.importer.flagging.rules import Rule
from education.importer.flagging.texts import Span, Token, tokens_of
from education.importer.passages import Understanding
from education.importer.sources import SourceDocument
from education.wordings import Atom, Place, Wording

#: The word lists, by language, to which names of medicines that are handed in belong.
MEDICINES = ("medicine", "medicina")


def find_flags(
    document: SourceDocument,
    understanding: Understanding,
    rules: tuple[Rule, ...],
    names: frozenset[str] = frozenset(),
) -> tuple[Flag, ...]:
    """Every flag of the document, by line, one for each rule and line.

    `names` are names of medicines beside those of the word list [medicine].
    """
    matcher = matcher_of(rules, names)
    flags: dict[tuple[int, str], Flag] = {}
    by_wording = _by_wording(rules)
    for case in cases_of(document, understanding, matcher):
        for number in _candidates(case, by_wording):
            rule = rules[number]
            for said, span in hits(case, rule):
                flags.setdefault((said.line, rule.name), _flag(rule, said, span))
    return tuple(sorted(flags.values(), key=lambda flag: (flag.line, flag.rule)))


def _by_wording(rules: tuple[Rule, ...]) -> dict[Wording, list[int]]:
    """The rules, by their places, that want each wording in a question or an answer."""
    by_wording: dict[Wording, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for one in {*rule.asked, *rule.looks_for}:
            by_wording[one].append(number)
    return by_wording


def _candidates(case: Case, by_wording: dict[Wording, list[int]]) -> list[int]:
    """The rules of which the case says something; no other one can find it."""
    texts = [case.question.found]
    for said in case.answer:
        texts += [said.found, said.reached]
    found = {one for text in texts for one in text}
    return sorted({n for one in found for n in by_wording.get(one, ())})


@lru_cache(maxsize=8)
def matcher_of(rules: tuple[Rule, ...], names: frozenset[str] = frozenset()) -> Matcher:
    """What reads texts for these rules; kept, since it is long in the making."""
    lists = dict(entry for rule in rules for entry in rule.lists)
    words = (tokens_of(name) for name in sorted(names))
    entries = tuple(_entry(tokens) for tokens in words if tokens)
    for name in lists.keys() & set(MEDICINES):
        lists[name] += entries
    language = rules[0].language if rules else ""
    grave = (rule for rule in rules if rule.danger == Danger.CRITICAL)
    return Matcher(
        language,
        (one for rule in rules for one in rule.wordings),
        lists,
        (one for rule in grave for one in rule.looks_for),
    )


def _entry(name: list[Token]) -> Wording:
    """A name as an entry of a word list: its words, one after the other."""
    places = tuple(Place(((Atom("form", token.word),),)) for token in name)
    return Wording(" ".join(token.word for token in name), (places,))


def hits(case: Case, rule: Rule) -> Iterator[Hit]:
    """The lines of a case that a rule finds, and the words there, at most one each.

    The case has to be read by a matcher that knows the rule.
    """
    if rule.asked and not holds(case.question, rule.asked):
        return
    if holds(case.question, rule.not_asked):
        return
    if rule.check and rule.check != SafetyCheck.WORDS:
        yield from CHECKS[rule.check](case, rule)
        return
    if case.held & set(rule.unless_anywhere):
        return
    if rule.also and not case.held & set(rule.also):
        return
    if not rule.looks_for:
        if case.answer:
            yield case.body[0], None
        return
    found = False
    for said in case.body:
        for span in _found(case, said, rule):
            yield said, span
            found = True
            break
    if not found and rule.danger == Danger.CRITICAL and _is_agreed_to(case, rule):
        yield case.body[0], None


def _found(case: Case, said: Said, rule: Rule) -> Iterator[Span]:
    """Where the line says what the rule looks for, by itself or with the question."""
    taken_away = _taken_away(said, rule)
    reached = {} if rule.may_be_denied and refuses(case.body[0].text) else said.reached
    for one in rule.looks_for:
        for span in said.found.get(one, ()) or reached.get(one, ()):
            sentence = said.text.tokens[span[0]].sentence
            near = {sentence - 1, sentence, sentence + 1}
            if taken_away & near or sentence in said.text.questions:
                continue
            denied = said.is_warned_of or is_denied(said.text, span, one)
            if not (rule.may_be_denied and denied):
                yield span


def _taken_away(said: Said, rule: Rule) -> set[int]:
    """The sentences that say something of `unless_near`."""
    return {
        said.text.tokens[span[0]].sentence
        for one in rule.unless_near
        for span in said.found.get(one, ())
    }


def _is_agreed_to(case: Case, rule: Rule) -> bool:
    """Whether the question proposes what the rule looks for, and the answer agrees."""
    asked = case.question
    if not case.body or not proposes(asked.text) or not agrees(case.body[0].text):
        return False
    proposed = any(
        not is_denied(asked.text, span, one)
        for one in rule.looks_for
        for span in asked.found.get(one, ())
    )
    return proposed and not {0, 1} & _taken_away(case.body[0], rule)


def _flag(rule: Rule, said: Said, span: Span | None) -> Flag:
    start, end = _sentence(said, span) if span else (0, 0)
    return Flag(rule.name, rule.danger, said.line, start, end, rule.reason, rule.to_do)


def _sentence(said: Said, span: Span) -> tuple[int, int]:
    """Where the sentence of what was found begins and ends in the line."""
    tokens = said.text.tokens
    number = tokens[span[0]].sentence
    places = [n for n, token in enumerate(tokens) if token.sentence == number]
    return said.text.place_of((places[0], places[-1] + 1))
