"""Whether values look as if their source had changed its unit of measure without saying so: then a person is asked first."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from ronglu.store.models import STANDING, Feed, FeedRefusal, Reading, RefusalState

CODE = "scale"
LATEST, LEAST = 24, 12
"""How many values that stand are looked at, and how many there must be."""
FAR = 100
"""So many times more or less than their median is no production any more: kWh and MWh, kg and t lie a thousand apart.

All 系统默认，可修改."""
WAITS = "这个点位的计量单位还没有核对清楚，先留着"


def waiting(feed: Feed) -> frozenset[str]:
    """Tags with an open question: what they say next waits for the same answer."""
    rows = FeedRefusal.objects.filter(feed=feed, code=CODE, state=RefusalState.OPEN)
    return frozenset(rows.order_by().values_list("tag", flat=True).distinct())


def jumped(*, lot: Any, channels: Mapping[tuple[str, str], int]) -> Iterator[tuple[int, str]]:
    """Of each channel either none or all that are not nought: one odd value among good ones is no change of unit."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, name in enumerate(zip(lot.line, lot.series, strict=True)):
        if name in channels and lot.scaled[index] is not None and _size(lot, index):
            groups.setdefault(name, []).append(index)
    for name, indices in groups.items():
        lately = _lately(channels[name], lot, indices)
        if len(lately) < LEAST:
            continue
        usual, text = sorted(lately)[len(lately) // 2]  # the median: a pause in between makes no difference
        far = [one for one in indices if not usual < _size(lot, one) * FAR < usual * FAR * FAR]
        if len(far) * 2 > len(indices):
            why = f"与近来的 {text} 上下差 {FAR} 倍以上，像是来源换了计量单位；请核对，改好点位的单位再补收"
            yield from ((one, why) for one in indices)


def _size(lot: Any, index: int) -> Decimal:
    """What rounds to nought and is none counts for half of the last digit."""
    if scaled := lot.scaled[index]:
        return Decimal(abs(scaled))
    try:
        return Decimal("0.5") if Decimal(lot.text[index].split(" ")[0]) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)


def _lately(channel: int, lot: Any, indices: Sequence[int]) -> list[tuple[int, str]]:
    """Size and text of what stands before the values, or after them where nothing does: a back-fill goes backwards."""
    first = min(lot.stamps[lot.at[one]].starts_at for one in indices)
    rows = Reading.objects.filter(channel=channel, state__in=STANDING).exclude(value=None).exclude(value=0)
    before, after = (
        rows.filter(starts_at__lt=first).order_by("-starts_at"),
        rows.filter(starts_at__gt=first).order_by("starts_at"),
    )
    found = list(before.values_list("value", "text")[:LATEST]) or list(after.values_list("value", "text")[:LATEST])
    return [(abs(value), text) for value, text in found if value is not None]
