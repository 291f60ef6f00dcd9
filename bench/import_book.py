"""(b) A workbook of 100,000 rows and 8 columns into the table, all checks on, against calamine and a bare insert."""

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bench.line import Line

NAME = "importing a workbook"
ROWS = 100_000
SERIES = ("sm_coal", "sm_matte", "sm_slag", "sm_power", "sm_gas", "sm_steam_out", "sm_matte_cu")
AT = dt.datetime(2026, 4, 2, 9, 0)
FIRST = dt.datetime(2023, 1, 1)
QUARTER = dt.timedelta(minutes=15)


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="ronglu-bench-") as folder, _database(Path(folder)):
        book = _book(Path(folder) / "book.xlsx")
        imported, channels = _bring(book, Path(folder))
        theirs = _timed(lambda: _bare(book, channels, imported))
        _clear()
        trial = _timed(lambda: _job(imported, "import.check"))
        ours = _timed(lambda: _job(imported, "import.write"))
        again = _timed(lambda: _job(imported, "import.write"))
        _require(ROWS * len(SERIES))
    told = f"{ROWS:,} × {len(SERIES) + 1}"
    return [
        Line(f"(b) import {told}: read, checked, written", ours, theirs, 5),
        Line(f"(b) import {told}: trial and writing together", trial + ours, None, 60),
        Line(f"(b) import {told}: the same file once more, 0 rows changed", again, None, 60),
    ]


def _timed(call: Any) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """An empty database of the kind that is configured, beside the real one; a SQLite one in a file."""
    before, settings.HOME = settings.HOME, folder
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "bench.sqlite3")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        settings.HOME = before


def _book(path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page, dated = book.add_worksheet("表"), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(0, 0, ["时间", *SERIES])
        for row in range(ROWS):
            page.write_datetime(row + 1, 0, FIRST + row * QUARTER, dated)
            for column in range(len(SERIES)):
                page.write_number(row + 1, column + 1, 40 + (row * 7 + column * 13) % 389 / 10)
    return path


def _bring(book: Path, home: Path) -> tuple[Any, list[Any]]:
    """A plant with its clock, a line with its channels, the file uploaded with its profile."""
    from ronglu.exchange.arrive import arrive
    from ronglu.exchange.profile import Column, Measure, Profile, Role
    from ronglu.exchange.profile_text import to_dict
    from ronglu.store.models import Account, CalendarRow, Channel, Person, Plant, Post, Unit, UnitState
    from ronglu.work import imports, sources

    plant = Plant.objects.create(code="qinglan", name="厂")
    shifts = [{"no": n + 1, "name": "白中夜"[n], "starts": f"{(8 + 8 * n) % 24:02}:00", "hours": "8"} for n in range(3)]
    CalendarRow.objects.create(plant=plant, from_on=FIRST, day_starts=dt.time(8), shifts=shifts)
    line = Unit.objects.create(plant=plant, code="L1", kind="line", module="smelting")
    UnitState.objects.create(unit=line, name="线", from_on=FIRST)
    person = Person.objects.create(plant=plant, staff_no="1", name="统计")
    Post.objects.create(person=person, role="statistician", unit=line, from_on=FIRST)
    by = Account.objects.create(staff_no="1", person=person)
    channels = [Channel.objects.create(unit=line, series=s, grain="instant", per_day=96, from_on=FIRST) for s in SERIES]
    measured = [Column(Role.VALUE, (s,), measure=Measure(series=s, low="0", high="100")) for s in SERIES]
    profile = Profile(
        name="表", columns=(Column(Role.STAMP, ("时间",)), *measured), line="L1", grain="instant", interval_minutes=15
    )
    source = sources.save(plant=plant, name="表", profile=to_dict(profile), by=by, at=AT)
    kept = arrive(book.name, [book.read_bytes()], home)
    file = imports.File(name=book.name, digest=kept.digest, size=kept.size, path=kept.path)
    imported = imports.upload(plant=plant, kind="readings", file=file, by=by, at=AT, source=source)
    imported.options = {"profile": source.profile}
    imported.save()
    return imported, channels


def _bare(book: Path, channels: list[Any], imported: Any) -> None:
    """What anybody would write by hand: the fast reader, one list of rows, one bulk insert; nothing is checked."""
    from python_calamine import CalamineWorkbook

    _, *rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    known, by, made = str(AT), imported.created_by_id, []
    for number, row in enumerate(rows, 2):
        starts, ends, month = str(row[0]), str(row[0] + QUARTER), row[0].year * 100 + row[0].month
        for column, channel in enumerate(channels, 1):
            text, value = repr(row[column]), round(row[column] * 10)
            place = f"{column}:{number}"
            made.append((channel.pk, starts, ends, starts[:10], 1, month, "", 1, text, value, "forecast", known, by, imported.pk, place, ""))  # fmt: skip
    names = "channel_id, starts_at, ends_at, day, shift_no, month, letter, version, text, value, state, known_at, entered_by_id, batch_id, place, reason"  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY store_reading ({names}) FROM STDIN") as copy:
                for one in made:
                    copy.write_row(one)
        else:
            marks = ", ".join(["%s"] * 16)
            cursor.executemany(f"INSERT INTO store_reading ({names}) VALUES ({marks})", made)
    _require(len(made))


def _clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_reading")


def _job(imported: Any, kind: str) -> None:
    """What the worker does with the job, in this process; the reading child is a process of its own, as always."""
    from ronglu.store.models import Job
    from ronglu.tasks.run import perform

    job = Job.objects.create(kind=kind, label=kind, plant=imported.plant, args={"import": imported.pk}, created_at=AT)
    perform(job)


def _require(count: int) -> None:
    """A bench that measured half the work would flatter us."""
    from ronglu.store.models import Reading

    found = Reading.objects.count()
    if found != count:
        raise AssertionError(f"{found} readings in the table instead of {count}")
