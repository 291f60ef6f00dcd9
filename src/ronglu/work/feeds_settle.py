"""What a feed brought and was not taken: a person takes it in with a reason, under his own name, or drops it with one."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.store.models import Account, Feed, FeedRefusal, RefusalState
from ronglu.work import readings_take
from ronglu.work.feeds import FeedTrouble, note
from ronglu.work.feeds_sift import Lot
from ronglu.work.readings_rules import ReadingTrouble, hold


@transaction.atomic
def take_in(*, refusal: FeedRefusal, lots: Sequence[Lot], reason: str, by: Account, at: dt.datetime) -> None:
    """`lots` hold this one value, placed anew by today's mapping. It is his entry: another person audits it."""
    row = _open(refusal, reason)
    feed = Feed.objects.select_related("plant").get(pk=row.feed_id)
    hold(feed.plant)
    if not lots:
        raise FeedTrouble(f"现在仍不能收：{row.why}")
    for lot in lots:
        try:
            readings_take.take(
                plant=feed.plant, values=lot, grain=lot.grain, by=by, at=at, reason=reason.strip()[:200],
                subject=feed.name,
            )  # fmt: skip
        except ReadingTrouble as trouble:
            raise FeedTrouble(f"现在仍不能收：{trouble}") from trouble
    _settle(row, RefusalState.TAKEN, reason, by=by, at=at)


@transaction.atomic
def take_in_all(
    *, refusals: Sequence[tuple[FeedRefusal, Sequence[Lot]]], reason: str, by: Account, at: dt.datetime
) -> None:
    """One answer for all that one question holds back: all of them or none."""
    for refusal, lots in refusals:
        take_in(refusal=refusal, lots=lots, reason=reason, by=by, at=at)


@transaction.atomic
def drop(*, refusal: FeedRefusal, reason: str, by: Account, at: dt.datetime) -> None:
    """It is not wanted; the row stays with who said so and why."""
    _settle(_open(refusal, reason), RefusalState.DROPPED, reason, by=by, at=at)


@transaction.atomic
def drop_all(*, refusals: Sequence[FeedRefusal], reason: str, by: Account, at: dt.datetime) -> None:
    """The source sends them anew, in the unit that was agreed."""
    for refusal in refusals:
        drop(refusal=refusal, reason=reason, by=by, at=at)


def _open(refusal: FeedRefusal, reason: str) -> FeedRefusal:
    if not reason.strip():
        raise FeedTrouble("请写明理由")
    row = FeedRefusal.objects.select_for_update().get(pk=refusal.pk)
    if row.state != RefusalState.OPEN:
        raise FeedTrouble(f"这个数{row.get_state_display()}，不必再办")
    return row


def _settle(row: FeedRefusal, state: RefusalState, reason: str, *, by: Account, at: dt.datetime) -> None:
    row.state, row.reason, row.settled_by, row.settled_at = state, reason.strip()[:200], by, at
    row.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    detail = {"tag": row.tag, "label": row.label, "text": row.text, "why": row.why, "reason": row.reason}
    note("take_in" if state == RefusalState.TAKEN else "drop", row.feed, by=by, at=at, **detail)
