"""A sheet in the making: what is refused at once, what waits for its sums, who may put it in force and when."""

from decimal import Decimal

import pytest

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, SheetDraft, SheetVersion
from ronglu.work import drafts, sheets
from ronglu.work.draft_verdict import Verdict, verdict
from ronglu.work.drafts import BadDraft, Stale
from tests.cast import Cast, cast  # noqa: F401
from tests.work.drafted import AT, DOCUMENT, MAY, RATES, RED, begin, head, new_item, rated, ready

pytestmark = pytest.mark.django_db


def put(cast: Cast, draft: SheetDraft, item: dict, was: str = "", revision: int | None = None) -> None:
    drafts.put_item(
        draft=draft, revision=draft.revision if revision is None else revision, item=item, red=RED, was=was,
        by=cast.account["孙干事"], at=AT,
    )  # fmt: skip


def told(draft: SheetDraft) -> Verdict:
    return verdict(draft=draft, red=RED, rates=RATES, wires={}, on=AT.date())


def propose(cast: Cast, draft: SheetDraft, by: str = "孙干事") -> None:
    drafts.propose(draft=draft, revision=draft.revision, red=RED, by=cast.account[by], at=AT)


def approve(cast: Cast, draft: SheetDraft, by: str = "高书记") -> SheetVersion:
    return drafts.approve(draft=draft, red=RED, by=cast.account[by], at=AT)


def version(cast: Cast) -> SheetVersion:
    draft = ready(cast)
    propose(cast, draft)
    return approve(cast, draft)


@pytest.mark.covers("S1-40", "S1-41")
def test_a_first_draft_is_the_sheet_of_five_categories_and_33_items_and_nothing_speaks_against_it(cast: Cast) -> None:
    draft = begin(cast)
    assert (draft.no, draft.base, len(draft.declaration["categories"]), len(draft.declaration["items"])) == (
        1,
        None,
        5,
        33,
    )
    found = told(draft)
    assert found.clear and found.doubles == ()


@pytest.mark.covers("S1-41")
def test_an_item_is_added_and_its_category_counts_along(cast: Cast) -> None:
    draft = begin(cast)
    put(cast, draft, new_item())
    b = next(row for row in draft.declaration["categories"] if row["code"] == "B")
    assert (b["points"], b["items"]) == (42, 9)
    codes = [row["code"] for row in draft.declaration["items"]]
    assert codes[codes.index("B9") - 1] == "B8" and codes[codes.index("B9") + 1] == "C1"
    found = told(draft)
    assert found.problems == ("党建百分：各项合计 102 分，应为 100 分",)
    assert found.examples == ("B9 支部提案办结 还缺例子：正常、边界、没有发生（每项至少正常、边界、没有发生各一例）",)


@pytest.mark.covers("S2-16")
def test_an_item_by_study_hours_is_refused_with_the_clause_and_the_advice_to_check_its_wording(cast: Cast) -> None:
    draft = begin(cast)
    with pytest.raises(SheetProblem) as refused:
        put(cast, draft, new_item(name="学习强度", rule="学习时长≥60分 +2"))
    assert "R1《政务移动互联网应用程序规范化管理办法" in str(refused.value)
    assert "引用前请核对原文" in str(refused.value)
    draft.refresh_from_db()
    assert draft.revision == 0 and len(draft.declaration["items"]) == 33


@pytest.mark.covers("S2-16")
def test_a_qualitative_item_without_evidence_or_without_a_rule_is_refused(cast: Cast) -> None:
    draft = begin(cast)
    panel = {"kind": "panel", "subject": "做法", "reviewers": 2, "rubric": ["差", "较差", "一般", "好", "很好"]}
    with pytest.raises(SheetProblem, match="evidence"):
        put(cast, draft, new_item(shape=panel, evidence=[]))
    with pytest.raises(SheetProblem, match="缺少“rule”"):
        put(
            cast,
            draft,
            {key: value for key, value in new_item(shape=panel, evidence=["effect"]).items() if key != "rule"},
        )
    put(cast, draft, new_item(shape=panel, evidence=["effect", "panel"]))


def test_the_slower_of_two_editors_is_told_and_overwrites_nothing(cast: Cast) -> None:
    draft = begin(cast)
    other = SheetDraft.objects.get(pk=draft.pk)
    put(cast, draft, new_item())
    with pytest.raises(Stale, match="又改过这份草案"):
        put(cast, other, new_item(code="B10"), revision=0)
    assert [row["code"] for row in SheetDraft.objects.get().declaration["items"]].count("B10") == 0


def test_points_move_between_two_items_and_a_deduction_never_costs_more_than_is_left(cast: Cast) -> None:
    draft, by = begin(cast), cast.account["孙干事"]

    def move(source: str, target: str, points: str) -> None:
        drafts.move_points(
            draft=draft, revision=draft.revision, source=source, target=target, points=Decimal(points), by=by, at=AT
        )  # fmt: skip

    move("B3", "C2", "0.5")
    points = {row["code"]: row["points"] for row in draft.declaration["items"]}
    assert (points["B3"], points["C2"]) == ("6.5", "7.5")
    assert {row["code"]: row["points"] for row in draft.declaration["categories"]}["C"] == "30.5"
    with pytest.raises(SheetProblem, match="每次 2 分，超过该项满分 1"):
        move("A1", "A2", "3")


