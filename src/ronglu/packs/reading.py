"""How a declaration file is read: YAML whose decimals stay exact, whose repeated keys are faults, whose lines are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ronglu.packs.problem import Problem


class Entry(dict[str, Any]):
    """A mapping that remembers the line it was written on and the keys that were written twice."""

    line: int = 0
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name as people see it, its content, and what could not even be read."""

    name: str
    content: Entry
    problems: tuple[Problem, ...] = ()
    unreadable: bool = False

    def entries(self, key: str) -> Iterator[Entry]:
        """The entries of a list; the file's own `source` and `status` hold for entries that name none."""
        found = self.content.get(key) or []
        for one in found if isinstance(found, list) else []:
            if isinstance(one, Entry):
                for common in ("source", "status"):
                    if common in self.content:
                        one.setdefault(common, self.content[common])
                yield one

    def where(self, entry: Entry) -> str:
        label = entry.get("code") or entry.get("indicator") or ""
        return f"{self.name} 第 {entry.line} 行 {label}".rstrip()


# The C parser is several times faster; both read the same.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
    """SafeLoader with Decimals instead of floats."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Entry:
    loader.flatten_mapping(node)
    entry = Entry()
    entry.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in entry:
            entry.repeated = (*entry.repeated, key)
        entry[key] = loader.construct_object(value_node, deep=True)
    return entry


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal | str:
    text = loader.construct_scalar(node)
    try:
        return Decimal(text)
    except ArithmeticError:
        return str(text)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read(path: Path, *, root: Path) -> Sheet:
    """A missing file is an empty one; a broken one says where it broke."""
    name = path.relative_to(root).as_posix()
    if not path.exists():
        return Sheet(name, Entry())
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = f" 第 {mark.line + 1} 行" if mark else ""
        trouble = Problem(f"{name}{line}", "YAML 写法有误", "请检查缩进、冒号和引号")
        return Sheet(name, Entry(), (trouble,), unreadable=True)
    if content is not None and not isinstance(content, Entry):
        return Sheet(name, Entry(), (Problem(name, "最外层应为“键: 值”的形式"),), unreadable=True)
    sheet = Sheet(name, content or Entry())
    return Sheet(name, sheet.content, tuple(_repeats(sheet)))


def _repeats(sheet: Sheet) -> Iterator[Problem]:
    for entry in _walk(sheet.content):
        for key in entry.repeated:
            yield Problem(sheet.where(entry), f"“{key}”写了两遍", "只留一处")


def _walk(node: object) -> Iterator[Entry]:
    if isinstance(node, Entry):
        yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for one in inner:
        yield from _walk(one)
