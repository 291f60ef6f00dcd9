"""Counts a contest in the worker: inputs from the columns, effects from the statistics room, score and places from the kernel."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import now
from ronglu.config.plant import pack_of
from ronglu.facts.contests import curve_of, gather
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.standing.contest import Contenders, Terms, digest, places, points
from ronglu.kernel.standing.reckoning import Reckoning, mean_plan
from ronglu.stats import contest as stats
from ronglu.stats import contest_lines
from ronglu.store.models import Account, Contest, ContestResult, ContestState, Job, Plant
from ronglu.store.values import calendar_of
from ronglu.tasks.assess import freshen
from ronglu.tasks.run import Progress
from ronglu.work import contests
from ronglu.work.queries import contests as queries

ONE = dt.timedelta(days=1)
DIGITS = Decimal("0.000001")
"""What of a statistic is kept: six digits, the same on every machine."""
Inputs = Mapping[str, Any]


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: contest, cause."""
    contest = Contest.objects.select_related("plant").get(pk=job.args["contest"])
    progress(0, 1, contest.title)
    made = count(contest=contest, cause=job.args.get("cause", ""), at=now(), by=job.created_by)
    return {"contest": contest.pk, "version": made.version, "digest": made.digest}


def tend(*, plant: Plant, at: dt.datetime) -> None:
    """Contests of a plant by the clock: begun, counted the day after the last, final after the time to appeal."""
    today = at.date()
    for one in Contest.objects.filter(plant=plant, state=ContestState.DECLARED, first_on__lte=today):
        contests.begin(contest=one, at=at)
    for one in Contest.objects.filter(plant=plant, state=ContestState.RUNNING, last_on__lt=today).select_related(
        "plant"
    ):
        _finish(one, at)
    for one in Contest.objects.filter(plant=plant, state=ContestState.PROVISIONAL, appeal_until__lt=today):
        contests.settle(contest=one, open_appeals=queries.open_appeals(contest=one), at=at)


def count(*, contest: Contest, cause: str, at: dt.datetime, by: Account | None = None) -> ContestResult:
    """From the readings as they stand."""
    return _keep(contest, _inputs(contest, at), cause=cause, at=at, by=by)


def _finish(contest: Contest, at: dt.datetime) -> None:
    """Once every shift was read and audited; what is missing is waited for as long as readings of a month may come (09-21)."""
    inputs, timetable = _inputs(contest, at), pack_of(contest.plant.code).standing.timetable
    if not unread(inputs) or at.date() > queries.waits_until(contest, timetable):
        _keep(contest, inputs, cause="竞赛结束", at=at)


def _inputs(contest: Contest, at: dt.datetime) -> dict[str, Any]:
    terms, pack, calendar = Terms.of(contest.terms), pack_of(contest.plant.code), calendar_of(contest.plant)
    freshen(plant=contest.plant, month=calendar.month_of(terms.last), at=at)
    return gather(plant=contest.plant, terms=terms, pack=pack, calendar=calendar, home=Path(settings.HOME))


def _keep(
    contest: Contest, inputs: dict[str, Any], *, cause: str, at: dt.datetime, by: Account | None = None
) -> ContestResult:
    told = outcome(inputs, Terms.of(contest.terms))
    return contests.record(contest=contest, inputs=inputs, outcome=told, cause=cause, at=at, by=by)


def unread(inputs: Inputs) -> int:
    """Shifts of the contest that count and lack a reading."""
    return sum(not s["out"] and not s["past"] and not all(s["v"].values()) for s in inputs["shifts"])


def replayed(result: ContestResult) -> bool:
    """Whether the kept inputs are what they were, and give every digit of the kept result again."""
    again = outcome(result.inputs, Terms.of(result.contest.terms))
    return digest(result.inputs) == result.digest and again == result.outcome


def outcome(inputs: Inputs, terms: Terms) -> dict[str, Any]:
    """The result as data: nothing in it but what the inputs and the terms say."""
    reckoning = Reckoning(inputs, terms)
    verdict = _judged(reckoning)
    effects = {team: _exact(value) for team, value in zip(terms.teams, verdict.overall, strict=True)}
    noise = _exact(verdict.noise)
    events = {int(team): n for team, n in inputs["events"].items()}
    found = places(Contenders(effects, noise, events), safety=terms.safety)
    curve, halted = curve_of(inputs), [list(one) for one in reckoning.halted()]
    return {
        "noise": _text(noise),
        "chance": _text(_exact(verdict.chance)),
        "covariates": list(verdict.covariates),
        "dropped": [code for code in terms.covariates if code not in verdict.covariates],
        "out": [list(one) for one in reckoning.out()],
        "unread": unread(inputs),
        "teams": [
            _team(reckoning, team, at, curve=curve, verdict=verdict, effect=effects[team], place=found.get(team))
            for at, team in enumerate(terms.teams)
        ],
    } | ({"halted": halted} if halted else {})


