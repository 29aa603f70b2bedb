"""Keys of the database that the public sees, without how many rows there are.

A number of 64 bits becomes another one in four rounds of a Feistel network, whose
secret follows from `SECRET_KEY`. Nothing is stored for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

HALF = 2**32
LARGEST = 2**63 - 1
ROUNDS = range(4)


def scrambled(key: int) -> int:
    return _turned(key, ROUNDS)


def unscrambled(number: int) -> int:
    """Raises ValueError where it cannot be the key of any row."""
    if not 0 <= number < HALF**2:
        raise ValueError("That is no number of 64 bits.")
    key = _turned(number, reversed(ROUNDS))
    if key > LARGEST:
        raise ValueError("That was scrambled with another secret.")
    return key


def _turned(number: int, rounds: Iterable[int]) -> int:
    left, right = divmod(number, HALF)
    for each in rounds:
        left, right = right, left ^ _mixed(each, right)
    return right * HALF + left


def _mixed(each: int, half: int) -> int:
    mixed = salted_hmac("education.feedback.keys", f"{each}:{half}", algorithm="sha256")
    return int.from_bytes(mixed.digest()[:4], "big")
