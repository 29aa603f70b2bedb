"""Which pieces of content answer which question.

Answers mostly follow their question; in some stretches they stand before the questions,
in the same order. So the pairing never crosses itself, and the best one is found by
dynamic programming: what is near and speaks of the same weighs more, leaving a question
or a piece alone costs. Only what is near is compared, so that time grows with length.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from education.importer.understanding.affinity import Affinity
from education.importer.understanding.segments import Asked, Outline, Piece
from education.importer.understanding.units import is_subheading

#: How many questions and pieces a pair may lie apart.
FARTHEST = 30
#: Ways that have fallen this far behind the best are given up.
BEHIND = 12.0

DIRECT = 2.5
LATER = 0.75
AFTER_OTHERS = 1.0
BEFORE = 2.0
AWAY = 0.08
OTHER_REGION = 2.0
ANSWERS_FIRST = 1.0
SAID_BY_FORMAT = 6.0
NO_ANSWER = -0.8
IMPLIED = -0.6
NOT_ASKED = -1.5
TURNED = -1.2
GOES_ON = 0.5
GOES_ON_BEFORE = -0.4
GOES_ON_UNASKED = 0.0
OTHER_SECTION = 20.0
GOES_ON_UNDER_HEADING = -2.0
BELONGS = 2.0

#: Where answers stand in the stretch at hand.
AFTER, FIRST = 0, 1
#: What the next piece may go on with: nothing, an answer, or text under a heading.
NOTHING, ANSWER, HEADED = 0, 1, 2


@dataclass
class Pair:
    """A question with its pieces; a piece with a heading may stand without question."""

    question: Asked | None
    pieces: list[Piece] = field(default_factory=list)
    is_displaced: bool = False


def pair(laid_out: Outline, affinity: Affinity) -> list[Pair]:
    """Every question with the pieces that answer it, and the pieces that are left."""
    return _Alignment(laid_out, affinity).pairs()


_State = tuple[int, int, int, int]
_Step = tuple[float, _State | None, str]


class _Alignment:
    def __init__(self, laid_out: Outline, affinity: Affinity) -> None:
        self.questions = laid_out.questions
        self.pieces = laid_out.pieces
        self.affinity = affinity
        self.language = affinity.language
        self.first = _answers_first(laid_out)

    def pairs(self) -> list[Pair]:
        found: dict[int, Pair] = {asked.place: Pair(asked) for asked in self.questions}
        last = Pair(None)
        for step, i, j in self._steps():
            if step == "match":
                last = found[self.questions[i].place]
                last.pieces.append(self.pieces[j])
                last.is_displaced = self.pieces[j].place < self.questions[i].place
            elif step == "join":
                last.pieces.append(self.pieces[j])
            elif step == "skip piece":
                last = found[self.pieces[j].place] = Pair(None, [self.pieces[j]])
        return [found[place] for place in sorted(found)]

    def _steps(self) -> list[tuple[str, int, int]]:
        """The best way through: what is done with question i and piece j, in order."""
        layers = self._layers()
        state: _State | None = max(
            (key for key in layers[-1] if key[1] == len(self.pieces)),
            key=lambda key: layers[-1][key][0],
        )
        steps = []
        while state is not None:
            _, before, step = layers[state[0]][state]
            if before is not None:
                steps.append((step, before[0], before[1]))
            state = before
        return steps[::-1]

    def _layers(self) -> list[dict[_State, _Step]]:
        start: _State = (0, 0, AFTER, NOTHING)
        layers: list[dict[_State, _Step]] = [{} for _ in range(len(self.questions) + 1)]
        layers[0][start] = (0.0, None, "")
        for i, layer in enumerate(layers):
            best = max(step[0] for step in layer.values())
            self._go_through(layers, i, best - BEHIND)
            if not self._is_passed(layers, i):
                self._go_through(layers, i, -inf)
        return layers

    def _is_passed(self, layers: list[dict[_State, _Step]], i: int) -> bool:
        """Whether a way leads on from a layer; a long text may leave none."""
        if i + 1 < len(layers):
            return bool(layers[i + 1])
        return any(key[1] == len(self.pieces) for key in layers[i])

    def _go_through(
        self, layers: list[dict[_State, _Step]], i: int, least: float
    ) -> None:
        layer = layers[i]
        waiting = {key[1] for key in layer}
        for j in range(min(waiting), len(self.pieces) + 1):
            keys = [
                (i, j, mode, on)
                for mode in (AFTER, FIRST)
                for on in (NOTHING, ANSWER, HEADED)
            ]
            here = [key for key in keys if key in layer and layer[key][0] >= least]
            if not here and j > max(waiting):
                break
            for key in here:
                self._go_on(layers, key, layer[key][0])

    def _go_on(
        self, layers: list[dict[_State, _Step]], at: _State, score: float
    ) -> None:
        i, j, mode, on = at
        asked = self.questions[i] if i < len(self.questions) else None
        piece = self.pieces[j] if j < len(self.pieces) else None

        def reach(to: _State, gain: float, step: str) -> None:
            layer = layers[to[0]]
            if to not in layer or layer[to][0] < score + gain:
                layer[to] = (score + gain, at, step)

        apart = asked.place - piece.place if asked and piece else 0
        if asked and apart <= FARTHEST:
            reach((i + 1, j, mode, NOTHING), NO_ANSWER, "skip question")
        if piece and apart >= -FARTHEST:
            alone = IMPLIED if piece.heading else NOT_ASKED
            left = HEADED if piece.heading else NOTHING
            reach((i, j + 1, mode, left), alone, "skip piece")
            if on and (gain := self._joins(i - 1, j, mode, on)) is not None:
                reach((i, j + 1, mode, on), gain, "join")
        if asked and piece and abs(apart) <= FARTHEST:
            to = FIRST if apart > 0 else AFTER
            gain = self._match(asked, piece)
            if to != mode and not self._new_region(i):
                gain += TURNED
            reach((i + 1, j + 1, to, ANSWER), gain, "match")

    def _new_region(self, i: int) -> bool:
        return i == 0 or self.questions[i - 1].region != self.questions[i].region

    def _joins(self, i: int, j: int, mode: int, on: int) -> float | None:
        """What it is worth that a piece goes on with the one before, if it can."""
        piece, before = self.pieces[j], self.pieces[j - 1]
        if piece.section != before.section:
            return None
        if on == HEADED:
            stays = piece.run == before.run and not piece.heading
            return GOES_ON_UNASKED if stays else None
        asked = self.questions[i]
        if piece.run != before.run or piece.region != before.region:
            if piece.run != before.run or piece.run != i:
                return None
            return GOES_ON - OTHER_REGION / 2
        if piece.is_answer and before.is_answer:
            return GOES_ON + SAID_BY_FORMAT
        if piece.heading:
            belongs = BELONGS if is_subheading(piece.heading, self.language) else 0.0
            return GOES_ON_UNDER_HEADING + belongs + self.affinity.of(asked, piece)
        return GOES_ON if mode == AFTER else GOES_ON_BEFORE

    def _match(self, asked: Asked, piece: Piece) -> float:
        gain = self.affinity.of(asked, piece)
        if asked.region != piece.region:
            gain -= OTHER_REGION
        if asked.unit.line.section != piece.section:
            gain -= OTHER_SECTION
        first = ANSWERS_FIRST * self.first.get(asked.region, 0.0)
        if piece.place < asked.place:
            apart = asked.place - piece.place
            return gain + BEFORE - AWAY * apart + first
        gain -= first
        number = self.questions[piece.run]
        if number is not asked:
            return gain + AFTER_OTHERS - AWAY * (piece.place - asked.place)
        between = piece.place - asked.place - 1
        if piece.is_answer and not between:
            gain += SAID_BY_FORMAT
        return gain + max(DIRECT - LATER * between, 0.0)


def _answers_first(laid_out: Outline) -> dict[int, float]:
    """How sure it is of a region that its answers stand first.

    It begins with content and ends with a question, and few questions in it are
    followed by content.
    """
    everything = sorted(
        [*laid_out.questions, *laid_out.pieces], key=lambda one: one.place
    )
    members: dict[int, list[Asked | Piece]] = {}
    for one in everything:
        members.setdefault(one.region, []).append(one)
    sure = {}
    for region, row in members.items():
        asked = [one for one in row if isinstance(one, Asked)]
        if isinstance(row[0], Asked) or isinstance(row[-1], Piece):
            continue
        followed = sum(
            isinstance(one, Asked) and isinstance(after, Piece)
            for one, after in pairwise(row)
        )
        sure[region] = 1 - followed / len(asked)
    return sure
