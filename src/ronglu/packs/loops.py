"""How the loops of `base/loops` are found: one name a line in its registry, one folder each; every fault is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.loops.problems import problems as faults
from ronglu.packs import reading
from ronglu.packs.base.loops import NAMES
from ronglu.packs.problem import PackError, Problem

ROLES = Path(__file__).parent / "base" / "roles.yaml"
FOLDER = Path(__file__).parent / "base" / "loops"
FILES = ("spec.py", "examples.yaml")


def read(problems: list[Problem], *, names: tuple[str, ...] = NAMES) -> Mapping[str, Loop]:
    """The declared loops by code; what is wrong with one is added to `problems` and it is left out."""
    roles = frozenset(role["code"] for role in reading.read(ROLES, root=ROLES.parent).content["roles"])
    found: dict[str, Loop] = {}
    prefixes: dict[str, str] = {}
    for name in names:
        if lacking := [file for file in FILES if not (FOLDER / name / file).is_file()]:
            problems += [Problem(f"base/loops/{name}", f"缺文件 {file}") for file in lacking]
            continue
        loop: Loop = import_module(f"ronglu.packs.base.loops.{name}.spec").LOOP
        wrong = list(faults(loop, roles))
        if loop.code != name:
            wrong.append(f"代码 {loop.code} 与文件夹 {name} 不一致")
        if loop.prefix in prefixes:
            wrong.append(f"编号前缀 {loop.prefix} 与 {prefixes[loop.prefix]} 重复")
        prefixes[loop.prefix] = name
        problems += [Problem(f"base/loops/{name}", text) for text in wrong]
        found |= {} if wrong else {name: loop}
    return MappingProxyType(found)


def examples(*, names: tuple[str, ...] = NAMES) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The walks beside each declaration; PackError when a file does not read."""
    sheets = {name: reading.read(FOLDER / name / "examples.yaml", root=FOLDER) for name in names}
    if wrong := [problem for sheet in sheets.values() for problem in sheet.problems]:
        raise PackError(tuple(wrong))
    return {name: tuple(sheet.content["walks"]) for name, sheet in sheets.items()}


def role_labels() -> Mapping[str, str]:
    """What a role is called → its code: walks name roles as people do."""
    return {role["zh"]: role["code"] for role in reading.read(ROLES, root=ROLES.parent).content["roles"]}
