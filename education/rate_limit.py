"""How often one address may send or ask for something, without keeping any address.

Counted is a hash of the address, keyed with a random text that is never written down
outside the cache. Both are forgotten within two windows, so that nobody can find out
later who sent anything.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)

#: In seconds.
WINDOW = 60


def seconds_to_wait(what: str, most: int, address: str, now: datetime) -> int:
    """Count one more of `what`; 0 while there are at most `most` in this window.

    Without a working cache everybody may: a lost vote is worse than one too many. A
    cache that processes do not share counts for each of them.
    """
    number, elapsed = divmod(int(now.timestamp()), WINDOW)
    try:
        count = _count(what, number, address)
    except Exception as error:  # every backend has errors of its own
        # Its name only: the message may hold the address of the cache and its password.
        logger.error("Nobody is limited: %s", type(error).__name__)
        return 0
    return WINDOW - elapsed if count > most else 0


def _count(what: str, number: int, address: str) -> int:
    salt_key = f"rate:{number}"
    salt = cache.get_or_set(salt_key, lambda: secrets.token_hex(32), WINDOW)
    hashed = hmac.new(salt.encode(), address.encode(), hashlib.sha256).hexdigest()
    key = f"rate:{number}:{what}:{hashed}"
    if cache.add(key, 1, WINDOW):
        return 1
    return cache.incr(key)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as far as what stands before us can be trusted.

    Each proxy adds the address that it saw to the end of `X-Forwarded-For`, so only the
    last entries, one for each trusted proxy, were not written by the sender.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < proxies <= len(seen):
        address = seen[-proxies].strip() or address
    return _one_household(address)


def _one_household(address: str) -> str:
    """An IPv6 address without the part that a computer chooses, and changes, itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), 64), strict=False))
