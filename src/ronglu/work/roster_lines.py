"""The rows of a personnel roster as values: words, dates and places looked up, each fault told with its cell."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ronglu.kernel.org.kinds import CREW, GROUP
from ronglu.kernel.org.roster_in import Columns, HeaderCheck, cell_name, load
from ronglu.kernel.org.tree import View
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Body, Plant, Unit
from ronglu.store.shipped import shipped

Cells = Sequence[Sequence[object]]
DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


@dataclass(slots=True)
class Line:
    """One person as the roster says; what is None was not said and stays as it is."""

    row: int
    staff_no: str = ""
    name: str = ""
    unit: int | None = None
    kind: str | None = None
    body: int | None = None
    status: str | None = None
    basis: str | None = None
    joined_on: dt.date | None = None
    grades: list[str] | None = None
    contact: str | None = None
    party_post: str | None = None
    post: str | None = None


@cache
def columns() -> Columns:
    """What the base pack says of a roster beside the rules."""
    return load(shipped("org.yaml")["roster"])


class Reader:
    """Cells of one roster to lines, with the places they name looked up as they stand on the day."""

    def __init__(self, plant: Plant, on: dt.date) -> None:
        self.columns = columns()
        self.party, self.production = party_tree(plant).at(on), unit_tree(plant).at(on)
        self.body_codes = dict(Body.objects.filter(plant=plant).values_list("code", "pk"))
        self.unit_codes = dict(Unit.objects.filter(plant=plant).values_list("code", "pk"))
        self.problems: list[str] = []
        self.let_go: list[str] = []

    def lines(self, rows: Cells, header: HeaderCheck) -> list[Line]:
        found: list[Line] = []
        seen: dict[str, int] = {}
        for number, cells in enumerate(rows[header.row + 1 :], start=header.row + 1):
            said = {name: _text(cells[at]) if at < len(cells) else "" for name, at in header.places.items()}
            if not any(said.values()):
                continue
            line = self._line(number, said, cells, header.places)
            if line.staff_no in seen:
                self._wrong(
                    number, header.places["staff_no"], f"工号 {line.staff_no} 与第 {seen[line.staff_no] + 1} 行重复"
                )
            seen.setdefault(line.staff_no, number)
            found.append(line)
        return found

    def _line(self, row: int, said: Mapping[str, str], cells: Sequence[object], places: Mapping[str, int]) -> Line:
        line = Line(row, said["staff_no"], said["name"])
        for name in ("staff_no", "name"):
            if not said[name]:
                self._wrong(row, places[name], f"{self.columns.label(name)}不能为空")
        for name in ("status", "basis", "kind", "party_post", "posts"):
            if said.get(name):
                setattr(line, "post" if name == "posts" else name, self._meaning(row, places[name], name, said[name]))
        if said.get("joined_on"):
            line.joined_on = self._date(row, places["joined_on"], cells[places["joined_on"]])
        if said.get("grades"):
            line.grades = [one for one in re.split(r"[、,，;；]", said["grades"]) if one]
        line.contact = said.get("contact") or None
        line.body = self._place(row, said, places, ("body", "group"), self.party, self.body_codes, GROUP)
        line.unit = self._place(row, said, places, ("unit", "crew"), self.production, self.unit_codes, CREW)
        return line

    def _meaning(self, row: int, at: int, name: str, said: str) -> str | None:
        meant = self.columns.meaning(name, said)
        if meant is None and name in self.columns.loose:
            self.let_go.append(f"{cell_name(row, at)} “{said}”")
        elif meant is None:
            self._wrong(row, at, f"“{said}”不认识，应为{self.columns.allowed(name)}之一")
        return meant

    def _date(self, row: int, at: int, cell: object) -> dt.date | None:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        match = DATE.fullmatch(_text(cell))
        try:
            if match:
                return dt.date(*(int(part) for part in match.groups()))
        except ValueError:
            pass
        self._wrong(row, at, f"“{_text(cell)}”不是日期，应写成 2015-07-01 的样子")
        return None

    def _place(
        self,
        row: int,
        said: Mapping[str, str],
        places: Mapping[str, int],
        names: tuple[str, str],
        view: View,
        codes: Mapping[str, int],
        inner_kind: str,
    ) -> int | None:
        """The outer column names a branch or workshop, the inner one the group or crew in it."""
        outer_name, inner_name = names
        outer = self._find(row, places, outer_name, said.get(outer_name, ""), view, codes, None)
        if not said.get(inner_name):
            return outer
        within = view.subtree(outer) if outer is not None else None
        return self._find(row, places, inner_name, said[inner_name], view, codes, within, inner_kind)

    def _find(
        self,
        row: int,
        places: Mapping[str, int],
        name: str,
        said: str,
        view: View,
        codes: Mapping[str, int],
        within: Collection[Any] | None,
        kind: str | None = None,
    ) -> int | None:
        if not said:
            return None
        found = [codes[said]] if said in codes and codes[said] in view else []
        found = found or [
            s.id for s in view.nodes.values()
            if s.name == said and (within is None or s.id in within) and kind in (None, s.kind) and isinstance(s.id, int)
        ]  # fmt: skip
        if len(found) == 1:
            return found[0]
        label = self.columns.label(name)
        why = f"当日有 {len(found)} 个{label}叫“{said}”，请改填编码" if found else f"没有叫“{said}”的{label}"
        self._wrong(row, places[name], why)
        return None

    def _wrong(self, row: int, at: int, what: str) -> None:
        self.problems.append(f"{cell_name(row, at)}：{what}")


def _text(cell: object) -> str:
    """A staff number that the workbook kept as a number is read without its .0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
