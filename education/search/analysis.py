"""Text to words, for the index and for what people type, on every database alike.

Every word that leaves here is made of a-z and 0-9 only, so neither database's own ideas
of letters and word ends can make a difference.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import snowballstemmer
from anyascii import anyascii

from education.search.small_words import LIGHT_WORDS, LITTLE_WORDS, SAME_WORDS

ALGORITHMS = {"en": "english", "es": "spanish"}
LONGEST_WORD = 40
#: Grows with every change to what leaves here: older search documents are written anew.
VERSION = 3

#: Endings of medicines' names that the stemmer must leave alone, after the stems of the
#: World Health Organization's international nonproprietary names ("The use of stems in
#: the selection of INN"), with those of muscle relaxants and of what people take for
#: pain. A last a, e or o may follow, as in Spanish, and counts as no letter.
_NAMES = """
afil axalon azepam azolam azol azosin bactam barbital benzaprin caine calcin carbam
carbamol cef cillin codon conazol coxib cyclin dipin dron dronat entan fenac fenacin
fibrat floxacin fungin gabalin gatran gliflozin gliptin glitazon grel iodaron ibuprofen
ketorolac leukin lukast mab metacin morphon mycin nacin nib nidazol olol orphan oxacin
oxetin oxican oxicam parin penem phyllin platin pril prazol prednison prednisolon
prodol profen quin quinin quinidin renon romycin salat sartan semid setron spirin
statin steron tadin tidin tinib thiazid tocin toin trexat triptan triptylin tropin
vastatin vaptan verin vir xaban xanthin zanidin zepam zepin zodon zolamid zolam
zoxazon acetaminophen paracetamol naproxen aspirin baclofen dantrolen
"""

# Apostrophes, soft hyphens and zero-width marks stand in words and do not part them.
_SILENT = re.compile(r"['\u2018\u2019\u02bc\u00b4`\u00ad\u200b-\u200d\u2060\ufeff]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_HYPHEN = re.compile(r"[-\u2010]")
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
# "200mg" says the same as "200 mg"; "B12" and "1e5" are words of their own.
_UNIT = re.compile(
    r"(?<=\d)(?=(?:mg|mcg|g|kg|ml|l|iu|oz|lbs?|cm|mm|hrs?|hours?|mins?|days?)\b)"
)
_NAME = re.compile(rf"[a-z]*(?:{'|'.join(_NAMES.split())})(?:[aeo]?s?)")
_NAME_END = re.compile(r"[aeo]?s?$")


def fold(text: str) -> str:
    """The text without case, accents and apostrophes; numbers stay one word each."""
    # "µg" is a microgram; spelled letter by letter it would become "mg".
    marked = text.replace("\u00b5", "mc").replace("\u03bc", "mc")
    apart = unicodedata.normalize("NFKD", _SILENT.sub("", marked).casefold())
    letters = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return _DECIMAL.sub("point", _THOUSANDS.sub("", _UNIT.sub(" ", letters)))


def folded_words(text: str) -> list[str]:
    """The words of a text as they are written, folded, not stemmed; hyphens part."""
    return [word for parts in _parted(text) for word in parts]


def is_little(word: str, language: str) -> bool:
    """Whether a folded word says nothing by itself, such as "the"."""
    return word in LITTLE_WORDS.get(language, ())


def telling_words(folded: Iterable[str], language: str) -> list[str]:
    """Those of these words that are not little; all of them where none is left."""
    words = list(folded)
    return [word for word in words if not is_little(word, language)] or words


class Analyser:
    """Finds the words of one language in texts. Not to be shared between threads."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stemmer = snowballstemmer.stemmer(ALGORITHMS.get(language, "english"))
        self._stems: dict[str, str] = {}
        self._same = SAME_WORDS.get(language, {})

    def words(self, text: str) -> list[str]:
        """The stems of a text as it is kept: a hyphened word apart and joined."""
        found = []
        for parts in _parted(text):
            found += parts
            if len(parts) > 1 and not "".join(parts).isdigit():
                found.append("".join(parts))
        return [self._stem(word) for word in found]

    def stems(self, folded: Iterable[str]) -> list[str]:
        """The stem of each of these words, in their order."""
        return [self._stem(word) for word in folded]

    def is_little(self, word: str) -> bool:
        """Whether a folded word says nothing by itself, such as "the"."""
        return is_little(word, self.language)

    def is_light(self, word: str) -> bool:
        """Whether a folded word says so little that a page need not hold it."""
        return word in LIGHT_WORDS.get(self.language, ())

    @property
    def little_stems(self) -> frozenset[str]:
        """The stems of the little words."""
        return _little_stems(self.language)

    def telling(self, folded: Iterable[str]) -> list[str]:
        """Those of these words that are not little; all of them where none is left."""
        return telling_words(folded, self.language)

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            cut = self._same.get(word, word[:LONGEST_WORD])
            self._stems[word] = (
                _NAME_END.sub("", cut)
                if _NAME.fullmatch(cut)
                else self._stemmer.stemWord(cut)
            )
        return self._stems[word]


@cache
def _little_stems(language: str) -> frozenset[str]:
    return frozenset(Analyser(language).stems(LITTLE_WORDS.get(language, ())))


def _parted(text: str) -> list[list[str]]:
    """The words of a text, each as the parts between its hyphens."""
    found = []
    for written in _WORD.findall(fold(text)):
        parts = [_plain(part) for part in _HYPHEN.split(written)]
        found.append([part for part in parts if part])
    return found


def _plain(word: str) -> str:
    return word if word.isascii() else _NOT_PLAIN.sub("", anyascii(word).lower())
