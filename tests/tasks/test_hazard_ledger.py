"""A hazard ledger on its way in: read, not typed again; doubles asked about, sites become zones, nothing made up."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.exchange.arrive import arrive
from ronglu.store.models import Case, CaseParty, CaseRow, CaseStep, Import, Notice, Zone
from ronglu.work import imports
from ronglu.work.queries.case_matrix import matrix
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.exchange.books import write
from tests.tasks.books import AT, check, confirm
from tests.work.clock import set_clock

pytestmark = pytest.mark.django_db
HEAD = ["编号", "发现日期", "地点", "隐患内容", "类别", "等级", "整改措施", "责任人", "整改期限", "状态", "销号日期"]
OPEN = ["A-1", "2026-03-02", "2# 转炉烟罩", "法兰渗水", "设备", "一般", "", "", "", "未销号", ""]
SHUT = [
    "A-2",
    "2026-03-03",
    "2# 转炉烟罩",
    "护栏松动",
    "现场",
    "一般",
    "补焊",
    "陈技术员",
    "2026-03-06",
    "已销号",
    "2026-03-05",
]
REAL = Path(os.environ.get("RONGLU_TEST_DATA", Path(__file__).parents[2] / "../shared/data")).resolve()
LEDGER = REAL / "hazards" / "ihm_accidents_to_2016-11-30.csv.gz"


@pytest.fixture
def bring(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-04-02"
    set_clock(cast.plant)

    def bring_rows(*rows: Sequence[Any], path: Path | None = None, answers: dict[str, str] | None = None) -> Import:
        book = path or write(tmp_path / "台账.xlsx", {"台账": rows})
        with book.open("rb") as file:
            kept = arrive(book.name, iter(lambda: file.read(65536), b""), settings.HOME)
        one = imports.File(name=book.name, digest=kept.digest, size=kept.size, path=kept.path)
        made = imports.upload(plant=cast.plant, kind="hazards", file=one, by=cast.account["赵安全员"], at=AT)
        return check(made, answers=answers or {})

    return bring_rows


def told(imported: Import, severity: str) -> list[tuple[str, str]]:
    return [(p["cell"], p["message"]) for p in imported.report["problems"] if p["severity"] == severity]


def counts(imported: Import) -> tuple[int, int, int]:
    return imported.counts["new"], imported.counts["changed"], imported.counts["unchanged"]


def test_cases_brought_before_are_held_until_this_book_is_done_with_them(
    bring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    plain = QuerySet.select_for_update

    def noted(rows: Any, **how: Any) -> Any:
        held.append(str(rows.query))
        return plain(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    confirm(bring(HEAD, OPEN))
    assert [one for one in held if '"origin" = import' in one]


def test_open_and_closed_rows_become_cases_that_say_no_more_than_the_ledger(bring: Any, cast: Cast) -> None:
    one = bring(HEAD, OPEN, SHUT)
    assert (counts(one), one.report["ready"], Case.objects.count(), Zone.objects.count()) == ((2, 0, 0), True, 0, 0)
    assert ("", "本厂没有这些责任区，确认后新建 1 个：2# 转炉烟罩（2 条）") in told(one, "note")
    confirm(one)
    still, shut = Case.objects.order_by("number")
    assert (still.number, still.state, still.raised_by, still.origin, still.batch) == (
        "YH-2026-0001", "found", None, "import", one
    )  # fmt: skip
    assert (still.raised_at, still.data) == (
        dt.datetime(2026, 3, 2), {"what": "法兰渗水", "kind": "equipment", "source": "ledger", "grade": "minor"}
    )  # fmt: skip
    # its clock begins today and not a month ago
    assert still.due_at == dt.datetime(2026, 4, 4)
    assert not CaseRow.objects.filter(case=still).exists() and not CaseParty.objects.exists()
    assert (shut.state, shut.phase, shut.closed_at, shut.due_at) == ("closed", "closed", dt.datetime(2026, 3, 5), None)
    measure = CaseRow.objects.get(case=shut)
    assert (measure.state, measure.person, measure.due_on, measure.passed_by) == (
        "passed", cast.person["陈技术员"], dt.date(2026, 3, 6), None
    )  # fmt: skip
    zone = Zone.objects.get()
    assert (zone.name, zone.unit, zone.code) == ("2# 转炉烟罩", cast.unit["QL"], "TZ-001")
    assert [s.reason for s in CaseStep.objects.order_by("pk")] == ["台账 A-1，类别：设备", "台账 A-2，类别：现场"]
    assert not Notice.objects.exists()


def test_the_same_file_again_adds_nothing(bring: Any) -> None:
    confirm(bring(HEAD, OPEN, SHUT))
    again = bring(HEAD, OPEN, SHUT)
    assert counts(again) == (0, 0, 2)
    confirm(again)
    assert (Case.objects.count(), Zone.objects.count(), CaseStep.objects.count()) == (2, 1, 2)


def test_a_ledger_that_closed_it_since_closes_it_here_unless_somebody_works_on_it(bring: Any, cast: Cast) -> None:
    other = ["A-3", *OPEN[1:3], "皮带跑偏", *OPEN[4:]]
    confirm(bring(HEAD, OPEN, other))
    busy = Case.objects.get(number="YH-2026-0002")
    Case.objects.filter(pk=busy.pk).update(seen=1, state="graded")
    later = bring(HEAD, [*OPEN[:9], "已整改", "2026-03-20"], [*other[:9], "已整改", "2026-03-20"])
    assert counts(later) == (0, 1, 1)
    assert ("J3", "台账写着已销号，YH-2026-0002 正在本系统办理，没有改动") in told(later, "note")
    confirm(later)
    assert list(Case.objects.order_by("number").values_list("state", "closed_at")) == [
        ("closed", dt.datetime(2026, 3, 20)), ("graded", None)
    ]  # fmt: skip


def test_rows_alike_are_asked_about_and_taken_or_left_as_said(bring: Any, tmp_path: Path) -> None:
    plain = [["", *row[1:]] for row in (OPEN, OPEN, [*OPEN[:1], "2026-03-09", *OPEN[2:]])]
    book = write(tmp_path / "台账 2.xlsx", {"台账": [HEAD, *plain]})
    one = bring(path=book)
    asked = [(p["key"], p["choices"]) for p in one.report["problems"] if p["severity"] == "question"]
    assert asked == [("row_same:台账!3", ["skip", "keep"]), ("row_alike:台账!4", ["skip", "keep"])]
    with pytest.raises(imports.ImportTrouble):
        confirm(one)
    one = check(one, answers={"row_same:台账!3": "skip", "row_alike:台账!4": "keep"})
    assert (counts(one), one.report["ready"]) == ((2, 0, 0), True)
    confirm(one)
    # the file itself remembers what was said of it
    again = bring(path=book)
    assert (counts(again), again.report["ready"]) == ((0, 0, 2), True)


def test_one_wrong_row_lets_none_in(bring: Any) -> None:
    wrong = ["A-9", "2026-03-08", "料场", "电缆破皮", "电气", "特大", "", "", "", "未销号", "2026-03-01"]
    one = bring(HEAD, OPEN, wrong)
    assert [cell for cell, _ in told(one, "error")] == ["F3"]
    one = bring(HEAD, OPEN, [*wrong[:5], "一般", *wrong[6:]])
    assert {cell for cell, _ in told(one, "error")} == {"J3", "K3"}
    assert not Case.objects.exists()


def test_a_zone_that_is_there_is_used_and_its_branch_answers(bring: Any, cast: Cast) -> None:
    Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1-甲"], code="Z1", name="2# 转炉烟罩", kind="own", token="t",
        from_on=dt.date(2025, 1, 1),
    )  # fmt: skip
    confirm(bring(HEAD, OPEN))
    case = Case.objects.get()
    assert (case.zone.code, case.unit, case.body) == ("Z1", cast.unit["QL-R1-甲"], cast.body["QL-B1"])
    assert Zone.objects.count() == 1


def test_letters_that_nobody_sees_make_no_second_hazard(bring: Any) -> None:
    one = bring(HEAD, ["", *OPEN[1:]], ["", *OPEN[1:3], "法兰\u200b渗水\ufeff", *OPEN[4:]])
    assert [p["key"] for p in one.report["problems"] if p["severity"] == "question"] == ["row_same:台账!3"]


def test_english_headers_are_read_too(bring: Any) -> None:
    head = ["Date", "Site", "Description", "Critical Risk", "Accident Level", "Potential Accident Level"]
    confirm(bring(head, ["2026-03-02", "Bay 3", "Loose guard", "Fall", "I", "IV"]))
    assert Case.objects.get().data == {
        "what": "Loose guard", "kind": "other", "source": "ledger", "severity": "1", "potential": "4",
    }  # fmt: skip


@pytest.mark.skipif(not LEDGER.exists(), reason=f"没有真实数据 {LEDGER}")
def test_a_real_ledger_of_261_records_comes_in_with_its_doubles_asked_and_its_sites_as_zones(bring: Any) -> None:
    one = bring(path=LEDGER)
    asked = [p["code"] for p in one.report["problems"] if p["severity"] == "question"]
    # five texts stand twice; of two of these pairs all columns that are read are the same, in one of them really all
    assert sorted(asked) == ["row_alike"] * 3 + ["row_same"] * 2
    assert not one.report["ready"]
    assert any("新建 12 个" in text for _, text in told(one, "note"))
    one = check(one, answers={"all:row_same": "skip", "all:row_alike": "keep"})
    assert (counts(one), one.report["ready"]) == ((259, 0, 0), True)
    confirm(one)
    assert (Case.objects.count(), Zone.objects.count()) == (259, 12)
    assert not Case.objects.exclude(state="found").exists()
    texts = [case.data["what"] for case in Case.objects.all()]
    assert not any("\u200b" in text for text in texts)
    assert sum("[X]" in text for text in texts) > 90
    assert set(Case.objects.values_list("raised_at__hour", flat=True)) == {0}
    assert counts(bring(path=LEDGER)) == (0, 0, 259)


def test_the_matrix_sets_what_happened_against_what_could_have(bring: Any, cast: Cast, client: Client) -> None:
    head = ["发现日期", "地点", "隐患内容", "实际后果", "可能后果"]
    rows = [("滑倒", "1 级", "4 级"), ("碰头", "I", "II"), ("夹手", "二级", "4"), ("吊物晃动", "1", "5")]
    day = "2026-03-02"
    confirm(bring(head, *[[day, "料场", *row] for row in rows], [day, "料场", "没有写", "", ""]))
    found = matrix(Case.objects.all(), pack_of("qinglan").loops["hazard"])
    assert found.counts == {("1", "4"): 1, ("1", "2"): 1, ("2", "4"): 1, ("1", "5"): 1}
    assert (found.total, found.light, found.heavy, found.lucky, found.ratio, found.unsaid) == (4, 3, 1, 2, "3.00", 1)
    cast.login(client, "赵安全员").get(reverse("cases_matrix", args=["hazard"]))
    with CaptureQueriesContext(connection) as few:
        assert "另有 1 件没有写全两种后果" in client.get(reverse("cases_matrix", args=["hazard"])).content.decode()
    confirm(bring(head, *[[day, f"料场 {no}", f"又一处 {no}", "2", "3"] for no in range(3)]))
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("cases_matrix", args=["hazard"]))
    assert len(few) == len(more)
    assert client.get(reverse("cases_matrix", args=["idea"])).status_code == 404


@pytest.mark.skipif(not LEDGER.exists(), reason=f"没有真实数据 {LEDGER}")
def test_the_matrix_of_the_real_ledger_counts_every_record(bring: Any) -> None:
    one = bring(path=LEDGER, answers={"all:row_same": "keep", "all:row_alike": "keep"})
    confirm(one)
    found = matrix(Case.objects.all(), pack_of("qinglan").loops["hazard"])
    # by the published counts of the set: 195 of level I, 66 above
    assert (found.total, found.light, found.heavy, found.ratio) == (261, 195, 66, "2.95")
    assert [sum_ for _, _, sum_ in found.rows()] == [3, 18, 21, 24, 195]
    assert found.sums() == [26, 61, 69, 89, 16, 0]
