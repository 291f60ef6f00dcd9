"""A hazard ledger that another system keeps: rows become cases with what the ledger says of them and nothing it does not say.

The same row again is the same case: known by its number in the ledger, else by day, place and words.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.table import Cell, Column, Row, RowAsk, Table, Taken, answered
from ronglu.store.models import Account, Import, ImportState, Plant
from ronglu.work import cases_ledger
from ronglu.work.cases_ledger import Entry, Places
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

LOOP = "hazard"
OPEN, CLOSED = "open", "closed"
SKIP, KEEP = "skip", "keep"
ROMAN = ("I", "II", "III", "IV", "V", "VI")
HAN = "一二三四五六"
KINDS = {
    "equipment": ("机械", "设备设施", "machinery", "vehicles"), "person": ("人员", "作业", "personal"),
    "site": ("环境", "作业现场", "housekeeping"), "electric": ("用电", "electrical installation", "electrical"),
    "fire": ("消防", "火灾", "爆炸", "explosion"), "other": ("others",),
}  # fmt: skip
"""What ledgers call the classes of the loop, besides their own words; any other word is 其他 and is kept with the case."""


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    loop = pack.loops[LOOP]
    return Table(
        code="hazards",
        label="隐患台账",
        key=("number",),
        columns=(
            Column(code="number", label="编号", words=("隐患编号", "台账编号", "ID", "No."), longest=60),
            Column(code="day", label="发现日期", cell=Cell.DAY, required=True, example=f"{on}",
                   words=("日期", "排查日期", "检查日期", "发生日期", "Date", "Data", "Found on")),
            Column(code="place", label="地点", required=True, longest=80, example="2# 转炉",
                   words=("场所", "部位", "区域", "责任区", "所在部位", "Place", "Site", "Location", "Local"),
                   help="责任区的名称或编码；本厂没有的，确认后按这个名称新建。"),
            common.unit_column(plant=plant, on=on, required=False),
            Column(code="what", label="隐患内容", required=True, longest=2000, example="法兰渗水",
                   words=("隐患描述", "描述", "问题描述", "存在问题", "隐患情况", "Description", "Hazard")),
            Column(code="kind", label="类别", longest=120, words=("隐患类别", "隐患类型", "分类", "Kind", "Category", "Critical Risk")),
            Column(code="grade", label="等级", cell=Cell.CHOICE, known=_grades(), words=("隐患等级", "隐患级别", "Grade")),
            Column(code="severity", label="实际后果", cell=Cell.CHOICE, known=_levels(loop, "severity"),
                   words=("后果等级", "Severity", "Accident Level"), help="1 级最轻。"),
            Column(code="potential", label="可能后果", cell=Cell.CHOICE, known=_levels(loop, "potential"),
                   words=("潜在后果", "Potential", "Potential Severity", "Potential Accident Level"), help="1 级最轻。"),
            Column(code="measure", label="整改措施", longest=2000, words=("措施", "Measure", "Action")),
            Column(code="responsible", label="责任人", longest=60, words=("整改责任人", "责任人工号", "Responsible", "Owner"),
                   help="工号，或本厂只有一人的姓名；认不出的人不记。"),
            Column(code="due_on", label="整改期限", cell=Cell.DAY, words=("期限", "要求完成日期", "Due", "Due date")),
            Column(code="state", label="状态", cell=Cell.CHOICE, known=_states(), words=("整改状态", "整改情况", "State", "Status")),
            Column(code="closed_on", label="销号日期", cell=Cell.DAY,
                   words=("完成日期", "整改完成日期", "验收日期", "Closed", "Closed on")),
        ),
        notes=(
            "读进来的是台账上写着的：没有措施、责任人、期限的，不会替它编。",
            "内容相同的行会问是不是同一件。已在本系统办理的，台账再来不改它。",
        ),
    )  # fmt: skip


def take(*, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import) -> Taken:
    """New rows become cases; one that nobody has touched here is closed when the ledger closed it since."""
    faults = common.Faults()
    _check(rows, faults, on=at.date())
    faults.check()
    asks, kept = _asked(rows, plant=plant, answers=_answers(batch))
    places = Places.of(plant)
    entries = [_entry(one, pack.loops[LOOP]) for one in kept]
    done = cases_ledger.take(
        loop=pack.loops[LOOP], plant=plant, entries=entries, places=places, by=by, at=at, batch=batch
    )  # fmt: skip
    for spot, what in done.notes:
        faults.note(kept[spot].row, "state", what)
    return Taken(
        new=done.new, changed=done.changed, unchanged=done.unchanged, notes=faults.notes, asks=asks, says=done.says
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row, and by what it is known again."""

    row: Row
    key: str


