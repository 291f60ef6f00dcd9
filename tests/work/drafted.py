"""A draft of the cast's plant that is ready to be proposed: one point moved from B8 to B4, examples told anew."""

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.packs import sheets as packed
from ronglu.store.models import Account, CalendarRow, SheetDraft
from ronglu.work import drafts
from tests.cast import SINCE, Cast
from tests.facts.plant_month import SHIFTS

AT = dt.datetime(2026, 4, 3, 9, 0)
MAY = Period.month(2026, 5)
RED = packed.redlist()
RATES = packed.rates()
DOCUMENT = "厂发〔2026〕8号《经济责任制》第 12 条"


def begin(cast: Cast, from_month: Period = MAY, by: str = "孙干事") -> SheetDraft:
    if not CalendarRow.objects.filter(plant=cast.plant).exists():
        CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    return drafts.begin(
        plant=cast.plant, shipped=copy.deepcopy(dict(pack_of(cast.plant.code).sheet.declaration)),
        examples=packed.example_rows(), from_month=from_month, by=cast.account[by], at=AT, why="组织生活的分量要加重",
    )  # fmt: skip


def head(draft: SheetDraft, by: Account, **more: Any) -> None:
    values = {"from_month": MAY, "document": DOCUMENT, "why": draft.why, "bonus": False, "quota_percent": None} | more
    drafts.put_head(draft=draft, revision=draft.revision, by=by, at=AT, **values)


def ready(cast: Cast) -> SheetDraft:
    """B5 reads 覆盖; a point goes from B3 (7) to B5 (4); both have new examples worked out by hand."""
    draft, by = begin(cast), cast.account["孙干事"]
    drafts.move_points(
        draft=draft, revision=draft.revision, source="B3", target="B5", points=Decimal(1), by=by, at=AT
    )  # fmt: skip
    for code, due, done, won in (("B3", 8, 6, "4.5"), ("B5", 5, 4, "4")):
        drafts.put_examples(
            draft=draft, revision=draft.revision, code=code, rows=rated(due, done, won, full=6 if code == "B3" else 5),
            by=by, at=AT,
        )  # fmt: skip
    head(draft, by)
    return draft


def rated(due: int, done: int, won: str, *, full: int) -> list[dict[str, Any]]:
    """Examples of a `rate` item that is not applicable when nothing was due."""
    points: Any = int(won) if "." not in won else won
    return [
        {"kind": "normal", "say": f"应办 {due} 件，办成 {done} 件，得 {won} 分。", "facts": [{"num": done, "den": due}], "points": points},
        {"kind": "boundary", "say": f"应办 {due} 件都办成，得 {full} 分。", "facts": [{"num": due, "den": due}], "points": full},
        {"kind": "nothing", "say": "没有应办的，不适用。", "state": "not_applicable"},
    ]  # fmt: skip


def new_item(**more: Any) -> dict[str, Any]:
    """B9: a rate over the plant's own fact, as the page would write it."""
    return {
        "code": "B9", "name": "支部提案办结", "en": "Branch proposals settled", "category": "B", "points": 2,
        "cadence": "month", "calendar": "civil", "fact": "resolution", "grain": "branch × month",
        "filter": {"type": ["proposal"]}, "evidence": ["closure"],
        "shape": {"kind": "rate", "done": "按期办结的提案", "due": "到期的提案"}, "when_nothing": "not_applicable",
        "wired_by": ["本厂"], "source": {"rows": ["本厂"], "status": "V", "doc": DOCUMENT},
        "rule": "到期的提案按期办结了多少，就得多少。", "starts_on": "2026-05-01",
    } | more  # fmt: skip
