"""操作规程变更: a suggestion from the floor, drafted by a technician, approved by another, in force once every crew was trained."""

import datetime as dt

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import ANYONE, RAISER, Check, Column, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import HEADS, NOUGHT, has, ladder


def trained_before(case: CaseView) -> str:
    """Nobody works by a rule that he was trained in afterwards."""
    since = case.data.get("force_on")
    late = [
        str(r.no)
        for r in case.lines("training")
        if since and dt.date.fromisoformat(r.data["trained_on"]) > dt.date.fromisoformat(since)
    ]
    return f"培训第 {'、'.join(late)} 条晚于执行日期 {since}，先培训后执行" if late else ""


LOOP = Loop(
    code="sop",
    version=1,
    label="操作规程变更",
    en="Change of operating rule",
    prefix="GC",
    icon="file-pencil",
    source="S4-06, S4-05",
    status="D",
    fields=(
        Field(code="rule", label="哪份规程", en="Rule", help="规程名和条款"),
        Field(code="what", label="建议怎样改", en="Suggestion", kind=Kind.LONG),
        Field(code="why", label="为什么", en="Why", kind=Kind.LONG),
        Field(code="draft_by", label="起草期限", en="Draft by", kind=Kind.DATE),
        Field(code="old_text", label="原条文", en="Old text", kind=Kind.LONG),
        Field(code="new_text", label="新条文", en="New text", kind=Kind.LONG),
        Field(code="risk", label="风险辨识", en="Risks", kind=Kind.LONG, help="新做法带来的风险和控制；没有写“无”"),
        Field(code="edition", label="版次", en="Edition"),
        Field(code="crew", label="班组", en="Crew", kind=Kind.UNIT),
        Field(code="trained_on", label="培训日期", en="Trained on", kind=Kind.DATE),
        Field(code="heads", label="参加人数", en="People trained", kind=Kind.NUMBER, unit="人", least=NOUGHT),
        Field(code="force_on", label="执行日期", en="In force from", kind=Kind.DATE),
    ),
    parties=(Party(code="drafter", label="起草人", en="Drafter", works=True),),
    raising=Raise(by=(ANYONE,), to="suggested", needs=("rule", "what"), asks=("why",)),
    states=(
        State(code="suggested", label="待答复", en="Suggested", phase=Phase.OPEN, due=Due(5), turn=("technician", "workshop_head")),
        State(code="drafting", label="起草中", en="Drafting", phase=Phase.WORKING, due=Due(10, by="draft_by"), turn=("drafter",)),
        State(code="approving", label="待批准", en="To be approved", phase=Phase.VERIFYING, due=Due(5), turn=("workshop_head", "plant_head")),
        State(code="training", label="培训中", en="Training", phase=Phase.VERIFYING, due=Due(10), turn=("workshop_head", "plant_head")),
        State(code="in_force", label="已执行", en="In force", phase=Phase.CLOSED),
        State(code="declined", label="不采纳", en="Declined", phase=Phase.DROPPED),
        State(code="withdrawn", label="撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="accept", label="采纳，派人起草", en="Accept", source=("suggested",), to="drafting", main=True,
             by=("technician", *HEADS), needs=("draft_by",), assigns=("drafter",)),
        Move(code="decline", label="不采纳", en="Decline", source=("suggested",), to="declined", by=("technician", *HEADS), reason=True,
             apart=("raise",)),
        Move(code="draft", label="送审", en="Hand in draft", source=("drafting",), to="approving", main=True, by=("drafter",),
             needs=("old_text", "new_text", "risk")),
        Move(code="approve", label="批准，开始培训", en="Approve", source=("approving",), to="training", main=True, by=HEADS,
             needs=("edition",)),
        Move(code="back", label="退回修改", en="Send back", source=("approving",), to="drafting", by=HEADS, reason=True),
        Move(code="enforce", label="开始执行", en="Put in force", source=("training",), to="in_force", main=True, by=HEADS,
             needs=("force_on",), checks=(has("training", "培训"), Check(code="trained_before", holds=trained_before))),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("suggested",), to="withdrawn", by=(RAISER,), reason=True),
    ),
    rows=(
        Rows(code="training", label="培训", en="Trainings", fields=("crew", "trained_on", "heads"), needs=("crew", "trained_on", "heads"),
             by=("crew_leader", "technician", *HEADS), states=("training",)),
    ),
    ladder=ladder("drafter"),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("规程", "rule"), Column("建议", "what"),
        Column("起草人", "party:drafter"), Column("原条文", "old_text"), Column("新条文", "new_text"), Column("版次", "edition"),
        Column("培训", "rows:training"), Column("执行日期", "force_on"), Column("状态", "state"), Column("批准人", "closed_by"),
    ),
)  # fmt: skip
