"""Which item of a form a row is: by its code, else by parent, label and unit; the indent and 其中 make the parent."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ronglu.exchange import units
from ronglu.exchange.job import Job
from ronglu.exchange.matrix_header import MatrixHeader
from ronglu.exchange.profile import Item, Role
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.scan import at
from ronglu.exchange.words import bare, is_child, leading_blanks, normal, split_unit

CHILD_INDENT = 2


@dataclass(slots=True)
class Line:
    """A labelled row: `shown` is the label as written, `parents` its ancestors from the nearest up."""

    row: int
    shown: str
    key: str
    unit: str
    code: str
    parents: tuple[str, ...]


@dataclass(slots=True)
class Labels:
    """Reads the labels of a form from top to bottom and keeps what stood above."""

    job: Job
    sheet: Sheet
    header: MatrixHeader
    stack: list[tuple[int, str]] = field(default_factory=list)
    above: dict[str, int] = field(default_factory=dict)  # label -> its last row so far
    used: dict[Item, int] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        rows, job = self.sheet.rows or [], self.job
        columns = [title.index for _, title in self.header.spans]
        label, unit, code = (
            self.header.keys[Role.LABEL],
            self.header.keys.get(Role.UNIT),
            self.header.keys.get(Role.CODE),
        )
        for number in range(self.header.bottom + 1, len(rows)):
            row = rows[number]
            first = next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
            if first and job.is_stop(first):
                return
            text = str(row[label])
            if not text.strip():
                if any(isinstance(row[index], int | float) for index in columns):
                    job.collect.ask("label_missing", ("skip",), sheet=self.sheet.name, row=number, column=label)
                continue
            yield self._line(
                number,
                text,
                _text(row[unit]) if unit is not None else "",
                _text(row[code]) if code is not None else "",
                label,
            )

    def _line(self, number: int, text: str, unit: str, code: str, column: int) -> Line:
        name, own_unit = split_unit(text)
        key = bare(name)
        indent = leading_blanks(text) + CHILD_INDENT * self.sheet.scan.indent.get(at(number, column), 0)
        if is_child(text):
            indent += CHILD_INDENT
        while self.stack and self.stack[-1][0] >= indent:
            self.stack.pop()
        line = Line(
            number,
            text.strip(),
            key,
            unit.strip() or own_unit,
            code.strip(),
            tuple(name for _, name in reversed(self.stack)),
        )
        self.stack.append((indent, key))
        return line

    def item(self, line: Line) -> Item | None:
        """The item, or None with the reason said. Call in the order of the rows."""
        found = self._find(line)
        self.above[line.key] = line.row
        if found is None:
            return None
        if found in self.used:
            self.job.collect.add(
                "label_twice", sheet=self.sheet.name, row=line.row, value=line.shown, first=self.used[found] + 1
            )
            return None
        self.used[found] = line.row
        return found

    def _find(self, line: Line) -> Item | None:
        items, collect, name = self.job.profile.items, self.job.collect, self.sheet.name
        if line.code:
            coded = [item for item in items if item.code and normal(item.code) == normal(line.code)]
            for item in coded:
                if _key(item) == line.key:
                    return item
                if (
                    collect.ask(
                        "code_differs",
                        ("keep", "skip"),
                        sheet=name,
                        row=line.row,
                        value=line.shown,
                        item_code=item.code,
                        declared=item.label,
                    )
                    == "keep"
                ):
                    return item
            if coded:
                return None
        named = [item for item in items if _key(item) == line.key]
        if line.unit and len(named) > 1:
            named = [
                item for item in named if not item.measure.unit or units.same(item.measure.unit, line.unit)
            ] or named
        if any(item.parent for item in named):
            named = self._of_parent(line, named)
        if len(named) == 1:
            return named[0]
        if not named:
            if self.job.is_total(line.key):
                collect.add("totals_skipped", sheet=name, row=line.row, value=line.shown)
            elif any(
                isinstance((self.sheet.rows or [])[line.row][title.index], int | float)
                for _, title in self.header.spans
            ):
                collect.ask("label_unknown", ("skip",), sheet=name, row=line.row, value=line.shown)
        else:
            parents = "、".join(item.parent or "(无)" for item in named)
            collect.add("label_ambiguous", sheet=name, row=line.row, value=line.shown, parents=parents)
        return None

    def _of_parent(self, line: Line, named: list[Item]) -> list[Item]:
        """By the indent where there is one; in a flat list the parent is the nearest line above that begins with its words."""
        wanted = {item: bare(item.parent) for item in named if item.parent}
        for parent in line.parents:
            if nested := [item for item, word in wanted.items() if word == parent]:
                return nested
        rows = {
            item: max((row for key, row in self.above.items() if key.startswith(word)), default=-1)
            for item, word in wanted.items()
            if item not in self.used
        }
        nearest = max(rows.values(), default=-1)
        if nearest >= 0 and not line.parents:
            return [item for item, row in rows.items() if row == nearest]
        return [item for item in named if not item.parent]


def _key(item: Item) -> str:
    return bare(split_unit(item.label)[0])


def _text(cell: object) -> str:
    """A code typed as a number is its digits; one typed as text keeps its zeros."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
