"""The short code on a handout: which version of which page it is.

It is the number of the revision in Crockford's base 32, which has no letters that look
like digits, and a last character that tells a slip of the pen from another version.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORTEST = 4
#: Revisions are numbered with 31 bits.
MOST = 2**31
LONGEST = 8

_MEANT = str.maketrans("OIL", "011", "- ")


def code_of(revision_id: int) -> str:
    """Such as "03V8J": four characters or more, and one that checks them."""
    digits = []
    while revision_id:
        revision_id, digit = divmod(revision_id, 32)
        digits.append(digit)
    digits += [0] * (SHORTEST - len(digits))
    digits.reverse()
    return "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])


def revision_of(code: str) -> int | None:
    """The revision that the code names, however it was typed; None for no code."""
    typed = code.upper().translate(_MEANT)
    if not 2 <= len(typed) <= LONGEST or not set(typed) <= set(ALPHABET):
        return None
    *digits, last = (ALPHABET.index(character) for character in typed)
    if last != _check(digits):
        return None
    revision_id = 0
    for digit in digits:
        revision_id = revision_id * 32 + digit
    return revision_id if 0 < revision_id < MOST else None


def _check(digits: list[int]) -> int:
    """A digit that differs when one digit is wrong or two neighbors change places."""
    check = 0
    for digit in digits:
        # Doubling in the field of 32 elements, whose polynomial is x^5 + x^2 + 1.
        check = (check ^ digit) << 1
        check ^= 0b100101 if check & 32 else 0
    return check
