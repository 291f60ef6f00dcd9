"""Where sheets, their worked examples and the red list lie in a pack, and how their files become plain declarations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ronglu.kernel.rules.cost import Rates, build_rates
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import Example, build_examples
from ronglu.kernel.rules.linter import RedList, build_redlist
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.sheet import Sheet
from ronglu.packs import reading

BASE = Path(__file__).parent / "base"
DEFAULT = BASE / "sheets" / "shuangbai"


def load(folder: Path = DEFAULT) -> Sheet:
    """The sheet of a folder, built and checked; `SheetProblem` with everything wrong in it."""
    return build(declaration(folder))


def declaration(folder: Path) -> dict[str, Any]:
    """`sheet.yaml` with the items of each category's own file (`A.yaml` …) put in; numbers with a point stay text."""
    data = content(folder / "sheet.yaml")
    items: list[Any] = []
    for row in data.get("categories") or []:
        code = row.get("code")
        items += [{"category": code, **item} for item in content(folder / f"{code}.yaml").get("items") or []]
    return {**data, "items": items}


def examples(folder: Path = DEFAULT) -> tuple[Example, ...]:
    """The worked examples beside a sheet, from `*.examples.yaml`."""
    paths = sorted(folder.glob("*.examples.yaml"))
    return tuple(example for path in paths for example in build_examples(path.name, content(path)))


def example_rows(folder: Path = DEFAULT) -> dict[str, Any]:
    """The same examples as they were written: item → rows, to be kept beside a version and edited."""
    paths = sorted(folder.glob("*.examples.yaml"))
    return {code: rows for path in paths for code, rows in content(path)["examples"].items()}


def rates(path: Path = BASE / "cost.yaml") -> Rates:
    return build_rates(content(path))


def redlist(path: Path = BASE / "redlist.yaml") -> RedList:
    return build_redlist(content(path))


def content(path: Path) -> dict[str, Any]:
    """A file as values that JSON can hold exactly; a missing, broken or doubly keyed file is a `SheetProblem`."""
    if not path.exists():
        raise SheetProblem(path.parent.name, [f"缺文件 {path.name}"])
    sheet = reading.read(path, root=path.parent)
    if sheet.problems:
        raise SheetProblem(path.name, [str(problem) for problem in sheet.problems])
    found: dict[str, Any] = _plain(sheet.content)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
