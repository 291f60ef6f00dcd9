"""What every plant starts from: the sheets, the seeds of calendars and rosters, the regulations of `base`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ronglu.kernel import labour, named_codes
from ronglu.kernel.annual import book as annual
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.brief import book as brief
from ronglu.kernel.gathering import education, integrity, terms
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure import dimensions, effect, energy, grading, grading_tables, halts, records
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.standing import ballot, kit, standard
from ronglu.kernel.time import declared
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.packs import loops, reading, regulations, sheets, standing
from ronglu.packs.problem import Problem

FILES = (
    "time",
    "org",
    "duties",
    "seasons",
    "polls",
    "standards",
    "stops",
    "effect",
    "kits",
    "energy",
    "records",
    "targets",
    "grades",
    "flows",
    "awards",
    "brief",
)
G = TypeVar("G")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    sheets: Mapping[str, Sheet]
    time: declared.TimeSeeds
    regulations: RuleBook
    loops: Mapping[str, Loop] = field(default_factory=dict)
    duties: Mapping[str, labour.DutyRole]
    seasons: Mapping[str, labour.Season]
    polls: Mapping[str, ballot.PollKind]
    standards: standard.Standards
    integrity: integrity.IntegrityRules = field(default_factory=integrity.IntegrityRules)
    stops: halts.StopBook
    kits: Mapping[str, kit.Kit] = field(default_factory=dict)
    effect: effect.EffectRules
    energy: energy.EnergyBook
    records: records.RecordRules
    targets: dimensions.TargetCard
    grades: grading.GradeBook = field(default_factory=grading.GradeBook)
    flows: named_codes.FlowRules = field(default_factory=named_codes.FlowRules)
    awards: named_codes.AwardRules = field(default_factory=named_codes.AwardRules)
    brief: brief.BriefRules = field(default_factory=brief.BriefRules)
    annual: annual.AnnualBook = field(default_factory=annual.AnnualBook)
    education: education.Education = field(default_factory=education.Education)
    terms: Mapping[str, terms.PlanTerms] = field(default_factory=dict)
    standing: standing.StandingRules | None
    """None only while something in it is wrong; a pack with faults is never handed out."""


def read(root: Path, problems: list[Problem]) -> Foundation:
    """Each room checks its own declarations; here their faults are only collected."""
    folder = root / "base"
    found = [_tried(sheets.load, one, f"base/sheets/{one.name}", problems) for one in _sheet_folders(folder)]
    time, _roster, duties, seasons, polls, five, stops, asked, made, levels, best, card, limits, edges, prizes, told = (
        _content(folder / f"{name}.yaml", root, problems) for name in FILES
    )
    return Foundation(
        sheets={sheet.code: sheet for sheet in found if sheet is not None},
        time=_tried(declared.read, time, "base/time.yaml", problems) or declared.TimeSeeds({}, {}, ()),
        regulations=regulations.read(folder / "regulations", problems),
        loops=loops.read(problems),
        duties=_tried(labour.duty_roles, duties, "base/duties.yaml", problems) or {},
        seasons=_tried(labour.seasons, seasons, "base/seasons.yaml", problems) or {},
        standing=standing.read(problems),
        polls=_tried(ballot.read, polls, "base/polls.yaml", problems) or {},
        integrity=_tried(
            integrity.read, _content(folder / "integrity.yaml", root, problems), "base/integrity.yaml", problems
        )
        or integrity.IntegrityRules(),
        standards=_tried(standard.read, five, "base/standards.yaml", problems)
        or standard.Standards(kinds={}, warn_days=0, note=""),
        kits=_tried(kit.read, made, "base/kits.yaml", problems) or {},
        stops=_tried(halts.read, stops, "base/stops.yaml", problems) or halts.StopBook(),
        effect=_tried(effect.read, asked, "base/effect.yaml", problems) or effect.EffectRules(),
        energy=_tried(energy.read, levels, "base/energy.yaml", problems) or energy.EnergyBook(),
        records=_tried(records.read, best, "base/records.yaml", problems) or records.RecordRules(),
        targets=_tried(dimensions.read, card, "base/targets.yaml", problems) or dimensions.TargetCard(),
        grades=_tried(grading_tables.read, limits, "base/grades.yaml", problems) or grading.GradeBook(),
        flows=_tried(named_codes.flows, edges, "base/flows.yaml", problems) or named_codes.FlowRules(),
        awards=_tried(named_codes.awards, prizes, "base/awards.yaml", problems) or named_codes.AwardRules(),
        brief=_tried(brief.read, told, "base/brief.yaml", problems) or brief.BriefRules(),
        annual=_tried(annual.read, _content(folder / "annual.yaml", root, problems), "base/annual.yaml", problems)
        or annual.AnnualBook(),
        education=_tried(
            education.read, _content(folder / "education.yaml", root, problems), "base/education.yaml", problems
        )
        or education.Education(),
        terms=_tried(terms.read, _content(folder / "meetings.yaml", root, problems), "base/meetings.yaml", problems)
        or {},
    )


def _sheet_folders(folder: Path) -> list[Path]:
    return sorted(path.parent for path in (folder / "sheets").glob("*/sheet.yaml"))


def _content(path: Path, root: Path, problems: list[Problem]) -> Mapping[str, Any]:
    sheet = reading.read(path, root=root)
    problems += sheet.problems
    return sheet.content


def _tried(load: Callable[[G], T], given: G, where: str, problems: list[Problem]) -> T | None:
    """None for what is broken; all of its faults are told."""
    try:
        return load(given)
    except SheetProblem as trouble:
        problems += [Problem(where, text) for text in trouble.problems]
    except (TimeTrouble, labour.LabourTrouble, AnnualTrouble, ballot.PollTrouble, kit.KitTrouble) as trouble:
        problems += [Problem(where, line) for line in str(trouble).splitlines()]
    return None
