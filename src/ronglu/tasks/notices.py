"""Sends what waits to be told: notices become digests, digests go out by the plant's channels, each taken by one sender."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from ronglu.exchange import channels
from ronglu.exchange.channels import Channel, Message, Sent
from ronglu.exchange.problems import Refused
from ronglu.store.models import Digest
from ronglu.work import digests, notices

Send = Callable[[Channel, Message], Sent]


@dataclass
class Told:
    """How many notices got their moment, digests were made, sent, and not sent."""

    reckoned: int = 0
    made: int = 0
    sent: int = 0
    failed: int = 0


def go(*, at: dt.datetime, now: Callable[[], dt.datetime], send: Send = channels.send) -> Told:
    """One pass; sending takes its time, so what came of it is written with the moment it ended."""
    told = Told(reckoned=notices.reckon(at=at), made=digests.bundle(at=at, mail=bool(settings.SMTP)))
    for digest in digests.take(at=at):
        said = _send(digest, send)
        digests.report(digest=digest, ok=said.ok, detail=said.detail, at=now())
        told.sent += said.ok
        told.failed += not said.ok
    return told


def _send(digest: Digest, send: Send) -> Sent:
    way = digest.channel
    if way is not None and way.state != "on":
        return Sent(False, "渠道已停用")
    try:
        if way is not None:
            out = channels.channel(way.kind, way.address)
        else:
            out = channels.channel("mail", f"{settings.SMTP}/{digest.person.contact if digest.person else ''}")
    except Refused as refused:
        return Sent(False, str(refused))
    return send(out, message(digest.title, digest.lines))


def message(title: str, lines: list[str]) -> Message:
    url = f"{settings.SITE}/inbox/" if settings.SITE else ""
    return Message(title, tuple(lines), url)
