"""A published challenge is read by the whole plant; the talk, the papers that came later and the bids by those who have a part in it."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.kernel.loops.loop import Column
from ronglu.store.models import Attachment, Case, Post
from ronglu.work import attachments, case_rows, cases
from ronglu.work.queries import case_ledger
from tests.cast import AT, SINCE, Cast, cast
from tests.web.machines import machine
from tests.work.loops_cast import LOOPS, report, step

__all__ = ["cast"]
BOUNTY = LOOPS["bounty"]
LATER = AT + dt.timedelta(hours=2)
TASK, PLAN, TALK = "烟罩寿命翻番", "改石墨垫片为金属缠绕垫", "预算最多再加三万"
# 李班长 leads a crew of the line, 王书记 and 何组长 stand over it, 赵安全员 and 冯主席 over the plant: none has a part in it
BYSTANDERS = ("李班长", "郑师傅", "王书记", "何组长", "赵安全员", "冯主席")
INSIDERS = ("陈技术员", "高书记", "周统计员")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    """Raised by 陈技术员 with a drawing, published by 周统计员, who leads the plant here; then 吴师傅 bids and the two talk."""
    Post.objects.create(person=cast.person["周统计员"], unit=cast.unit["QL"], role="plant_head", from_on=SINCE)
    given = {"what": TASK, "indicator": "SM-01", "was": "90", "aim": "180", "reach_by": "2026-09-01"}
    made = report(cast, "陈技术员", loop=BOUNTY, given=given, at=AT - dt.timedelta(hours=1)).case
    keep(cast, made, "图纸.pdf", by="陈技术员", at=AT - dt.timedelta(minutes=30))
    step(cast, made, "周统计员", "publish", loop=BOUNTY, reward="2 万元", bids_until="2026-03-20")
    case_rows.add(
        loop=BOUNTY, case=made, kind="bid", given={"plan": PLAN}, at=LATER, by=cast.account["吴师傅"], scope=cast.scope("吴师傅")
    )  # fmt: skip
    cases.comment(case=made, text=TALK, at=LATER, by=cast.account["陈技术员"])
    keep(cast, made, "报价.pdf", by="陈技术员", at=LATER)
    return Case.objects.get(pk=made.pk)


def keep(cast: Cast, case: Case, name: str, *, by: str, at: dt.datetime) -> Attachment:
    return attachments.attach(case=case, name=name, data=name.encode(), suffix=".pdf", at=at, by=cast.account[by])


def get(cast: Cast, name: str, page: str, *args: Any) -> str:
    return cast.login(Client(), name).get(reverse(page, args=args)).content.decode()


def download(cast: Cast, name: str, file: str) -> int:
    pk = Attachment.objects.get(name=file).pk
    return cast.login(Client(), name).get(reverse("attachment", args=[pk])).status_code


def judged(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(state="judging")
    return Case.objects.get(pk=case.pk)


@pytest.mark.covers("S1-48")
@pytest.mark.parametrize("name", BYSTANDERS)
def test_a_bystander_reads_the_task_and_its_drawing_and_nothing_that_came_later(
    cast: Cast, case: Case, name: str
) -> None:
    for state in ("bidding", "judging", "working"):
        Case.objects.filter(pk=case.pk).update(state=state)
        told = get(cast, name, "case", case.pk)
        assert TASK in told and "图纸.pdf" in told, state
        assert [one for one in (TALK, PLAN, "报价.pdf", "吴师傅") if one in told] == [], state
        assert PLAN not in get(cast, name, "case_paper", case.pk), state
    assert (download(cast, name, "图纸.pdf"), download(cast, name, "报价.pdf")) == (200, 404)


@pytest.mark.parametrize("name", INSIDERS)
def test_who_has_a_part_in_it_reads_it_all_and_the_bids_from_the_judging_on(cast: Cast, case: Case, name: str) -> None:
    told = get(cast, name, "case", case.pk)
    assert TALK in told and "报价.pdf" in told and PLAN not in told
    judged(case)
    assert PLAN in get(cast, name, "case", case.pk)
    assert download(cast, name, "报价.pdf") == 200


def test_a_judge_is_a_party_and_reads_what_he_judges(cast: Cast, case: Case) -> None:
    judged(case)
    assert TALK not in get(cast, "马主任", "case", case.pk)
    step(cast, case, "周统计员", "appoint", loop=BOUNTY, judge=[cast.person["马主任"].pk])
    told = get(cast, "马主任", "case", case.pk)
    assert TALK in told and PLAN in told and download(cast, "马主任", "报价.pdf") == 200


def test_a_bidder_reads_his_own_bid_and_his_own_remark_not_those_of_the_others(cast: Cast, case: Case) -> None:
    cases.comment(case=case, text="停机能给几天", at=LATER, by=cast.account["吴师傅"])
    case_rows.add(
        loop=BOUNTY, case=case, kind="bid", given={"plan": "软密封"}, at=LATER, by=cast.account["郑师傅"], scope=cast.scope("郑师傅")
    )  # fmt: skip
    keep(cast, case, "样品.pdf", by="吴师傅", at=LATER)
    judged(case)
    told = get(cast, "吴师傅", "case", case.pk)
    assert PLAN in told and "停机能给几天" in told and "样品.pdf" in told
    assert "软密封" not in told and TALK not in told
    assert "另有 1 条，只有参与办理和评审的人看得到" in told
    assert "停机能给几天" not in get(cast, "郑师傅", "case", case.pk)
    assert (download(cast, "吴师傅", "样品.pdf"), download(cast, "郑师傅", "样品.pdf")) == (200, 404)


def test_neither_the_interface_for_machines_nor_the_ledger_tells_more(cast: Cast, case: Case) -> None:
    judged(case)
    for status, answer in (machine(cast, "孙干事").get(f"/cases/{case.number}"), machine(cast, "孙干事").get("/cases")):
        assert status == 200 and TASK in str(answer)
        assert [said for said in (TALK, PLAN, "报价", "图纸") if said in str(answer)] == []
    answer = cast.login(Client(), "郑师傅").get(reverse("cases_ledger_xlsx", args=["bounty"]), {"phase": "all"})
    book = str(
        CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    )
    assert case.number in book and PLAN not in book


def test_a_ledger_that_names_the_bids_names_them_to_those_who_have_a_part(cast: Cast, case: Case) -> None:
    loop = replace(BOUNTY, ledger=(Column("编号", "number"), Column("方案", "rows:bid")))

    def bids(name: str) -> Any:
        cells = case_ledger.cells(
            loop, [judged(case)], say=lambda one, value, names: str(value), place=str, state=str, scope=cast.scope(name)
        )
        return cells[0][1]

    assert (bids("郑师傅"), bids("吴师傅"), bids("周统计员")) == ("", PLAN, PLAN)


def test_of_an_idea_that_was_carried_out_everybody_reads_all(cast: Cast) -> None:
    """Its loop withholds nothing: who would take it over needs the papers."""
    made = report(cast, "李班长", loop=LOOPS["idea"], given={"what": "换型"}).case
    Case.objects.filter(pk=made.pk).update(state="done", phase="closed", closed_at=AT)
    cases.comment(case=made, text="图号见附件", at=LATER, by=cast.account["李班长"])
    keep(cast, made, "密封图.pdf", by="李班长", at=LATER)
    told = get(cast, "郑师傅", "case", made.pk)
    assert "图号见附件" in told and download(cast, "郑师傅", "密封图.pdf") == 200
