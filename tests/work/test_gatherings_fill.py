"""What the records lay before a meeting: nothing is typed that they hold, and nothing hidden is told."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.store.models import Case, Document, Gathering, KeyWork
from ronglu.work import cases, gatherings, gatherings_fill, gatherings_room
from ronglu.work.gatherings_fill import Figure, Line
from ronglu.work.queries import gatherings as queries
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.gathered import THEN, arranged, by, came, close, opened

__all__ = ["cast"]
WEEK = dt.timedelta(days=7)


def laid(cast: Cast, row: Gathering, figures: tuple[Figure, ...] = ()) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in gatherings_fill.lines(row, guide=gatherings.guide_of(row), loops=packs().loops, figures=figures):
        found.setdefault(line.block, []).append(line)
    return found


def document(cast: Cast, title: str, **more: Any) -> Document:
    given = {"kind": "superior", "issued_on": ON - dt.timedelta(days=10)} | more
    return Document.objects.create(plant=cast.plant, title=title, by=cast.account["孙干事"], at=AT, **given)


@pytest.mark.covers("S1-15")
def test_an_open_action_of_last_time_comes_up_again_until_it_is_done(cast: Cast) -> None:
    first = came(cast, opened(cast))
    gatherings_room.resolve(
        gathering=first, text="装防护罩", owner=cast.person["李班长"], due_on=dt.date(2026, 3, 31), **by(cast)
    )
    close(cast, first)
    again = arranged(cast, starts_at=AT + WEEK)
    line = laid(cast, again)["zones"][0]
    case = Case.objects.get()
    assert (line.title, line.case) == ("装防护罩", case.pk) and "李班长 2026-03-31" in line.note
    Case.objects.update(phase="closed")
    assert "zones" not in laid(cast, again)


def test_a_document_waits_until_this_body_dealt_with_it(cast: Cast) -> None:
    document(cast, "安全生产规定")
    document(cast, "旧文件", issued_on=ON - dt.timedelta(days=90))
    document(cast, "作废的", state="void")
    row = arranged(cast)
    line = laid(cast, row)["study"][0]
    assert [one.title for one in laid(cast, row)["study"]] == ["安全生产规定"]
    row = came(cast, gatherings.open(gathering=row, lines=[line], **by(cast)))
    close(cast, row)
    assert "study" not in laid(cast, arranged(cast, starts_at=AT + WEEK))
    assert laid(cast, arranged(cast, body="QL-B1-乙", name="王书记"))["study"][0].title == "安全生产规定"


@pytest.mark.covers("S4-09")
def test_the_key_works_of_the_crew_and_its_line_ask_for_a_plan_of_production(cast: Cast) -> None:
    for unit, name in (("QL-R1-甲", "氧枪寿命"), ("QL-R1", "渣含铜"), ("QL-F1", "别处的")):
        KeyWork.objects.create(plant=cast.plant, unit=cast.unit[unit], name=name, from_on=SINCE)
    row = arranged(cast)
    assert {one.title for one in laid(cast, row)["plans"]} == {"氧枪寿命", "渣含铜"}
    row = gatherings.open(gathering=row, lines=laid(cast, row)["plans"], **by(cast))
    line = row.agenda.get(title="渣含铜")
    gatherings_room.take_down(gathering=row, said={line.pk: "先降冷料比；超 0.8% 停料"}, given={}, **by(cast))
    line.refresh_from_db()
    assert (line.block, line.said) == ("plans", "先降冷料比；超 0.8% 停料")


def test_ideas_wait_by_number_and_title_and_who_raised_them_is_not_told(cast: Cast) -> None:
    loop, given = packs().loops["idea"], {"what": "吊钩检查排到班"}
    made = {"loop": loop, "plant": cast.plant, "unit": cast.unit["QL-R1-甲"], "at": AT, "given": given}
    case = cases.raise_case(**made, by=cast.account["李班长"], scope=cast.scope("李班长")).case
    row = arranged(cast)
    line = laid(cast, row)["voices"][0]
    assert line.case == case.pk and case.number in line.note and "李班长" not in line.note
    Case.objects.update(secrecy="hidden")
    assert "voices" not in laid(cast, row)


def figure(cast: Cast, name: str, *, behind: bool = False) -> Figure:
    return Figure(
        unit=cast.unit["QL-R1"].pk,
        indicator=name,
        name=name,
        period="2026-03",
        progress="4 100 / 4 300 t",
        gap="−200",
        behind=behind,
    )


@pytest.mark.covers("S3-09")
def test_progress_and_gap_come_from_the_indicators_those_behind_first(cast: Cast) -> None:
    found = laid(cast, arranged(cast), figures=(figure(cast, "粗铜产量"), figure(cast, "煤耗", behind=True)))["three"]
    assert [one.title for one in found] == ["煤耗", "粗铜产量"]
    assert found[1].figures == {"period": "2026-03", "progress": "4 100 / 4 300 t", "gap": "−200"}


@pytest.mark.covers("S3-09")
def test_the_measure_is_what_is_left_to_say_and_is_asked_for_until_it_is_said(cast: Cast) -> None:
    row = came(
        cast,
        opened(cast, lines=(Line(block="three", kind="report", title="煤耗", source="indicator", indicator="SM-02"),)),
    )
    guide = gatherings.guide_of(row)
    assert "“煤耗”还没有写措施" in queries.warnings(queries.sheet(row), guide)
    line = row.agenda.get(indicator="SM-02")
    gatherings_room.take_down(gathering=row, said={line.pk: "三班定点测温"}, given={}, **by(cast))
    assert queries.warnings(queries.sheet(row), guide) == []


def test_a_measure_is_asked_for_where_the_plan_is_missed_not_where_it_is_kept(cast: Cast) -> None:
    row = arranged(cast)
    lines = laid(cast, row, figures=(figure(cast, "粗铜产量"), figure(cast, "煤耗", behind=True)))["three"]
    row = gatherings.open(gathering=row, lines=lines, **by(cast))
    assert queries.warnings(queries.sheet(row), gatherings.guide_of(row)) == ["“煤耗”还没有写措施"]


@pytest.mark.covers("S1-17")
def test_the_three_musts_warn_in_the_room_and_forbid_nothing(cast: Cast) -> None:
    document(cast, "安全生产规定")
    row = arranged(cast)
    row = came(cast, gatherings.open(gathering=row, lines=laid(cast, row)["study"], **by(cast)))
    guide = gatherings.guide_of(row)
    assert queries.warnings(queries.sheet(row), guide) == ["“安全生产规定”学习没有交流研讨"]
    talk = row.agenda.get(block="talk")
    gatherings_room.take_down(gathering=row, said={talk.pk: "防护罩不能再拖"}, given={}, **by(cast))
    assert queries.warnings(queries.sheet(row), guide) == ["“安全生产规定”研讨没有结合具体工作"]
    gatherings_room.resolve(
        gathering=row, text="装防护罩", about=talk, owner=cast.person["李班长"], due_on=dt.date(2026, 3, 31), **by(cast)
    )
    assert queries.warnings(queries.sheet(row), guide) == []
    assert close(cast, row, at=THEN).state == "closed"


def test_who_convenes_without_the_office_is_told(cast: Cast) -> None:
    row = arranged(cast)
    end = row.ends_at
    row = gatherings.change(
        gathering=row, starts_at=row.starts_at, ends_at=end, convener=cast.person["李班长"], **by(cast)
    )
    assert queries.warnings(queries.sheet(row), gatherings.guide_of(row)) == ["党小组会应由组长召集，请核对召集人"]


@pytest.mark.covers("S1-16")
def test_an_item_by_hand_is_reported_discussed_or_shared_and_names_its_case(cast: Cast) -> None:
    row = arranged(cast)
    line = gatherings_room.add_line(gathering=row, block="voices", kind="report", title="夜班照明", **by(cast))
    assert (line.kind, line.block) == ("report", "voices")
    row = gatherings.open(gathering=row, **by(cast))
    assert [one.title for one in row.agenda.filter(block="voices")] == ["夜班照明"]
    gatherings_room.drop_line(line=line, **by(cast))
    assert not row.agenda.filter(block="voices").exists()


def test_what_another_page_laid_before_it_stays_behind_the_blocks(cast: Cast) -> None:
    row = arranged(cast)
    row.agenda.create(no=1, block="形势任务", kind="study", title="全年产量")
    row = gatherings.open(gathering=row, **by(cast))
    last = row.agenda.order_by("no").last()
    assert last and last.title == "全年产量" and last.no == row.agenda.count()


def test_a_make_up_repeats_what_its_meeting_dealt_with(cast: Cast) -> None:
    """Who was away hears of the same document, not of what waits for the next meeting."""
    document(cast, "安全生产规定")
    row = arranged(cast)
    first = came(cast, gatherings.open(gathering=row, lines=laid(cast, row)["study"], **by(cast)), away=("李班长",))
    gatherings_room.add_line(gathering=first, block="talk", title="高温天倒班", **by(cast))
    document(cast, "后来的通知", number="厂发〔2026〕3号")
    again = arranged(cast, starts_at=AT + WEEK, makeup_of=close(cast, first))
    found = laid(cast, again)
    assert {block: [one.title for one in lines] for block, lines in found.items()} == {
        "study": ["安全生产规定"],
        "talk": ["高温天倒班"],
    }
    again = gatherings.open(
        gathering=again, lines=[one for lines in found.values() for one in lines], **by(cast, at=AT + WEEK)
    )
    assert again.agenda.filter(document__title="安全生产规定", source="document").count() == 1
