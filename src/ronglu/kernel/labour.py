"""Labour of the party groups as values: duty roles and seasons as declared, and how far an area split among groups has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from ronglu.kernel.org.errors import OrgTrouble

Row = Mapping[str, Any]
T = TypeVar("T")


class LabourTrouble(OrgTrouble):
    """职责、季节任务的声明或数字有误；一次列出全部问题。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRole:
    """安全员, 监督员 or 质检员, and the lines a person with this role takes on."""

    code: str
    zh: str
    en: str
    lines: tuple[str, ...]
    lines_en: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A kind of seasonal prevention: the months it falls in, and what is usually done."""

    code: str
    zh: str
    en: str
    months: tuple[int, ...]
    tasks: tuple[str, ...]
    tasks_en: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One group's piece of an area: `planned` and `amount` are its output in `unit`, where one was named."""

    state: str
    unit: str = ""
    planned: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """Pieces done (checked ones among them) of all pieces; by output only where every piece is measured in one unit."""

    pieces: int
    done: int
    checked: int
    unit: str = ""
    output: Decimal | None = None
    planned: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """Done ÷ all; None where nothing was split yet."""
        return Decimal(self.done) / self.pieces if self.pieces else None

    @property
    def output_share(self) -> Decimal | None:
        return self.output / self.planned if self.output is not None and self.planned else None


def completion(pieces: Iterable[Piece]) -> Completion:
    """An open piece adds nothing to the output, whatever was written on it."""
    listed = list(pieces)
    finished = [one for one in listed if one.state != "open"]
    checked = sum(one.state == "checked" for one in listed)
    units = {one.unit for one in listed}
    measured = len(units) == 1 and units != {""} and all(one.planned for one in listed)
    if not measured:
        return Completion(len(listed), len(finished), checked)
    output = sum((one.amount or Decimal(0) for one in finished), Decimal(0))
    planned = sum((one.planned or Decimal(0) for one in listed), Decimal(0))
    return Completion(len(listed), len(finished), checked, units.pop(), output, planned)


def number(text: str, *, what: str) -> Decimal | None:
    """A number as people type it, exact; None for an empty one."""
    if not text.strip():
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise LabourTrouble(f"{what}“{text.strip()}”不是数字，应为 12 或 12.5 这样的写法")
    return found


def written(text: str, *, what: str, longest: int = 2000) -> str:
    """What somebody had to write, trimmed; told what is missing, or by how much it is too long."""
    found = text.strip()
    if not found:
        raise LabourTrouble(f"请填写{what}")
    if len(found) > longest:
        raise LabourTrouble(f"{what}最多 {longest} 字，现有 {len(found)} 字")
    return found


def duty_roles(data: Row) -> dict[str, DutyRole]:
    """Reads duties.yaml."""
    return _each(data.get("duties", ()), _duty_role)


def seasons(data: Row) -> dict[str, Season]:
    """Reads seasons.yaml."""
    return _each(data.get("seasons", ()), _season)


def _duty_role(row: Row) -> DutyRole:
    lines, lines_en = _lines(row, "lines")
    return DutyRole(lines=lines, lines_en=lines_en, **_named(row))


def _season(row: Row) -> Season:
    months = tuple(row.get("months", ()))
    if not months or any(not isinstance(month, int) or not 1 <= month <= 12 for month in months):
        raise LabourTrouble(f"{row.get('code')}：months 应为 1 到 12 的月份，现为 {list(months)}")
    tasks, tasks_en = _lines(row, "tasks")
    return Season(months=months, tasks=tasks, tasks_en=tasks_en, **_named(row))


def _named(row: Row) -> dict[str, str]:
    missing = [key for key in ("code", "zh", "en", "status") if not row.get(key)]
    if missing:
        raise LabourTrouble(f"{row.get('code') or row.get('zh') or '未命名的一项'}：缺少 {'、'.join(missing)}")
    return {key: str(row[key]) for key in ("code", "zh", "en", "status")}


def _lines(row: Row, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines, and their English one by one."""
    lines, english = (tuple(str(line).strip() for line in row.get(name, ())) for name in (key, f"{key}_en"))
    if not lines or not all(lines):
        raise LabourTrouble(f"{row.get('code')}：{key} 至少写一条，且不能有空行")
    if len(english) != len(lines) or not all(english):
        raise LabourTrouble(f"{row.get('code')}：{key}_en 应与 {key} 逐条对应")
    return lines, english


def _each(rows: Iterable[Row], make: Callable[[Row], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    problems: list[str] = []
    for row in rows:
        try:
            one = make(row)
        except LabourTrouble as trouble:
            problems.append(str(trouble))
            continue
        if str(row["code"]) in found:
            problems.append(f"{row['code']}：写了两遍")
        found[str(row["code"])] = one
    if problems:
        raise LabourTrouble("\n".join(problems))
    return found
