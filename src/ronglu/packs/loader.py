"""How packs are loaded: the plants by name, the modules they choose, and every problem at once instead of the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ronglu.kernel.measure import grading_tables
from ronglu.kernel.measure.grading import GradeTrouble
from ronglu.packs import foundation
from ronglu.packs.checks import RULES, Draft
from ronglu.packs.entries import Placed, read_indicators, read_module, read_plant, read_series, read_wires
from ronglu.packs.foundation import Foundation
from ronglu.packs.pack import Pack, PackError, Plant, Problem
from ronglu.packs.reading import Sheet, read

ROOT = Path(__file__).parent


def load(names: Iterable[str], *, modules: Iterable[str] = (), root: Path = ROOT) -> Pack:
    """The pack of the named plants (folders under `plants/`) and of further `modules`; PackError lists all faults."""
    draft, problems = gather(tuple(names), modules=tuple(modules), root=root)
    if not draft.unreadable:
        problems += [problem for rule in RULES for problem in rule(draft)]
    base = foundation.read(root, problems)
    problems += known_clocks(draft, base)
    if problems:
        raise PackError(tuple(problems))
    return Pack(
        modules=MappingProxyType({module.code: module for module in draft.modules}),
        plants=MappingProxyType({placed.value.code: placed.value for placed in draft.plants}),
        series=MappingProxyType(draft.series_by_code()),
        indicators=MappingProxyType(draft.indicators_by_code()),
        wires=tuple(placed.value for placed in draft.wires),
        base=base,
    )


def known_clocks(draft: Draft, base: Foundation) -> Iterator[Problem]:
    """A plant starts from a calendar and a roster that base declares, and they must fit each other."""
    calendars, rosters = base.time.calendars, base.time.rosters
    for placed in draft.plants:
        plant = placed.value
        if plant.calendar not in calendars:
            yield Problem(placed.where, f"日历 {plant.calendar} 不存在", "可用：" + "、".join(calendars))
        if plant.roster not in rosters:
            yield Problem(placed.where, f"轮班表 {plant.roster} 不存在", "可用：" + "、".join(rosters))
        if plant.calendar in calendars and plant.roster in rosters:
            calendar = calendars[plant.calendar].calendar
            since = calendar.rules[0].from_on
            for text in rosters[plant.roster].dated(anchor=since, from_on=since).problems(calendar):
                yield Problem(placed.where, f"轮班表 {plant.roster} 与日历 {plant.calendar} 不配：{text}")


def modules_available(root: Path = ROOT) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in (root / "modules").glob("*/module.yaml")))


def plants_available(root: Path = ROOT) -> tuple[str, ...]:
    """Plants that can be named; the template is there to be copied."""
    found = sorted(path.parent.name for path in (root / "plants").glob("*/plant.yaml"))
    return tuple(name for name in found if name != "template")


def gather(names: Sequence[str], *, modules: Sequence[str], root: Path) -> tuple[Draft, list[Problem]]:
    """Read all files without judging how they fit together."""
    draft, problems = Draft(neighbours=set(plants_available(root))), list[Problem]()
    for name in names:
        _plant(name, root, draft, problems)
    chosen = [code for placed in draft.plants for code in placed.value.modules]
    for code in dict.fromkeys((*chosen, *modules)):
        if (root / "modules" / code).is_dir():
            _module(code, root, draft, problems)
    unknown = (code for code in modules if not (root / "modules" / code).is_dir())
    problems += [Problem(f"modules/{code}", "工艺模块不存在") for code in unknown]
    return draft, problems


def _plant(name: str, root: Path, draft: Draft, problems: list[Problem]) -> None:
    folder = root / "plants" / name
    if not (folder / "plant.yaml").exists():
        known = "、".join(plants_available(root))
        problems.append(Problem(f"plants/{name}", "没有这个厂的 plant.yaml", f"现有：{known}"))
        return
    placed = read_plant(_file(folder / "plant.yaml", root, draft, problems), problems)
    if placed is None:
        draft.broken.add(name)
        return
    if placed.value.code != name:
        problems.append(Problem(placed.where, f"代码 {placed.value.code} 与文件夹 {name} 不一致"))
    draft.plants.append(_with_grades(placed, folder, root, draft, problems))
    _declarations(folder, name, root, draft, problems)


def _with_grades(
    placed: Placed[Plant], folder: Path, root: Path, draft: Draft, problems: list[Problem]
) -> Placed[Plant]:
    """A plant's own tables of limits, where it has any."""
    sheet = _file(folder / "grades.yaml", root, draft, problems)
    try:
        return replace(placed, value=replace(placed.value, grades=grading_tables.read(sheet.content)))
    except GradeTrouble as trouble:
        problems += [Problem(sheet.name, line) for line in str(trouble).splitlines()]
        return placed


def _module(code: str, root: Path, draft: Draft, problems: list[Problem]) -> None:
    folder = root / "modules" / code
    module = read_module(_file(folder / "module.yaml", root, draft, problems), problems)
    if module is None:
        draft.broken.add(code)
    elif module.code != code:
        problems.append(Problem(f"modules/{code}", f"代码 {module.code} 与文件夹 {code} 不一致"))
    else:
        draft.modules.append(module)
    _declarations(folder, code, root, draft, problems)


def _declarations(folder: Path, code: str, root: Path, draft: Draft, problems: list[Problem]) -> None:
    series = _file(folder / "series.yaml", root, draft, problems)
    indicators = _file(folder / "indicators.yaml", root, draft, problems)
    wiring = _file(folder / "wiring.yaml", root, draft, problems)
    draft.series += read_series(series, code, problems)
    draft.indicators += read_indicators(indicators, code, problems)
    draft.wires += read_wires(wiring, code, problems)
    draft.broken |= _written(series, "series") | _written(indicators, "indicators")


def _written(sheet: Sheet, key: str) -> set[str]:
    """Codes that stand in the file; a reference to an entry with another fault is not a fault of its own."""
    return {str(entry["code"]) for entry in sheet.entries(key) if entry.get("code")}


def _file(path: Path, root: Path, draft: Draft, problems: list[Problem]) -> Sheet:
    sheet = read(path, root=root)
    problems += sheet.problems
    draft.unreadable += [sheet.name] if sheet.unreadable else []
    return sheet
