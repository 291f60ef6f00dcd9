"""Readings from a file: parsed by its source profile, checked against the plant's units, channels and locked months."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from ronglu.config.clock import now, today
from ronglu.config.plant import pack_of
from ronglu.exchange.checks import Key
from ronglu.exchange.exclusions import settle
from ronglu.exchange.problems import Problem, problem
from ronglu.exchange.profile import GRAINS, Profile
from ronglu.exchange.profile_checks import measures
from ronglu.exchange.profile_text import from_dict
from ronglu.exchange.read import Parsed, merge, parse
from ronglu.exchange.values import Summary
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Import
from ronglu.store.values import calendar_of
from ronglu.tasks.run import Progress
from ronglu.work import imports, readings
from ronglu.work.imports import NotReady, Report
from ronglu.work.imports_kinds import KINDS
from ronglu.work.queries.imports_page import reporting_units
from ronglu.work.readings import Difference
from ronglu.work.scope import scope_of

FIGURE = ("line", "series", "group", "span", "period", "scaled", "decimals")
SHOWN = 200  # cells of one kind of problem that are named one by one


def check(path: Path, *, imported: Import, progress: Progress) -> Report:
    parsed = _read(path, imported, progress)
    progress(0, 0, "与已有读数核对")
    return _report(parsed, imported)


def write(path: Path, *, imported: Import, by: Account, at: dt.datetime, progress: Progress) -> dict[str, int]:
    profile, parsed = _profile(imported), _read(path, imported, progress)
    report = _report(parsed, imported)
    if not report.ready:
        raise NotReady(report)
    progress(0, len(parsed.values), "写入读数")
    done = readings.take(
        plant=imported.plant, values=parsed.values, grain=profile.grain, by=by, at=at, batch=imported,
        opens=profile.opens, reason=imported.options.get("reason", ""), progress=progress,
    )  # fmt: skip
    return {"new": done.added, "changed": done.changed, "unchanged": done.unchanged}


def _profile(imported: Import) -> Profile:
    return from_dict(imported.options["profile"])


def _read(path: Path, imported: Import, progress: Progress) -> Parsed:
    month, profile = imported.options.get("month"), _profile(imported)
    answers = imported.options.get("answers", {})
    parsed = parse(
        path,
        profile,
        calendar=calendar_of(imported.plant),
        series=pack_of(imported.plant.code).series,
        expected=Period.parse(month) if month else None,
        answers=answers,
        known=_known(imported),
        progress=progress,
    )
    return settle(parsed, profile, stored=_stored(parsed, profile, imported), answers=answers)


def _stored(parsed: Parsed, profile: Profile, imported: Import) -> dict[str, set[str]]:
    """Who has readings, in the months of the file, of series that the profile says are held twice."""
    wanted = {code for pair in profile.exclusions for code in (pair.series, pair.other)}
    months = {stamp.month.yyyymm for stamp in parsed.values.stamps}
    return imports.reported(plant=imported.plant, series=wanted, months=months) if wanted else {}


def _known(imported: Import) -> dict[Key, Decimal]:
    """What earlier forms of the source said, for the four checks that a report offers by itself."""
    return {
        Key(f["line"], f["series"], f["group"], f["span"], f["period"]): from_scaled(f["scaled"], f["decimals"])
        for f in imports.figures_before(imported)
    }


def _report(parsed: Parsed, imported: Import) -> Report:
    profile, plant = _profile(imported), imported.plant
    found = readings.compare(
        plant=plant, values=parsed.values, grain=profile.grain, at=now(), opens=profile.opens, batch=imported
    )
    scope = scope_of(imported.created_by, on=today())
    mine = set(scope.units(KINDS["readings"].verb).filter(plant=plant).values_list("code", flat=True))
    series, names = pack_of(plant.code).series, dict(reporting_units(plant, today()))
    called = names | {code: one.name for code, one in series.items()}
    whole = merge(parsed, [*_against_pack(profile, series), *_problems(parsed, found, profile, mine, called)])
    problems = sorted(whole.problems, key=lambda p: ("error", "question", "note").index(p.severity))
    return Report(
        counts=found.counts,
        problems=[p.as_dict() for p in problems],
        lines=[_line(one, series, names) for one in parsed.values.summary()],
        sheets=parsed.sheets,
        frozen=len(found.frozen),
        figures=[{name: getattr(one, name) for name in FIGURE} for one in parsed.figures],
    )


def _against_pack(profile: Profile, series: Mapping[str, Series]) -> list[Problem]:
    """A profile from another plant may name series that this one has not, or keep them at another scale."""
    made = []
    for code, stated in dict.fromkeys((m.series, m.decimals) for _, m in measures(profile)):
        if code not in series:
            made.append(problem("series_foreign", value=code))
        elif stated not in (None, series[code].decimals):
            made.append(problem("decimals_differ", value=code, declared=series[code].decimals, stated=stated))
    return made


def _problems(
    parsed: Parsed, found: Difference, profile: Profile, mine: set[str], called: Mapping[str, str]
) -> list[Problem]:
    """What only the plant's own tables can tell of the values, each with its cell; units and series by their names."""
    values, made = parsed.values, []

    def tell(code: str, index: int, **args: Any) -> None:
        at = {"sheet": values.sheets[values.sheet[index]], "row": values.row[index], "column": values.column[index]}
        made.append(problem(code, **at, **args))

    for line, index in found.no_unit.items():
        tell("unit_missing", index, value=line)
    for (line, series), index in found.no_channel.items():
        others = "、".join(GRAINS[g] for g in found.other_grains[line, series])
        name, what = called.get(line, line), called.get(series, series)
        also = f"（{name} 的 {what} 按{others}上报）" if others else ""
        tell("channel_missing", index, value=what, line=name, grain=GRAINS[profile.grain], also=also)
    foreign: dict[str, int] = {}
    for index, line in enumerate(values.line):
        if line not in mine and line not in foreign and line not in found.no_unit:
            foreign[line] = index
    for line, index in foreign.items():
        tell("unit_foreign", index, value=called.get(line, line))
    for index in found.too_long[:SHOWN]:
        tell("number_long", index, value=values.text[index])
    for index in found.ahead[:SHOWN]:
        tell("slot_ahead", index, value=str(values.stamps[values.at[index]].day))
    for index, starts_at, ends_at in found.overlaps[:SHOWN]:
        span = f"{starts_at:%Y-%m-%d %H:%M} 至 {ends_at:%Y-%m-%d %H:%M}"
        tell("overlap_stored", index, value=values.text[index], span=span)
    if found.frozen:
        tell("month_locked", found.frozen[0], value=values.text[found.frozen[0]], count=len(found.frozen))
    for (line, series), channel in found.opened.items():
        made.append(
            problem(
                "channel_opened",
                value=called.get(series, series),
                line=called.get(line, line),
                day=str(channel.from_on),
            )
        )
    return made


def _line(one: Summary, series: Mapping[str, Series], names: Mapping[str, str]) -> dict[str, Any]:
    """What the file holds of one series of one unit, ready to show."""
    known = series.get(one.series)
    return {
        **one._asdict(),
        "line": names.get(one.line, one.line),
        "first": one.first.isoformat(" ", "minutes"),
        "last": one.last.isoformat(" ", "minutes"),
        "name": known.name if known else one.series,
        "unit": known.unit if known else "",
        "total": f"{from_scaled(one.total, known.decimals):f}" if known and known.additive else "",
    }