def _team(
    reckoning: Reckoning,
    team: int,
    at: int,
    *,
    curve: Curve,
    verdict: stats.Verdict,
    effect: Decimal | None,
    place: Any,
) -> dict[str, Any]:
    terms = reckoning.terms
    lacks = reckoning.lacks(team)
    won = points(reckoning.level(team), reckoning.better(team), curve=curve, improvement=terms.improvement)
    return {
        "team": team,
        "name": reckoning.inputs["names"][str(team)],
        "place": place.place if place else None,
        "tied": place.tied if place else 0,
        "barred": bool(place and place.barred),
        "events": reckoning.inputs["events"].get(str(team), 0),
        "effect": _text(effect),
        "shifts": verdict.shifts[at],
        "stood": len(reckoning.shifts(team)),
        "points_h": None if lacks else won.total_h,
        "level_ppb": won.level_ppb,
        "better_ppb": won.better_ppb,
        "left_out": list(won.left_out),
        "by": {
            one.indicator: {
                "value": reckoning.shown(team, one.indicator),
                "plan": reckoning.inputs["plans"].get(str(team), {}).get(one.indicator),
                "before": reckoning.shown(team, one.indicator, past=True),
                "effect": _interval(verdict.by_measure[one.indicator][at]),
            }
            for one in terms.weights
        },
    } | ({"lacks": True} if lacks else {})


def _judged(reckoning: Reckoning) -> stats.Verdict:
    return _lines(reckoning) if "history" in reckoning.inputs else _crews(reckoning)


def _lines(reckoning: Reckoning) -> stats.Verdict:
    """Each against its own plan of one shift, the noise from what lies before."""
    terms = reckoning.terms
    rows = [*reckoning.inputs["history"], *reckoning.inputs["shifts"]]
    since = dt.date.fromisoformat(min(one["day"] for one in rows)) if rows else terms.first
    race = contest_lines.Race(
        _shifts(reckoning, [one for one in rows if not one["out"]], since=since, cycle=1), start=(terms.first - since).days,
        length=(terms.last - terms.first).days + 1, before=(terms.first - terms.past[0]).days,
    )  # fmt: skip
    measures = _measures(reckoning)
    return contest_lines.judge(
        teams=len(terms.teams), measures=measures, race=race, least=terms.least, out=_lacking(reckoning),
        improvement=float(terms.improvement) if _known_past(reckoning) else 0.0,
        plans={one.code: [float(mean_plan(reckoning, one.code, [t], planned=True) or 0) for t in terms.teams] for one in measures},
    )  # fmt: skip


def _crews(reckoning: Reckoning) -> stats.Verdict:
    terms = reckoning.terms
    return stats.judge(
        teams=len(terms.teams),
        measures=_measures(reckoning),
        window=arrays(reckoning, past=False),
        before=arrays(reckoning, past=True) if terms.improvement and _known_past(reckoning) else None,
        improvement=float(terms.improvement),
        least=terms.least,
        out=_lacking(reckoning),
        # of the inputs themselves: whoever counts them again draws the same placebo rosters
        seed=int(digest(reckoning.inputs)[:12], 16),
    )


def _lacking(reckoning: Reckoning) -> list[int]:
    """Places in the order of the terms; of a team that was not read well nobody knows how it did."""
    return [at for at, team in enumerate(reckoning.terms.teams) if reckoning.lacks(team)]


def _known_past(reckoning: Reckoning) -> bool:
    """Whether every team has a past that was read well: else one would be measured against the shifts it chose to report."""
    return not any(reckoning.lacks(team, past=True) for team in reckoning.terms.teams)


def _measures(reckoning: Reckoning) -> list[stats.Measure]:
    terms = reckoning.terms
    return [
        stats.Measure(
            one.indicator, float(one.percent), -1 if reckoning.told(one.indicator)["direction"] == "down" else 1,
            float(mean_plan(reckoning, one.indicator, terms.teams) or 0),
        )
        for one in terms.weights
    ]  # fmt: skip


def arrays(reckoning: Reckoning, *, past: bool) -> stats.Shifts:
    """The shifts that count, as the statistics room wants them."""
    terms, inputs = reckoning.terms, reckoning.inputs
    rows = [one for one in inputs["shifts"] if one["past"] is past and not one["out"]]
    return _shifts(reckoning, rows, since=terms.past[0] if past else terms.first, cycle=inputs["cycle"])


def _shifts(reckoning: Reckoning, rows: Sequence[Inputs], *, since: dt.date, cycle: int) -> stats.Shifts:
    terms = reckoning.terms
    at = {team: place for place, team in enumerate(terms.teams)}
    codes = [one.indicator for one in terms.weights]
    return stats.Shifts.of(
        team=[at[one["team"]] for one in rows],
        block=[(dt.date.fromisoformat(one["day"]) - since).days // cycle for one in rows],
        place=[one["no"] for one in rows],
        num={code: [(one["v"][code] or (None, None))[0] for one in rows] for code in codes},
        den={code: [(one["v"][code] or (None, None))[1] for one in rows] for code in codes},
        covariates={code: [one["x"][code] for one in rows] for code in terms.covariates},
    )


def _interval(effect: stats.Effect | None) -> list[str | None] | None:
    return None if effect is None else [_text(_exact(one)) for one in (effect.value, effect.low, effect.high)]


def _exact(value: float | None) -> Decimal | None:
    if value is None or not math.isfinite(value):
        return None
    return Decimal(repr(float(value))).quantize(DIGITS, ROUND_HALF_UP) + 0


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