def test_an_expectation_the_engine_does_not_share_is_shown_and_stops_the_proposal(cast: Cast) -> None:
    draft, by = ready(cast), cast.account["孙干事"]
    drafts.put_examples(
        draft=draft, revision=draft.revision, code="B5", rows=rated(5, 4, "4.5", full=5), by=by, at=AT
    )  # fmt: skip
    assert [text.splitlines()[1].strip()[:22] for text in told(draft).examples] == [
        "应得 4.50 分，算出 4.00 分。算法：比率"[:22]
    ]
    with pytest.raises(SheetProblem, match=r"应得 4.50 分，算出 4.00 分"):
        propose(cast, draft)


@pytest.mark.covers("S1-40", "S2-14")
def test_one_proposes_another_approves_and_the_version_carries_its_document_and_examples(cast: Cast) -> None:
    made = version(cast)
    assert (made.version, made.from_month, made.document) == (1, 202605, DOCUMENT)
    assert made.published_by == cast.account["高书记"]
    assert made.examples["B5"] == rated(5, 4, "4", full=5)
    assert sheets.sheet_of(made).item("B5").points == 5
    assert SheetDraft.objects.get().version == made
    assert list(AuditEntry.objects.filter(verb__startswith="drafts.").values_list("verb", flat=True).order_by("pk")) == [
        "drafts.begin", "drafts.move", "drafts.examples", "drafts.examples", "drafts.head", "drafts.propose",
        "drafts.approve",
    ]  # fmt: skip


def test_nobody_approves_what_he_proposed_or_changed(cast: Cast) -> None:
    draft = ready(cast)
    head(draft, cast.account["高书记"])
    propose(cast, draft)
    with pytest.raises(BadDraft, match="自己提请的草案要由另一个人批准"):
        approve(cast, draft, by="孙干事")
    with pytest.raises(BadDraft, match="您改过这份草案"):
        approve(cast, draft, by="高书记")
    assert SheetVersion.objects.count() == 0


@pytest.mark.covers("S2-14")
def test_a_draft_without_its_authorising_document_is_not_proposed(cast: Cast) -> None:
    draft = ready(cast)
    head(draft, cast.account["孙干事"], document=" ")
    with pytest.raises(BadDraft, match="请写明授权文件"):
        propose(cast, draft)


def test_a_month_that_has_opened_keeps_its_rules(cast: Cast) -> None:
    draft = ready(cast)
    head(draft, cast.account["孙干事"], from_month=Period.month(2026, 4))
    with pytest.raises(BadDraft, match=r"2026-04 已经从 2026-04-01 开始.*最早从 2026-05 起用"):
        propose(cast, draft)


def test_what_was_proposed_stands_still_until_it_is_sent_back(cast: Cast) -> None:
    draft = ready(cast)
    propose(cast, draft)
    with pytest.raises(Stale, match="待批准"):
        put(cast, draft, new_item())
    drafts.send_back(draft=draft, reason="B5 的例子再看一看", by=cast.account["高书记"], at=AT)
    put(cast, draft, new_item())
    with pytest.raises(Stale):
        approve(cast, SheetDraft.objects.get())


def test_two_who_approve_at_once_publish_one_version(cast: Cast) -> None:
    draft = ready(cast)
    propose(cast, draft)
    other = SheetDraft.objects.get()
    approve(cast, draft)
    with pytest.raises(BadDraft):
        approve(cast, other)
    assert SheetVersion.objects.count() == 1


def test_a_draft_from_before_another_version_is_begun_again(cast: Cast) -> None:
    late = ready(cast)
    version(cast)
    with pytest.raises(BadDraft, match="起草以后又发布了第 1 版"):
        propose(cast, late)


def test_a_code_that_an_item_once_had_is_not_given_to_another(cast: Cast) -> None:
    version(cast)
    draft = begin(cast, from_month=MAY + 1)
    drafts.drop_item(draft=draft, revision=0, code="B8", by=cast.account["孙干事"], at=AT)
    with pytest.raises(BadDraft, match="代号 B8 以前的版本用过"):
        put(cast, draft, new_item(code="B8"))
    assert draft.base is not None and "B8" not in {row["code"] for row in draft.declaration["items"]}


def test_a_fact_that_counts_twice_is_listed_with_both_places(cast: Cast) -> None:
    draft, by = begin(cast), cast.account["孙干事"]
    row = drafts.declare_admin(
        plant=cast.plant, fact="hazard_measure",
        only="", scheme="行政绩效考核办法", label="第 3 条 隐患整改率",
        on=AT.date(), by=by, at=AT,
    )  # fmt: skip
    put(cast, draft, new_item(filter={}))
    assert [one.text for one in told(draft).doubles] == [
        "“resolution”在 B3 会议决议闭环率 里计分，又在本表的“B9 支部提案办结”里计分",
        "“hazard_measure”在 E1 隐患排查治理闭环 里计分，又在行政绩效的“行政绩效考核办法 · 第 3 条 隐患整改率”里计分",
    ]
    drafts.end_admin(row=row, on=AT.date(), by=by, at=AT)
    assert len(told(draft).doubles) == 1
