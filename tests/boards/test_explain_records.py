"""From a score down to the cases it counted, for who may see them; and what the facts ask of the committee."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.boards.explain.read import Explanation, read
from ronglu.boards.sheet import office
from ronglu.config.plant import pack_of
from ronglu.store.models import Case, VetoMark
from ronglu.work import vetoes
from ronglu.work.queries.todo import todo
from tests.boards.assessed import AT, MARCH, March, assess, cast, march  # noqa: F401
from tests.cast import Cast
from tests.work.loops_cast import LOOPS, line, report, settle, step

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 3, 13)


def explain(cast: Cast, item: str, *, name: str = "孙干事") -> Explanation:
    pack = pack_of(cast.plant.code)
    told = read(scope=cast.scope(name), plant=cast.plant, month=MARCH, body="QL-B1", item=item, pack=pack)
    assert told is not None
    return told


def measured(cast: Cast, *, kept: bool) -> Case:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    if kept:
        step(cast, case, "赵安全员", "settle", fixer="陈技术员", funds="不需要", fix_by="2026-03-13", fallback="不需要")
        settle(cast, row, "陈技术员", "done")
        step(cast, case, "陈技术员", "ask")
        settle(cast, row, "赵安全员", "pass")
    return case


def test_the_cases_are_named_with_their_days_and_the_late_one_first(cast: Cast, march: March) -> None:
    kept, broken = measured(cast, kept=True), measured(cast, kept=False)
    assess(march)
    told = explain(cast, "E1")
    assert [(r.number, r.state, f"{r.raised} {r.shift}", r.due, r.done, r.case) for r in told.records] == [
        (broken.number, "broken", "2026-03-10 白", "2026-03-13", "", broken),
        (kept.number, "kept", "2026-03-10 白", "2026-03-13", "2026-03-10", kept),
    ]
    # 1 ÷ 2 × 12
    assert told.trace.sentence.startswith("E1 隐患排查治理闭环得 6.00 分（满分 12）")
    assert ("按期闭环的整改措施 ÷ 到期的整改措施", "1 ÷ 2", "0.5") in [
        (s.label, s.expression, s.value) for s in told.trace.steps
    ]


def test_a_confidential_request_is_counted_by_its_number_and_not_opened(cast: Cast, march: March) -> None:
    at = dt.datetime(2026, 3, 2, 9)
    case = report(
        cast, loop=LOOPS["request"], at=at, given={"topic": "pay", "what": "加班费没有发"}, confidential=True
    ).case  # fmt: skip
    assess(march)
    assert [(r.number, r.case) for r in explain(cast, "C5").records] == [(case.number, None)]


def test_the_page_leads_to_the_cases_and_costs_the_same_for_three_as_for_six(
    cast: Cast, march: March, client: Client
) -> None:
    counts = []
    # the first runs have none, or one, before them to be compared with
    for wanted in (1, 2, 3, 6):
        while Case.objects.count() < wanted:
            case = measured(cast, kept=False)
        assess(march)
        cast.login(client, "孙干事")
        with CaptureQueriesContext(connection) as caught:
            page = client.get(reverse("sheet_item", args=["2026-03", "QL-B1", "E1"]))
        counts.append(len(caught))
        assert page.content.decode().count(reverse("case", args=[case.pk])) == 1
    assert counts[2] == counts[3]


def test_an_overdue_major_hazard_is_asked_about_until_somebody_proposes_the_veto(
    cast: Cast, march: March, client: Client
) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade_major", board="厂级督办", stop="停 2# 炉")
    run = assess(march)
    (asked,) = vetoes.questions(run=run)
    assert (asked.body, asked.reason, asked.records) == (cast.body["QL-B1"].pk, "major_hazard_overdue", (case.number,))
    assert ("veto_asked", 1) in [(t.kind, t.count) for t in todo(scope=cast.scope("孙干事"), on=AT.date())]
    assert not VetoMark.objects.exists()
    cast.login(client, "孙干事")
    page = client.get(reverse("sheet_vetoes") + "?month=2026-03").content.decode()
    assert "系统不会自己否决" in page
    assert case.number in page
    sent = {"body": "QL-B1", "reason": "major_hazard_overdue", "evidence": f"核查结论 5 号：{case.number}"}
    client.post(reverse("sheet_vetoes") + "?month=2026-03", sent)
    assert VetoMark.objects.get().approved_by is None
    assert not office.veto_questions(scope=cast.scope("孙干事"), plant=cast.plant, month=MARCH)
    # nobody else is shown what only asks
    assert "系统不会自己否决" not in cast.login(client, "王书记").get(reverse("sheet_vetoes")).content.decode()


def test_a_case_that_moved_on_after_the_run_asks_for_scoring_again(cast: Cast, march: March) -> None:
    case = measured(cast, kept=False)
    assess(march)
    said = [t.kind for t in todo(scope=cast.scope("孙干事"), on=AT.date())]
    assert "moved" not in said
    step(cast, case, "赵安全员", "void", reason="查无此事")
    assert "moved" in [t.kind for t in todo(scope=cast.scope("孙干事"), on=AT.date())]
