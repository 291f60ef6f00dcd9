"""A workbook on its way into the table through the real reading child: trial, confirmation, report, and the same again."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from ronglu.exchange.arrive import arrive
from ronglu.exchange.problems import WrongType
from ronglu.exchange.profile import Column, Exclusion, Item, Layout, Measure, Profile, Role, SheetRule
from ronglu.exchange.profile_text import to_dict
from ronglu.store.models import Account, Channel, Import, Job, Reading, Unit, UnitState
from ronglu.tasks.imports_check import book_of
from ronglu.tasks.run import Cancelled, perform
from ronglu.work import imports, readings, sources
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.exchange.test_guard import absurd
from tests.facts.plant_month import MARCH, March, make_march
from tests.tasks.books import AT, FIRST, bring, check, confirm, month_rows, write_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    """Channels, clock and shifts, and no reading."""
    settings.HOME = tmp_path / "home"
    line = cast.unit["QL-R1"]
    made = make_march(plant=line.plant, line=line, by=cast.account["陈技术员"])
    Reading.objects.all().delete()
    return made


@pytest.fixture
def zhou(cast: Cast) -> Account:
    return cast.account["周统计员"]


@pytest.fixture
def brought(march: March, zhou: Account, tmp_path: Path, settings: Any) -> Any:
    def bring_rows(rows: list[Any], name: str = "三月.xlsx", **more: Any) -> Import:
        book = write_book(tmp_path / name, rows)
        return bring(book, plant=march.plant, by=zhou, home=settings.HOME, **more)

    return bring_rows


def counts(imported: Import) -> tuple[int, ...]:
    return tuple(imported.counts[name] for name in ("new", "changed", "unchanged"))


def problems(imported: Import, severity: str) -> list[tuple[str, str, str]]:
    found = imported.report["problems"]
    return [(p["code"], p["sheet"], p["cell"]) for p in found if p["severity"] == severity]


def test_a_months_workbook_is_read_on_trial_then_written(brought: Any, march: March, zhou: Account) -> None:
    one = check(brought(month_rows()))
    assert (one.state, counts(one), one.report["ready"]) == ("checked", (186, 0, 0), True)
    assert [(line["line"], line["name"], line["given"], line["total"]) for line in one.report["lines"]] == [
        ("转炉线", "入炉精矿（干基）", 93, "930.000"), ("转炉线", "熔炼用煤", 93, "39990.0"),
    ]  # fmt: skip
    assert not Reading.objects.exists()
    one = confirm(one)
    assert (one.state, counts(one)) == ("done", (186, 0, 0))
    made = Reading.objects.get(channel__series="sm_coal", day=dt.date(2026, 3, 2), shift_no=1)
    assert (made.batch, made.place, made.entered_by, made.state) == (one, "班报!D5", zhou, "forecast")
    assert Reading.objects.count() == 186


def test_the_same_file_again_changes_no_row(brought: Any) -> None:
    confirm(check(brought(month_rows())))
    before = list(Reading.objects.order_by("pk").values())
    again = check(brought(month_rows(), "三月（再次）.xlsx"))
    assert counts(again) == (0, 0, 186)
    assert counts(confirm(again)) == (0, 0, 186)
    assert list(Reading.objects.order_by("pk").values()) == before


def test_the_same_file_again_does_not_undo_what_was_corrected_since(
    brought: Any, march: March, zhou: Account, settings: Any
) -> None:
    one = confirm(check(brought(month_rows(1))))
    readings.correct(reading=march.reading("sm_coal", 1, 1), text="431", decimals=1, reason="磅单", by=zhou, at=AT)
    again = Import.objects.create(
        plant=one.plant, source=one.source, kind="readings", file_name="再传.xlsx", digest=one.digest, size=one.size,
        path=one.path, created_by=zhou, created_at=AT,
    )  # fmt: skip
    assert counts(confirm(check(again))) == (0, 0, 6)
    assert march.reading("sm_coal", 1, 1).text == "431"
    # another file that says 430 is news
    assert counts(check(brought(month_rows(1, feed=None), "改.xlsx"))) == (0, 1, 2)


def test_a_corrected_file_makes_new_versions_of_what_changed_only(brought: Any) -> None:
    confirm(check(brought(month_rows())))
    rows = month_rows()
    rows[4] = (*rows[4][:3], 431)
    rows[5] = (*rows[5][:3], None)  # a blank keeps
    rows[6] = (*rows[6][:3], "删除")
    one = confirm(check(brought(rows, "改.xlsx")))
    assert counts(one) == (0, 2, 183)
    changed = Reading.objects.filter(version=2).order_by("starts_at")
    assert list(changed.values_list("text", "value", "place")) == [("431", 4310, "班报!D6"), ("删除", None, "班报!D8")]


def test_every_error_is_listed_with_sheet_row_and_column_and_stands_in_the_error_workbook(brought: Any) -> None:
    rows = month_rows(5)
    rows[0] = (rows[0][0], "早", 10, 430)
    rows[3] = (*rows[3][:3], "坏")
    rows[7] = ("不是日期", *rows[7][1:])
    one = check(brought(rows))
    assert (one.state, one.report["ready"]) == ("checked", False)
    assert problems(one, "error") == [("shift_unknown", "班报", "B2"), ("date_bad", "班报", "A9")]
    assert problems(one, "question") == [("text_in_value", "班报", "D5")]
    with book_of(one).open("rb") as file:
        listed = CalamineWorkbook.from_filelike(file).get_sheet_by_name("问题清单").to_python()
    assert [row[:3] for row in listed[1:4]] == [
        ["错误", "班报", "B2"], ["错误", "班报", "A9"], ["待定", "班报", "D5"],
    ]  # fmt: skip
    with pytest.raises(imports.ImportTrouble, match="还有没有解决的错误"):
        confirm(one)


def test_an_answered_question_lets_the_file_in(brought: Any) -> None:
    rows = month_rows(2)
    rows[3] = (*rows[3][:3], "停炉")
    one = check(brought(rows))
    key = next(p["key"] for p in one.report["problems"] if p["severity"] == "question")
    one = check(one, answers={key: "skip"})
    assert one.report["ready"] and one.counts["new"] == 11
    assert confirm(one).state == "done"


@pytest.mark.parametrize("chosen", ["sm_feed_dry", "sm_feed_wet"])
def test_habit_27_of_a_quantity_that_two_lines_report_only_the_chosen_one_is_stored(
    march: March, zhou: Account, settings: Any, tmp_path: Path, chosen: str
) -> None:
    """What the converter line draws is what a second line delivers; the workbook has both columns."""
    second = Unit.objects.create(plant=march.plant, code="QL-R2", kind="line", position=99)
    UnitState.objects.create(unit=second, name="配料线", parent=Unit.objects.get(code="QL-R"), from_on=FIRST)
    Channel.objects.create(unit=second, series="sm_feed_wet", grain="shift", from_on=FIRST)
    columns = (
        Column(Role.STAMP, ("日期",)), Column(Role.SHIFT, ("班次",)),
        Column(Role.VALUE, ("收到",), measure=Measure(series="sm_feed_dry", unit="t", line="QL-R1")),
        Column(Role.VALUE, ("送出",), measure=Measure(series="sm_feed_wet", unit="t", line="QL-R2")),
    )  # fmt: skip
    pair = Exclusion("sm_feed_dry", "sm_feed_wet", "收到的就是送出的")
    reads = Profile(name="两线班报", columns=columns, line="QL-R1", exclusions=(pair,))
    book = write_book(tmp_path / "两线.xlsx", month_rows(2, coal=10), head=("日期", "班次", "收到(t)", "送出(t)"))
    one = check(bring(book, plant=march.plant, by=zhou, home=settings.HOME, reads=reads))
    (asked,) = [p for p in one.report["problems"] if p["severity"] == "question"]
    assert (asked["code"], one.report["ready"]) == ("excluded_pair", False)
    one = confirm(check(one, answers={asked["key"]: chosen}))
    assert one.counts["new"] == 6
    assert set(Reading.objects.values_list("channel__series", flat=True)) == {chosen}


def test_a_line_outside_the_importers_reach_is_refused(brought: Any, march: March) -> None:
    one = check(brought(month_rows(1), line="QL-F1"))
    assert problems(one, "error") == [("channel_missing", "班报", "C2"), ("channel_missing", "班报", "D2"),
                                      ("unit_foreign", "班报", "C2")]  # fmt: skip


def test_a_new_series_is_taken_on_only_when_the_profile_says_so(brought: Any, march: March) -> None:
    march.channel("sm_coal").delete()
    one = check(brought(month_rows(1)))
    assert problems(one, "error") == [("channel_missing", "班报", "D2")]
    assert "转炉线 不按班上报 熔炼用煤" in one.report["problems"][0]["message"]
    one = confirm(check(brought(month_rows(1), "开.xlsx", opens=True)))
    assert (one.state, one.counts["new"]) == ("done", 6)
    assert march.channel("sm_coal").from_on == FIRST


def test_a_profile_of_another_plant_is_told_what_does_not_fit(brought: Any) -> None:
    columns = [
        Column(Role.STAMP, ("日期",)),
        Column(Role.SHIFT, ("班次",)),
        Column(Role.VALUE, ("入炉精矿",), measure=Measure(series="sm_feed_dry", unit="t", decimals=1)),
        Column(Role.VALUE, ("用煤",), measure=Measure(series="other_coal", decimals=1)),
    ]
    one = check(brought(month_rows(1), columns=tuple(columns)))
    found = {(p["code"], p["value"]) for p in one.report["problems"] if p["severity"] == "error"}
    assert found >= {("decimals_differ", "sm_feed_dry"), ("series_foreign", "other_coal")}


def test_a_shift_that_lies_across_a_stored_slot_is_refused(brought: Any, march: March) -> None:
    confirm(check(brought(month_rows(1))))
    feed = Reading.objects.filter(channel__series="sm_feed_dry", shift_no=1)
    feed.update(starts_at=dt.datetime(2026, 3, 1, 7))  # as an older clock had it
    one = check(brought(month_rows(1), "再.xlsx"))
    assert problems(one, "error") == [("overlap_stored", "班报", "C2")]


def test_a_locked_month_asks_for_a_reason_before_it_is_written(brought: Any, march: March, cast: Cast) -> None:
    confirm(check(brought(month_rows())))
    readings.audit(plant=march.plant, readings=Reading.objects.all(), by=cast.account["陈技术员"], at=AT)
    readings.lock(plant=march.plant, month=MARCH, by=cast.account["周统计员"], at=AT)
    rows = month_rows()
    rows[0] = (*rows[0][:3], 431)
    one = check(brought(rows, "补.xlsx"))
    assert (one.report["ready"], one.report["frozen"]) == (True, 1)
    assert ("month_locked", "班报", "D2") in problems(one, "note")
    with pytest.raises(imports.ImportTrouble, match="1 个读数在已锁定的月份，请写明更正原因"):
        confirm(one)
    assert confirm(one, reason="补录化验").counts["changed"] == 1
    assert Reading.objects.get(version=2).reason == "补录化验"


def form(path: Path, month: float, ytd: float, sheet: str) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["项目", "本月", "累计"])
        page.write_row(1, 0, ["入炉精矿", month, ytd])
    return path


@pytest.fixture
def monthly(march: March, zhou: Account, settings: Any, tmp_path: Path) -> Any:
    """Monthly forms of the settled feed, all of one source."""
    Channel.objects.create(unit=march.line, series="sm_feed_dry", grain="settlement", from_on=dt.date(2025, 1, 1))
    item = Item("入炉精矿", measure=Measure(series="sm_feed_dry"))
    reads = Profile(
        name="月末结算", layout=Layout.MATRIX, items=(item,), line="QL-R1", grain="settlement",
        sheets=SheetRule(months=True),
    )  # fmt: skip
    source = sources.save(plant=march.plant, name="月末结算", profile=to_dict(reads), by=zhou, at=AT)

    def bring_form(month: float, ytd: float, sheet: str) -> Import:
        book = form(tmp_path / f"{sheet}.xlsx", month, ytd, sheet)
        return bring(book, plant=march.plant, by=zhou, home=settings.HOME, source=source)

    return bring_form


def test_the_settlement_of_a_month_comes_in_beside_its_shifts(monthly: Any, brought: Any) -> None:
    confirm(check(brought(month_rows())))
    one = confirm(check(monthly(935, 1900, "26.3")))
    assert (one.state, one.counts["new"]) == ("done", 1)
    settled = Reading.objects.get(channel__grain="settlement")
    assert (settled.value, settled.month, settled.shift_no, settled.place) == (935_000, 202603, 0, "26.3!B2")
    assert Reading.objects.filter(channel__series="sm_feed_dry", channel__grain="shift").count() == 93


def test_a_cumulated_figure_is_checked_against_the_form_of_the_month_before(monthly: Any) -> None:
    confirm(check(monthly(900, 900, "26.1")))
    one = check(monthly(935, 1836, "26.2"))
    assert problems(one, "question") == [("check_cumulative", "26.2", "C2"), ("check_months", "26.2", "C2")]
    # 900 of January and 935 of February are 1,835
    assert all("1836" in p["message"] and "1835" in p["message"] for p in one.report["problems"][:2])
    one = check(one, answers={p["key"]: "keep" for p in one.report["problems"]})
    assert confirm(one).state == "done"


def test_what_is_no_table_is_refused_at_the_door_and_nothing_is_kept(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    with pytest.raises(WrongType):
        arrive("三月.xlsx", [b"%PDF-1.7 ..."], tmp_path)
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_file_refused_while_it_is_read_says_why_and_stays_as_a_report(brought: Any, settings: Any) -> None:
    one = brought(month_rows(1))
    (settings.HOME / one.path).write_bytes(b"PK\x03\x04 broken")
    one = check(one)
    assert one.state == "refused"
    assert "没有传完" in one.report["why"]


def test_a_tiny_file_that_claims_a_whole_sheet_is_refused_quickly_and_stores_nothing(
    brought: Any, settings: Any, tmp_path: Path
) -> None:
    one = brought(month_rows(1))
    huge = absurd(tmp_path / "huge.xlsx")
    assert huge.stat().st_size < 2_000
    (settings.HOME / one.path).write_bytes(huge.read_bytes())
    started = time.monotonic()
    one = check(one)
    assert (one.state, one.counts) == ("refused", {})
    assert "XFD1048576" in one.report["why"]
    assert time.monotonic() - started < 10 and not Reading.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_import_stops_at_the_next_step_and_writes_nothing(brought: Any, zhou: Account) -> None:
    one = check(brought(month_rows()))
    job = imports.confirm(imported=one, by=zhou, at=AT)
    Job.objects.filter(pk=job.pk).update(state="running")
    imports.cancel(imported=one, by=zhou, at=AT)
    job.refresh_from_db()
    with pytest.raises(Cancelled):
        perform(job)
    one.refresh_from_db()
    assert (one.state, Reading.objects.count()) == ("cancelled", 0)


def test_an_import_that_waits_in_the_queue_is_cancelled_at_once(brought: Any, zhou: Account) -> None:
    one = brought(month_rows(1))
    job = imports.check(imported=one, by=zhou, at=AT)
    imports.cancel(imported=one, by=zhou, at=AT)
    one.refresh_from_db()
    job.refresh_from_db()
    assert (one.state, job.state) == ("cancelled", "cancelled")


def test_only_the_person_who_brought_a_file_goes_on_with_it(brought: Any, cast: Cast) -> None:
    one = check(brought(month_rows(1)))
    with pytest.raises(imports.ImportTrouble, match="由上传的人接着办"):
        imports.confirm(imported=one, by=cast.account["陈技术员"], at=AT)


def test_readings_that_changed_since_the_trial_are_compared_again_when_written(brought: Any) -> None:
    one, two = check(brought(month_rows(1), "一.xlsx")), check(brought(month_rows(1), "二.xlsx"))
    confirm(one)
    assert counts(confirm(two)) == (0, 0, 6)
