"""Text to words, for the index and for what people type, on every database alike.

Every word that leaves here is made of a-z and 0-9 only, so neither database's own ideas
of letters and word ends can make a difference.
"""

import re
import unicodedata

import snowballstemmer
from anyascii import anyascii

ALGORITHMS = {"en": "english", "es": "spanish"}
LONGEST_WORD = 40

_ENGLISH = """
a about am an and any are as at be been being but by can cant could did do does doesnt
doing dont for from get had has have having how i if im in into is isnt it its ive me my
of on or our should so some than that the their them then there these they this those
to was we were what whats when where which while who whom why will with would you your
"""
_SPANISH = """
a al algo como con cual cuales cuando de del desde donde durante e el ella ellas ellos
en entre era eres es esa ese eso esta estan estar este esto estoy fue ha hay he la las
le les lo los me mi mis muy ni o para pero por porque puede puedo que quien se ser si
sin sobre son soy su sus tener tengo tiene tu tus u un una unas uno unos y ya yo
"""
#: Little words: a query is matched without them, unless it holds nothing else.
LITTLE_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}

# Apostrophes, soft hyphens and zero-width marks stand in words and do not part them.
_SILENT = re.compile(r"['\u2018\u2019\u02bc\u00b4`\u00ad\u200b-\u200d\u2060\ufeff]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_HYPHEN = re.compile(r"[-\u2010]")
_NOT_PLAIN = re.compile(r"[^a-z0-9]")


def fold(text: str) -> str:
    """The text without case, accents and apostrophes; numbers stay one word each."""
    # "µg" is a microgram; spelled letter by letter it would become "mg".
    marked = text.replace("\u00b5", "mc").replace("\u03bc", "mc")
    apart = unicodedata.normalize("NFKD", _SILENT.sub("", marked).casefold())
    letters = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return _DECIMAL.sub("point", _THOUSANDS.sub("", letters))


class Analyser:
    """Finds the words of one language in texts. Not to be shared between threads."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stemmer = snowballstemmer.stemmer(ALGORITHMS.get(language, "english"))
        self._stems: dict[str, str] = {}

    def words(self, text: str) -> list[str]:
        """The stems of a text as it is kept: a hyphened word apart and joined."""
        found = []
        for parts in _parted(text):
            found += parts
            if len(parts) > 1 and not "".join(parts).isdigit():
                found.append("".join(parts))
        return [self._stem(word) for word in found]

    def asked(self, text: str) -> tuple[list[str], list[str]]:
        """The stems of what somebody types: all of them, and those to be matched.

        The second list holds each stem once, without little words where others are
        left.
        """
        typed = [word for parts in _parted(text) for word in parts]
        little = LITTLE_WORDS.get(self.language, frozenset())
        telling = [word for word in typed if word not in little] or typed
        matched = dict.fromkeys(self._stem(word) for word in telling)
        return [self._stem(word) for word in typed], list(matched)

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = self._stemmer.stemWord(word[:LONGEST_WORD])
        return self._stems[word]


def _parted(text: str) -> list[list[str]]:
    """The words of a text, each as the parts between its hyphens."""
    found = []
    for written in _WORD.findall(fold(text)):
        parts = [_plain(part) for part in _HYPHEN.split(written)]
        found.append([part for part in parts if part])
    return found


def _plain(word: str) -> str:
    return word if word.isascii() else _NOT_PLAIN.sub("", anyascii(word).lower())
