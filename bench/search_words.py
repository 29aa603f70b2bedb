"""Made-up medical words and pages of them, the same at every run and on any database.

Words come as often as in real texts (Zipf): a few stand on every page, most on hardly
any. Page number n is the same however many pages there are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product

SEED = 20
VOCABULARY = 60_000
TAGS = 200
#: One page in so many holds a word that no other page holds.
OWN_WORD_EVERY = 20
#: By how often they are used, the words that titles and aliases are made of.
NAMING_WORDS = slice(200, 8_000)
PASSAGES = 6

_STARTS = (
    "ab ad al an ar bar bel bra cal can cap cer cla col cor cra cyst del der dor ect "
    "en fab fem fib flex gan gas gel gran hep her hist hyp il in jug kel lab lar len "
    "lip lum mal mel men mor my nas nec neph nod oc or ost ot pal pec per pil plas pom "
    "ra ren rhin rub sac sal scap ser sin sol spir stel syn tal ten tib tor tra ul ur "
    "vas ven vis zyg"
)
_MIDDLES = (
    "a ab ad ag al am an ar at av e ed el em en er et i id il im in ip ir it o ob oc "
    "od ol om on op or ot u ub ul um un ur"
)
_ENDS = (
    "a al algia amine ane ar ase ata ax ectomy ema enol ex gram ia iac ica id ide ilin "
    "in ine ism itis ium ol olol oma one opathy or ora orax osis ost oxin ule um ump "
    "ura us"
)


@dataclass(frozen=True)
class Written:
    """What somebody might have written on a page; tags by their number."""

    number: int
    title: str
    summary: str
    aliases: tuple[str, ...]
    tags: tuple[int, ...]
    passages: tuple[str, ...]


@cache
def vocabulary() -> list[str]:
    """All words, the one used most often first."""
    parts = (_STARTS.split(), _MIDDLES.split(), _ENDS.split())
    words = sorted({"".join(word) for word in product(*parts)})
    random.Random(SEED).shuffle(words)  # noqa: S311 - the same at every run
    return words[:VOCABULARY]


def own_word(number: int) -> str:
    """A word that stands on this page only, spelled from its number."""
    letters = "bcdfghjklm"
    return "quo" + "".join(letters[int(digit)] + "a" for digit in str(number)) + "x"


@cache
def _shares() -> list[float]:
    return list(accumulate(1 / place for place in range(1, VOCABULARY + 1)))


def written(number: int, words: int) -> Written:
    """Page number `number`, with about so many words of running text."""
    chance = random.Random(f"{SEED}-{number}")  # noqa: S311
    naming = vocabulary()[NAMING_WORDS]
    drawn = chance.choices(vocabulary(), cum_weights=_shares(), k=words + 12)
    summary, text = drawn[:12], drawn[12:]
    if number % OWN_WORD_EVERY == 0:
        text[len(text) // 2] = own_word(number)
    tags = {int(TAGS * chance.random() ** 2) for _ in range(3)}
    return Written(
        number,
        title=" ".join(chance.sample(naming, chance.randint(2, 4))).capitalize(),
        summary=" ".join(summary)[:158].capitalize() + ".",
        aliases=tuple(" ".join(chance.sample(naming, 2)) for _ in range(2)),
        tags=tuple(sorted(tags)),
        passages=tuple(_passages(text)),
    )


def _passages(text: list[str]) -> Iterator[str]:
    """The words in paragraphs of sentences, each of a dozen words."""
    size = -(-len(text) // PASSAGES)
    for start in range(0, len(text), size):
        paragraph = text[start : start + size]
        sentences = (paragraph[at : at + 12] for at in range(0, len(paragraph), 12))
        yield " ".join(f"{' '.join(said).capitalize()}." for said in sentences)