def _asked(rows: Sequence[Row], *, plant: Plant, answers: Mapping[str, str]) -> tuple[tuple[RowAsk, ...], list[_Kept]]:
    """Rows that say what another one says are asked about, unless they were taken before; unanswered they are not taken."""
    known = cases_ledger.known(plant)
    keyed = _keyed(rows)
    whole: dict[tuple[Any, ...], Row] = {}
    words: dict[str, Row] = {}
    asks: list[RowAsk] = []
    kept: list[_Kept] = []
    for row, key in keyed:
        same, alike = whole.setdefault(_all(row), row), words.setdefault(row["what"], row)
        ask = None if key in known else _question(row, same, alike)
        if ask is not None:
            asks.append(answered(ask, answers))
        if ask is None or asks[-1].answer == KEEP:
            kept.append(_Kept(row, key))
    return tuple(asks), kept


def _question(row: Row, same: Row, alike: Row) -> RowAsk | None:
    if same is not row:
        what = f"读进来的各列都与第 {same.number + 1} 行相同：是同一件（不取），还是两件（保留）？"
        return RowAsk(row, "what", "row_same", what, (SKIP, KEEP))
    if alike is not row:
        what = f"隐患内容与第 {alike.number + 1} 行一字不差，日期或地点不同：是同一件（不取），还是两件（保留）？"
        return RowAsk(row, "what", "row_alike", what, (SKIP, KEEP))
    return None


def _keyed(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """The second of two rows alike is known as the second."""
    times: Counter[str] = Counter()
    found = []
    for row in rows:
        said = f"no:{row['number']}" if row["number"] else f"{row['day']}|{row['place']}|{row['what']}"
        times[said] += 1
        key = hashlib.sha256(f"ledger:{said}#{times[said]}".encode()).hexdigest()
        found.append((row, key))
    return found


def _all(row: Row) -> tuple[Any, ...]:
    return tuple(sorted((name, str(value)) for name, value in row.values.items() if value is not None))


def _answers(batch: Import) -> Mapping[str, str]:
    """What was said this time, or when the very same file was taken before."""
    before = Import.objects.filter(plant=batch.plant_id, kind=batch.kind, digest=batch.digest, state=ImportState.DONE)
    earlier = before.exclude(pk=batch.pk).order_by("-pk").values_list("options", flat=True).first() or {}
    return dict(earlier.get("answers", {})) | dict(batch.options.get("answers", {}))


def _check(rows: Iterable[Row], faults: common.Faults, *, on: dt.date) -> None:
    for row in rows:
        day, closed_on = row["day"], row["closed_on"]
        if day and day > on:
            faults.add(row, "day", f"{day} 还没有到")
        if closed_on and day and closed_on < day:
            faults.add(row, "closed_on", f"销号日期 {closed_on} 早于发现日期 {day}")
        if closed_on and closed_on > on:
            faults.add(row, "closed_on", f"{closed_on} 还没有到")
        if row["state"] == OPEN and closed_on:
            faults.add(row, "state", f"状态写着没有销号，销号日期却是 {closed_on}，请改正其中一个")
        if row["state"] == CLOSED and not closed_on:
            faults.note(row, "closed_on", "写着已销号，没有销号日期：记为已销号，不算按期")


def _entry(kept: _Kept, loop: Loop) -> Entry:
    row = kept.row
    told = {"what": row["what"], "kind": _kind(loop, row["kind"]), "source": "ledger"}
    told |= {name: row[name] for name in ("grade", "severity", "potential") if row[name]}
    return Entry(
        key=kept.key, day=row["day"], place=row["place"], unit=row["unit"], data=told,
        closed=row["state"] == CLOSED or row["closed_on"] is not None, closed_on=row["closed_on"],
        measure=row["measure"] or "", responsible=row["responsible"] or "", due_on=row["due_on"],
        said=f"台账{_numbered(row)}类别：{row['kind']}" if row["kind"] else f"台账{_numbered(row)}",
    )  # fmt: skip


def _numbered(row: Row) -> str:
    return f" {row['number']}，" if row["number"] else f"第 {row.number + 1} 行，"


def _kind(loop: Loop, text: str | None) -> str:
    word = (text or "").strip().casefold()
    for choice in loop.field("kind").choices:
        if word in (choice.code, choice.label, choice.en.casefold(), *KINDS.get(choice.code, ())):
            return choice.code
    return "other"


def _levels(loop: Loop, field: str) -> dict[str, str]:
    """1, I, Ⅰ, 一级, 1级: the first is what a list offers."""
    codes = [choice.code for choice in loop.field(field).choices]
    forms = ((f"{code} 级", code, ROMAN[no], f"{HAN[no]}级", f"{ROMAN[no]}级") for no, code in enumerate(codes))
    return {word: code for code, words in zip(codes, forms, strict=True) for word in words}


def _grades() -> dict[str, str]:
    return {
        "一般": "minor",
        "一般隐患": "minor",
        "minor": "minor",
        "重大": "major",
        "重大隐患": "major",
        "major": "major",
    }


def _states() -> dict[str, str]:
    shut = ("已销号", "销号", "已整改", "已闭环", "闭环", "已完成", "完成", "已验收", "closed", "done")
    still = ("未销号", "未整改", "整改中", "待整改", "待验收", "未完成", "未闭环", "open", "in progress")
    return dict.fromkeys(shut, CLOSED) | dict.fromkeys(still, OPEN)
