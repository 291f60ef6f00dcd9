"""年考核: the branch looks at itself under its three functions, the office sums the year up, publicity, appeals, published.

What a branch says of itself is read beside its scores and is never one of them.
"""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Column, Loop, Move, Phase, Raise, State
from ronglu.packs.base.loops.periods import PUBLIC, STAGE, WORKED, by_day, ladder

OFFICE = ("party_office",)
STEPS = (
    Choice("1", "一 没有发挥作用", "1 Not at all"), Choice("2", "二 有动作、看不到效果", "2 Action without effect"),
    Choice("3", "三 有效果、说得清", "3 Effect that can be told"), Choice("4", "四 有效果、有数据", "4 Effect with figures"),
    Choice("5", "五 效果保持、可推广", "5 Lasting, worth copying"),
)  # fmt: skip


def function(code: str, label: str, en: str, says: str) -> tuple[Field, Field]:
    """One function of a branch: the step it gives itself, and what that rests on."""
    step = Field(code=code, label=label, en=en, kind=Kind.CHOICE, choices=STEPS, help=says)
    return step, Field(code=f"{code}_why", label=f"{label}的依据", en=f"{en}: grounds", kind=Kind.LONG)


LOOP = Loop(
    code="annual",
    version=1,
    label="年考核",
    en="Annual assessment",
    prefix="NK",
    icon="sheet",
    source="S3-20, S1-12, S1-13; 04 §4.7",
    status="D",
    board="review_case",
    fields=(
        Field(code="year", label="年度", en="Year"),
        Field(code="scores", label="各月得分", en="Months", kind=Kind.LONG),
        Field(code="quarters", label="各季点评分", en="Quarter panels", kind=Kind.LONG),
        Field(code="earlier", label="全年建议的落实", en="What became of the advice", kind=Kind.LONG),
        *function("core", "核心作用", "Core", "政治核心：方向、决议落实、党员管理"),
        *function("school", "学校作用", "School", "教育党员、培养骨干"),
        *function("fortress", "堡垒作用", "Fortress", "急难险重、攻关、联系职工"),
        Field(code="improve", label="改进清单", en="List of improvements", kind=Kind.LONG),
        Field(code="summary", label="年度总结", en="Summary of the year", kind=Kind.LONG),
        STAGE,
        by_day("report_by", "述职截止", "Report by"),
        by_day("grade_by", "评定截止", "Grading by"),
        by_day("publicity_by", "公示截止", "Publicity until"),
        by_day("appeals_by", "申诉截止", "Appeals until"),
    ),
    raising=Raise(by=(SYSTEM,), to="reporting", needs=("year",), asks=("scores", "quarters", "earlier"), place="body"),
    states=(
        State(code="reporting", label="述职自评", en="Report", phase=Phase.WORKING, due=Due(15, by="report_by"),
              turn=("branch_committee",)),
        State(code="grading", label="评定", en="Grading", phase=Phase.VERIFYING, due=Due(10, by="grade_by"), turn=OFFICE),
        State(code="publicity", label="公示", en="Publicity", phase=Phase.VERIFYING, due=Due(5, by="publicity_by"), turn=OFFICE,
              at_due="to_appeals"),
        State(code="appeals", label="申诉期", en="Appeals", phase=Phase.VERIFYING, due=Due(5, by="appeals_by"), turn=OFFICE),
        State(code="published", label="已发布", en="Published", phase=Phase.CLOSED),
    ),
    moves=(
        Move(code="report", label="提交述职自评", en="Submit the report", source=("reporting",), to="grading", main=True,
             by=("branch_committee",), needs=("core", "core_why", "school", "school_why", "fortress", "fortress_why"),
             asks=("improve",), sets=WORKED),
        Move(code="summarise", label="写总结，公示", en="Summarise", source=("grading",), to="publicity", main=True, by=OFFICE,
             needs=("summary",), sets=PUBLIC),
        Move(code="back", label="退回补充", en="Send back", source=("grading",), to="reporting", by=OFFICE, reason=True,
             sets=WORKED),
        Move(code="to_appeals", label="公示期满", en="Publicity over", source=("publicity",), to="appeals", by=(SYSTEM,)),
        Move(code="recall", label="发现差错，重新评定", en="Grade again", source=("publicity", "appeals"), to="grading", by=OFFICE,
             needs=("grade_by", "publicity_by", "appeals_by"), reason=True, sets=WORKED),
        Move(code="close", label="申诉期满，发布", en="Publish", source=("appeals",), to="published", by=(SYSTEM,)),
    ),
    ladder=ladder("branch_committee", "party_office"),
    ledger=(
        Column("编号", "number"), Column("年度", "year"), Column("支部", "place"), Column("核心作用", "core"),
        Column("学校作用", "school"), Column("堡垒作用", "fortress"), Column("改进清单", "improve"), Column("年度总结", "summary"),
        Column("状态", "state"), Column("发布日期", "closed_on"),
    ),
)  # fmt: skip
