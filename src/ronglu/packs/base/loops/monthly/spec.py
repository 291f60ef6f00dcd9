"""月审核: the branch adds what the records cannot know, another checks the evidence, five days of publicity, then the appeals."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Column, Loop, Move, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import each_done, each_passed
from ronglu.packs.base.loops.periods import PUBLIC, STAGE, WORKED, by_day, has_open, ladder

AUDIT = ("party_office",)

LOOP = Loop(
    code="monthly",
    version=1,
    label="月审核",
    en="Monthly audit",
    prefix="YS",
    icon="calendar",
    source="S3-20, S1-46; 04 §4.7; 09 §9.3-21",
    status="D",
    board="review_case",
    fields=(
        Field(code="month", label="月份", en="Month"),
        Field(code="scores", label="系统计分", en="Computed scores", kind=Kind.LONG),
        Field(code="lost", label="失分的项", en="Points lost", kind=Kind.LONG),
        Field(code="pending", label="在办事项", en="Open cases", kind=Kind.LONG),
        Field(code="missed", label="没有做到的，是什么原因", en="Why a duty was missed", kind=Kind.LONG,
              help="只写记录里看不出来的；记录里有的不用再填"),
        Field(code="exemption", label="申请不扣分及依据", en="Exemption with evidence", kind=Kind.LONG, help="写明文件、批准人或附件"),
        Field(code="objection", label="对哪一项有异议", en="Objection to an item", kind=Kind.LONG, help="写明项目代码和理由"),
        Field(code="note", label="其他说明", en="Note", kind=Kind.LONG),
        Field(code="verdict", label="审核意见", en="Verdict of the audit", kind=Kind.LONG),
        Field(code="item_no", label="哪一项", en="Which item"),
        Field(code="why", label="退回理由", en="Why it is returned", kind=Kind.LONG),
        Field(code="answer", label="补充说明", en="Answer", kind=Kind.LONG),
        STAGE,
        by_day("self_check_by", "自查截止", "Self-check by"),
        by_day("audit_by", "审核截止", "Audit by"),
        by_day("publicity_by", "公示截止", "Publicity until"),
        by_day("appeals_by", "申诉截止", "Appeals until"),
    ),
    raising=Raise(by=(SYSTEM,), to="self_check", needs=("month",), asks=("scores", "lost", "pending"), place="body"),
    states=(
        State(code="self_check", label="支部自查", en="Self-check", phase=Phase.WORKING, due=Due(5, by="self_check_by"),
              turn=("branch_committee",)),
        State(code="auditing", label="审核", en="Audit", phase=Phase.VERIFYING, due=Due(3, by="audit_by"), turn=AUDIT),
        State(code="publicity", label="公示", en="Publicity", phase=Phase.VERIFYING, due=Due(5, by="publicity_by"), turn=AUDIT,
              at_due="to_appeals"),
        State(code="appeals", label="申诉期", en="Appeals", phase=Phase.VERIFYING, due=Due(5, by="appeals_by"), turn=AUDIT),
        State(code="closed", label="已审结", en="Closed", phase=Phase.CLOSED),
    ),
    moves=(
        Move(code="submit", label="提交自查", en="Submit", source=("self_check",), to="auditing", main=True,
             by=("branch_committee",), asks=("missed", "exemption", "objection", "note"),
             checks=(each_done("point", "退回事项"),), sets=WORKED),
        Move(code="accept", label="审核通过，公示", en="Accept", source=("auditing",), to="publicity", main=True, by=AUDIT,
             asks=("verdict",), checks=(each_passed("point", "退回事项"),), sets=PUBLIC),
        Move(code="back", label="退回补充", en="Send back", source=("auditing",), to="self_check", by=AUDIT, reason=True,
             checks=(has_open("point", "退回事项"),), sets=WORKED),
        Move(code="to_appeals", label="公示期满", en="Publicity over", source=("publicity",), to="appeals", by=(SYSTEM,)),
        Move(code="recall", label="发现差错，重新审核", en="Audit again", source=("publicity", "appeals"), to="auditing", by=AUDIT,
             needs=("audit_by", "publicity_by", "appeals_by"), reason=True, sets=WORKED),
        Move(code="close", label="申诉期满", en="Appeals over", source=("appeals",), to="closed", by=(SYSTEM,)),
    ),
    rows=(
        Rows(code="point", label="退回事项", en="Points returned", fields=("item_no", "why", "answer"), brings=("answer",),
             needs=("item_no", "why"), by=AUDIT, states=("auditing", "self_check"), closes=True, passed_by=AUDIT),
    ),
    ladder=ladder("branch_committee", "party_office"),
    ledger=(
        Column("编号", "number"), Column("月份", "month"), Column("支部", "place"), Column("系统计分", "scores"),
        Column("未做到的原因", "missed"), Column("申请不扣分", "exemption"), Column("异议", "objection"),
        Column("退回事项", "rows:point"), Column("审核意见", "verdict"), Column("状态", "state"), Column("审结日期", "closed_on"),
    ),
)  # fmt: skip
