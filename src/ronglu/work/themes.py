"""Themes of the plan: taken from the list or a plant's own, renamed, ended; plan objects name them and nothing is copied."""

import datetime as dt

from django.db import IntegrityError, transaction

from ronglu.kernel.annual.book import ThemeSeed
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.labour import written
from ronglu.store.models import Account, Plant, Theme, ThemeKind
from ronglu.work import audits

LONGEST = 10
"""Years: a plan source is a five-year plan at most, seldom two of them."""


@transaction.atomic
def take(*, plant: Plant, seed: ThemeSeed, year: int, by: Account, at: dt.datetime, name: str = "") -> Theme:
    """An entry of the list, for the years it lasts; the plant may call it otherwise."""
    return _made(
        plant, seed.code, kind=seed.kind, name=name or seed.zh, level=seed.level, first=year, last=year + seed.years - 1,
        source="", by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def add(
    *, plant: Plant, kind: str, name: str, level: str, first_year: int, last_year: int, by: Account, at: dt.datetime,
    source: str = "",
) -> Theme:  # fmt: skip
    return _made(
        plant, "", kind=kind, name=name, level=level, first=first_year, last=last_year, source=source, by=by, at=at
    )


@transaction.atomic
def change(*, theme: Theme, name: str, last_year: int, source: str, by: Account, at: dt.datetime) -> Theme:
    """What hangs under it keeps hanging: only its words and its last year change."""
    _years(theme.first_year, last_year)
    before = {"name": theme.name, "last_year": theme.last_year}
    theme.name, theme.last_year, theme.source = (
        written(name, what="主题名称", longest=80),
        last_year,
        source.strip()[:160],
    )
    _saved(theme)
    _note("change", theme, by=by, at=at, before=before)
    return theme


def _made(
    plant: Plant, code: str, *, kind: str, name: str, level: str, first: int, last: int, source: str, by: Account,
    at: dt.datetime,
) -> Theme:  # fmt: skip
    _years(first, last)
    theme = Theme(
        plant=plant, code=code, kind=ThemeKind(kind), name=written(name, what="主题名称", longest=80), level=level,
        first_year=first, last_year=last, source=source.strip()[:160], by=by, at=at,
    )  # fmt: skip
    _saved(theme)
    _note("add", theme, by=by, at=at, years=[first, last])
    return theme


def _saved(theme: Theme) -> None:
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError:
        raise AnnualTrouble(f"{theme.first_year} 年已有主题“{theme.name}”，请换一个名称或改那一个") from None


def _years(first: int, last: int) -> None:
    if not first <= last < first + LONGEST:
        raise AnnualTrouble(f"末年应在 {first} 到 {first + LONGEST - 1} 之间")


def _note(verb: str, theme: Theme, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"themes.{verb}", by=by, at=at, subject=theme.name, plant=theme.plant, detail=detail)
