"""The showcase months of the first plant come through the real import, are audited, corrected and scored again."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from ronglu.cli import here
from ronglu.cli.demo import books
from ronglu.cli.demo.group import Workshop
from ronglu.cli.demo.org import Made
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SHOWCASE, THIS_MONTH
from ronglu.config.plant import pack_of
from ronglu.exchange.arrive import arrive
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Import, Reading
from ronglu.work import imports, readings
from ronglu.work.imports import File

FIRST = "qinglan"
MONTHS = (SHOWCASE, THIS_MONTH)
CAME = {SHOWCASE: dt.datetime(2026, 4, 1, 9, 10), THIS_MONTH: dt.datetime(2026, 4, 10, 8, 20)}
AUDITED = {SHOWCASE: dt.datetime(2026, 4, 2, 10, 30), THIS_MONTH: dt.datetime(2026, 4, 10, 9, 5)}
FRESH = dt.date(2026, 4, 8)
"""From this day on nothing is audited yet; the second workshop has not even sent it."""
LATE = tuple(("R2", "sm_slag_cu", dt.date(2026, 3, day), shift, 1.55) for day, shift in ((25, 1), (27, 3), (29, 2)))
"""Assays that came after the month was scored, and by how much they differ from the estimate."""
LABORATORY = dt.datetime(2026, 4, 7, 15, 20)
FOUND = dt.datetime(2026, 4, 9, 16, 40)
TRIED = dt.datetime(2026, 4, 10, 9, 40)


@contextmanager
def clock(at: dt.datetime) -> Iterator[None]:
    """The group's clock stands at another instant while the past is played."""
    before = settings.TODAY
    settings.TODAY = at.isoformat()
    try:
        yield
    finally:
        settings.TODAY = before


def bring(crowd: Crowd, month: Period) -> None:
    """Uploads, reads, writes and audits the month's workbook of every workshop."""
    made = crowd.made
    for number, workshop in enumerate(made.plan.workshops):
        keyer, auditor = (_account(crowd, role, workshop.code) for role in ("statistician", "technician"))
        until = FRESH if (number, month) == (1, THIS_MONTH) else None
        with clock(CAME[month]):
            _import(made, workshop, month, keyer, until)
        fresh = Reading.objects.filter(channel__unit__in=[made.unit(one.code) for one in workshop.lines])
        fresh = fresh.filter(month=month.yyyymm, day__lt=FRESH)
        readings.audit(plant=made.plant, readings=fresh, by=auditor, at=AUDITED[month])


def _import(made: Made, workshop: Workshop, month: Period, by: Account, until: dt.date | None) -> None:
    home, at = Path(settings.HOME), CAME[month]
    table = books.rows(made, workshop, month.yyyymm, until=until)
    path = books.write(home / "demo" / f"{workshop.name}班报{month}.xlsx", {f"{month.first.month}月": table})
    imported = _read(made, workshop, month, path, by, at)
    path.unlink()
    if not imported.report["ready"]:
        raise ValueError(f"{path.name} 试读不通过：{imported.report['problems'][:3]}")
    here.do(imports.confirm(imported=imported, by=by, at=at), at)


def _read(made: Made, workshop: Workshop, month: Period, path: Path, by: Account, at: dt.datetime) -> Import:
    """Uploaded and read on trial, as the wizard does it."""
    came = arrive(path.name, [path.read_bytes()], Path(settings.HOME))
    imported = imports.upload(
        plant=made.plant, kind="readings", file=File(path.name, came.digest, came.size, came.path), by=by, at=at,
        source=made.plant.sources.get(name=f"{workshop.name}班报"), options={"month": str(month)},
    )  # fmt: skip
    here.do(imports.check(imported=imported, by=by, at=at), at)
    return Import.objects.get(pk=imported.pk)


def try_wrong(crowd: Crowd, path: Path) -> None:
    """A faulty file somebody has just uploaded: its report waits for him."""
    workshop = crowd.made.plan.workshops[-1]
    _read(crowd.made, workshop, THIS_MONTH, path, _account(crowd, "statistician", workshop.code), TRIED)


def correct(crowd: Crowd) -> None:
    """After the first scoring: late assays, audited at once; and the slip of the workbook, found but not audited yet."""
    made = crowd.made
    for line, code, day, shift, factor in LATE:
        workshop = next(w.code for w in made.plan.workshops if any(one.code == line for one in w.lines))
        reading = _reading(made, line, code, day, shift)
        text = _restated(made, code, float(reading.text) * factor)
        _correct(crowd, workshop, reading, text, "化验复核结果", LABORATORY)
        new = Reading.objects.filter(channel=reading.channel, starts_at=reading.starts_at)
        auditor = _account(crowd, "technician", workshop)
        readings.audit(plant=made.plant, readings=new, by=auditor, at=LABORATORY + dt.timedelta(hours=1))
    line, code, day, shift = books.SLIP
    reading = _reading(made, line, code, day, shift)
    text = _restated(made, code, float(reading.text) / 10)
    _correct(crowd, made.plan.workshops[0].code, reading, text, "班报小数点错位，按磅单更正", FOUND)


def _correct(crowd: Crowd, workshop: str, reading: Reading, text: str, reason: str, at: dt.datetime) -> None:
    decimals = pack_of(crowd.made.plan.code).series[reading.channel.series].decimals
    keyer = _account(crowd, "statistician", workshop)
    readings.correct(reading=reading, text=text, decimals=decimals, reason=reason, by=keyer, at=at)


def _reading(made: Made, line: str, code: str, day: dt.date, shift: int) -> Reading:
    found = Reading.objects.filter(channel__unit=made.unit(line), channel__series=code, day=day, shift_no=shift)
    return found.select_related("channel").latest("version")


def _restated(made: Made, code: str, value: float) -> str:
    return f"{value:.{pack_of(made.plan.code).series[code].decimals}f}"


def _account(crowd: Crowd, role: str, place: str) -> Account:
    return Account.objects.get(person=crowd.holding(role, place))
