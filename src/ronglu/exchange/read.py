"""The door for readings: one file and its profile in, plain values and every problem out. Nothing is stored here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ronglu.exchange import checks
from ronglu.exchange.collect import Collector
from ronglu.exchange.guard import Checked, Kind, check
from ronglu.exchange.job import Job
from ronglu.exchange.limits import Limits
from ronglu.exchange.long import read_long
from ronglu.exchange.matrix import read_matrix
from ronglu.exchange.problems import Problem, Severity, letter
from ronglu.exchange.profile import Layout, Profile
from ronglu.exchange.ratios import check_ratios
from ronglu.exchange.sandbox import Progress, Read, Sheet, read_file
from ronglu.exchange.slots import settle_slots
from ronglu.exchange.values import Figure, Values
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamper


@dataclass(frozen=True, slots=True)
class Parsed:
    """`values` may be stored when `ready`; `figures` are cumulated, last year's and planned numbers of a form, for the checks and plans."""

    digest: str
    kind: str
    size: int
    sheets: tuple[str, ...]  # those read
    all_sheets: tuple[tuple[str, str], ...]  # (name, visible/hidden/veryHidden)
    periods: Mapping[str, str]  # sheet -> 2025-04, or a..b
    values: Values
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    rows_read: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.QUESTION)

    @property
    def notes(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.NOTE)

    @property
    def ready(self) -> bool:
        """No error, no open question, and something to store."""
        return not self.errors and not self.questions and len(self.values) > 0

    @property
    def hidden_parts(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.code.startswith("hidden_"))

    def counts(self) -> dict[str, int]:
        """Problems by code, for the report."""
        return dict(Counter(p.code for p in self.problems))


def parse(
    path: str | Path | Checked,
    profile: Profile,
    *,
    calendar: Calendar,
    series: Mapping[str, Series] | None = None,
    expected: Period | None = None,
    answers: Mapping[str, str] | None = None,
    known: Mapping[checks.Key, Decimal] | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> Parsed:
    """Reads, places and checks a whole file; all problems are listed, not the first.

    `expected` is the period the person says the file is about. `answers` holds decisions by question key (Problem.key) or
    `all:<code>`; also `sheet:<name>`: "skip", `hidden_sheet:<name>`, `hidden_rows:<name>`, `hidden_columns:<name>`: "import".
    `known` are earlier figures for the four checks. Raises Refused (by name) when the file may not come in at all, and
    whatever `progress` raises.
    """
    answers, profile_wrong = answers or {}, profile.problems()
    if profile_wrong:
        raise ValueError("读取方案有误:" + ";".join(profile_wrong))
    checked = path if isinstance(path, Checked) else check(path, limits=limits)
    read = read_file(
        checked,
        select=_select(profile, answers),
        limits=limits,
        progress=progress,
        csv_options={"encoding": profile.encoding, "delimiter": profile.delimiter},
    )
    collect = Collector(answers, listed=limits.listed)
    clock = profile.own_calendar() or calendar
    job = Job(
        profile=profile,
        calendar=clock,
        series=series or {},
        collect=collect,
        limits=limits,
        expected=expected,
        csv=checked.kind in (Kind.CSV, Kind.GZIP),
        date1904=read.date1904,
        stamper=Stamper(clock),
    )
    _tell(checked, read, collect)
    chosen = _chosen(read, profile, collect)
    for number, sheet in enumerate(chosen):
        if progress:
            progress(number, len(chosen), f"核对表“{sheet.name}”")
        _hide(job, sheet)
        (read_long if profile.layout is Layout.LONG else read_matrix)(job, sheet)
    settle_slots(job)
    for made in checks.run(job.figures, known=known, ratios=profile.ratios, series=series):
        collect.take(made)
    check_ratios(job)
    return Parsed(
        checked.digest,
        str(checked.kind),
        checked.size,
        tuple(s.name for s in chosen),
        tuple((s.name, s.scan.state) for s in read.sheets),
        job.periods,
        job.values,
        tuple(job.figures),
        collect.finish(),
        job.rows_read,
    )


def _select(profile: Profile, answers: Mapping[str, str]) -> dict[str, Any]:
    def named(prefix: str, word: str) -> list[str]:
        return [
            key.removeprefix(prefix) for key, answer in answers.items() if key.startswith(prefix) and answer == word
        ]

    rule = profile.sheets
    return {
        "names": [name.strip() for name in rule.names],
        "pattern": rule.pattern,
        "hidden": named("hidden_sheet:", "import"),
        "skip": named("sheet:", "skip"),
    }


def _tell(checked: Checked, read: Read, collect: Collector) -> None:
    """What a person should know of the file as a whole."""
    if checked.renamed:
        collect.add("renamed", value=checked.path.suffix, kind=str(checked.kind))
    if read.links:
        collect.add("links", value=read.links)
    for sheet in read.sheets:
        if sheet.scan.state != "visible":
            name = sheet.name.strip()
            collect.ask(
                "hidden_sheet", ("import", "skip"), sheet=sheet.name, value=sheet.name, key=f"hidden_sheet:{name}"
            )


def _chosen(read: Read, profile: Profile, collect: Collector) -> list[Sheet]:
    found = [sheet for sheet in read.sheets if sheet.rows is not None]
    for sheet in found:
        if not sheet.rows:
            collect.add("sheet_empty", sheet=sheet.name, value=sheet.name)
    full = [sheet for sheet in found if sheet.rows]
    if not full:
        wanted = "、".join(profile.sheets.names) or profile.sheets.pattern or "任何可见的表"
        collect.add("no_sheet", wanted=wanted, present="、".join(sheet.name for sheet in read.sheets))
    return full


def _hide(job: Job, sheet: Sheet) -> None:
    """Hidden rows and columns are shown to the person and read only when chosen; blanked, so that places keep their numbers."""
    scan, rows, name = sheet.scan, sheet.rows or [], sheet.name
    height, width = len(rows), max(map(len, rows), default=0)
    ranges = [(first, min(last, height - 1)) for first, last in scan.hidden_rows if first < height]
    if ranges:
        count = sum(last - first + 1 for first, last in ranges)
        shown = "、".join(f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in ranges[:8])
        if (
            job.collect.ask(
                "hidden_rows",
                ("import", "skip"),
                sheet=name,
                key=f"hidden_rows:{name.strip()}",
                value=shown,
                count=count,
            )
            != "import"
        ):
            for first, last in ranges:
                for row in range(first, last + 1):
                    rows[row] = [""] * len(rows[row])
    columns = [(first, min(last, width - 1)) for first, last in scan.hidden_columns if first < width]
    if columns:
        shown = "、".join(
            letter(first) if first == last else f"{letter(first)}–{letter(last)}" for first, last in columns
        )
        if (
            job.collect.ask(
                "hidden_columns", ("import", "skip"), sheet=name, key=f"hidden_columns:{name.strip()}", value=shown
            )
            != "import"
        ):
            hidden = [column for first, last in columns for column in range(first, last + 1)]
            for line in rows:
                for column in hidden:
                    if column < len(line):
                        line[column] = ""


def merge(parsed: Parsed, more: Sequence[Problem]) -> Parsed:
    """The same reading with problems that another room found (an unknown unit, a closed month)."""
    return replace(parsed, problems=(*parsed.problems, *more))
