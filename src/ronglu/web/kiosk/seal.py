"""Drafts that wait on the terminal for the network: only this server can read them, and only their writer is named in them.

The page of a form brings a ticket and a pad as long as a draft may be. What cannot be sent is written over the pad before
it is stored, and the pad is gone with the page: the next person finds noise. A ticket serves for one draft.

Noise can be changed without being read, so a tag goes with it, made with the end of the pad: a polynomial over a prime
field whose point and shift serve once (Poly1305 without its shortcuts). A browser on plain http has no HMAC.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

SALT = "ronglu.kiosk.draft"
LENGTH = 8192
KEPT = 24 * 3600
BLOCK = 16
PRIME = 2**130 - 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """`text` goes to the page and comes back; `key` makes the report one, however often it is sent."""

    text: str
    account: int
    key: str

    @property
    def pad(self) -> str:
        return base64.b64encode(_pad(self.text)).decode()


def new(account: int) -> Ticket:
    key = secrets.token_hex(16)
    return Ticket(signing.dumps([account, key], salt=SALT), account, key)


def read(text: str) -> Ticket | None:
    """None for a ticket that is not ours or too old."""
    try:
        account, key = signing.loads(text, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return Ticket(text, account, key)


def opened(ticket: Ticket, sealed: str) -> dict[str, str] | None:
    """What was typed, by field; None where it was not sealed with this ticket, or changed since."""
    text, _, tag = sealed.partition(".")
    pad = _pad(ticket.text)
    try:
        noise = base64.b64decode(text, validate=True)
        if len(noise) > LENGTH or not hmac.compare_digest(_tag(noise, pad[LENGTH:]).encode(), tag.encode()):
            return None
        found: Any = json.loads(bytes(a ^ b for a, b in zip(noise, pad, strict=False)).decode())
    except ValueError:
        return None
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else None


def owner(account: int) -> str:
    """By this a page knows its own drafts among others; it tells nobody who that is."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{SALT}.owner:{account}".encode(), hashlib.sha256).hexdigest()[:16]


def _tag(noise: bytes, keys: bytes) -> str:
    """The sum that kiosk.js works out too; each block ends with a one, so that lengths differ."""
    point, shift = (int.from_bytes(keys[at : at + BLOCK], "little") for at in (0, BLOCK))
    total = 0
    for at in range(0, len(noise), BLOCK):
        total = (total + int.from_bytes(noise[at : at + BLOCK] + b"\1", "little")) * point % PRIME
    return f"{(total + shift) % PRIME:x}"


def _pad(ticket: str) -> bytes:
    """As long as a draft may be, and the two keys of its tag."""
    blocks = range(LENGTH // 32 + 1)
    secret = settings.SECRET_KEY.encode()
    return b"".join(hmac.new(secret, f"{SALT}.pad:{no}:{ticket}".encode(), hashlib.sha256).digest() for no in blocks)
