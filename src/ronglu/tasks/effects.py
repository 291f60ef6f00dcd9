"""Judges a registered question in the worker: stored days in, words and texts out. Nothing of a float is kept but its digits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ronglu.boards.effect.days import days, running
from ronglu.config.clock import now
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.effect import Word, better, digits
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.stats.judge import Answer, Question, Untold, judge
from ronglu.stats.series import Daily
from ronglu.store.models import Effect, Job, Unit
from ronglu.tasks.run import Progress
from ronglu.work import effects

AROUND = dt.timedelta(days=400)
"""How far before the window and after it days are looked at."""
DIGITS = 9
Days = Mapping[dt.date, Decimal]


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: effect."""
    one = Effect.objects.select_related("plant", "unit", "registered_by").get(pk=job.args["effect"])
    progress(0, 1, one.title)
    try:
        word, result = judged(one)
    except Exception:
        effects.fail(effect=one, at=now())
        raise
    effects.answer(effect=one, word=word, result=result, by=job.created_by, at=now())
    return {"effect": one.pk, "word": word.value}


def judged(one: Effect) -> tuple[Word, dict[str, Any]]:
    """The word and everything the page shows of it."""
    pack = pack_of(one.plant.code)
    indicator = pack.indicators[one.indicator]
    beside = [pack.indicators[code] for code in one.covariates]
    found = _days(one, [indicator, *beside])
    own = found[one.unit_id, indicator.code]
    usual = [value for day, value in own.items() if day < one.from_on]
    smallest = effects.smallest_of(one, usual=usual, rules_of=pack.base.effect, decimals=digits(indicator))
    result: dict[str, Any] = {"days": [[str(day), str(own[day])] for day in sorted(own)], "smallest": str(smallest)}
    if not own:
        return Word.UNTOLD, result | {"why": ["none", {}]}
    series = _measured(indicator, own)
    question = Question(
        series,
        series.place(one.from_on),
        (one.until_on - one.from_on).days,
        better(indicator),
        smallest=float(smallest),
        weekday=one.weekday == "yes",
        covariates=tuple(Daily.of(found[one.unit_id, c.code]) for c in beside if found[one.unit_id, c.code]),
        controls=tuple(_measured(indicator, found[u, indicator.code]) for u in _controls(one, found, indicator)),
    )
    try:
        answer = judge(question)
    except Untold as why:
        return Word.UNTOLD, result | {"why": [why.code, why.numbers]}
    return answer.word, result | told(answer, series, _controls(one, found, indicator))


def _days(one: Effect, indicators: Sequence[Indicator]) -> dict[tuple[int, str], dict[dt.date, Decimal]]:
    units = [one.unit_id, *one.controls]
    stops = {unit.pk: effects.stopped(unit) for unit in Unit.objects.filter(pk__in=units)}
    found = days(
        plant=one.plant, units=units, indicators=indicators, first=one.from_on - AROUND, last=one.until_on + AROUND
    )
    return {spot: running(values, stops[spot[0]]) for spot, values in found.items()}


def _controls(one: Effect, found: Mapping[tuple[int, str], Days], indicator: Indicator) -> list[int]:
    """Sister lines that have any days."""
    return [unit for unit in one.controls if found[unit, indicator.code]]


def _measured(indicator: Indicator, values: Days) -> Daily:
    series = Daily.of(values)
    if indicator.direction is not Direction.BAND or indicator.band is None:
        return series
    low, high = (None if edge is None else float(edge) for edge in indicator.band)
    return series.outside(low, high)


def told(answer: Answer, series: Daily, controls: Sequence[int]) -> dict[str, Any]:
    """The answer as texts of nine digits; places in the series become days again."""
    model, rank = answer.model, answer.rank
    start = series.first + dt.timedelta(days=int(answer.placebo.starts[answer.placebo.real]))
    return {
        "before_on": str(start - dt.timedelta(days=model.before)),
        "before": model.before,
        "length": model.length,
        "trend": model.trend,
        "ways": [
            {
                "code": way.code,
                "level": text(way.fit.level),
                "error": text(way.fit.error),
                "low": text(way.fit.low),
                "high": text(way.fit.high),
                "lags": way.fit.lags,
                "days": way.fit.days,
                "weights": [[unit, text(w)] for unit, w in zip(controls, way.weights, strict=False)],
            }
            for way in answer.ways
        ],
        "calibrated": [text(edge) for edge in answer.calibrated],
        "rank": {
            "others": rank.others,
            "as_good": rank.as_good,
            "clear": rank.clear,
            "clear_as_good": rank.clear_as_good,
            "mirrored": rank.mirrored,
            "mirrored_as_good": rank.mirrored_as_good,
            "share": text(rank.share),
        },
        "placebo": [
            [str(series.first + dt.timedelta(days=int(at))), text(found), int(clear)]
            for at, found, clear in zip(
                answer.placebo.starts, answer.placebo.effects, answer.placebo.clear, strict=True
            )
        ],
        "sigma": text(answer.sigma),
    }


def text(value: float) -> str:
    """Nine digits that count, written out without a power of ten."""
    return format(Decimal(f"{value:.{DIGITS}g}"), "f")
