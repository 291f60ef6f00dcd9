"""行动项: what a meeting, an inspection or an assessment asked for: one person, one day, checked by another."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import RAISER, Column, Loop, Move, Party, Phase, Raise, State
from ronglu.packs.base.loops.common import ABOVE, HEADS, PARTY, ladder

# the discipline roles act on what a self-inspection found alone: they hold inspections.act, not cases.act
DISCIPLINE = ("discipline_office", "discipline_member")
SETTERS = ("crew_leader", "group_leader", "technician", "safety_officer", "union", *PARTY, *HEADS, *ABOVE, *DISCIPLINE)

LOOP = Loop(
    code="action",
    version=2,
    label="行动项",
    en="Action",
    prefix="XD",
    icon="checklist",
    source="S1-15, S1-46, S0-31 (会议、检查、考核中提出)",
    status="D",
    fields=(
        Field(code="what", label="要办的事", en="What is to be done", kind=Kind.LONG),
        Field(code="source", label="从哪里来", en="Source", kind=Kind.CHOICE, choices=(
            Choice("meeting", "会议", "Meeting"), Choice("inspection", "检查", "Inspection"), Choice("assessment", "考核", "Assessment"),
            Choice("drill", "演练", "Drill"), Choice("pact", "结对共建", "Pact"), Choice("other", "其他", "Other"),
        )),
        Field(code="said", label="原话或出处", en="Source text", help="会议名、日期和原话，或检查、考核的条目"),
        Field(code="standard", label="办到什么程度", en="What counts as done", kind=Kind.LONG),
        Field(code="finish_by", label="完成期限", en="Finish by", kind=Kind.DATE),
        Field(code="result", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="note", label="验收意见", en="Remark", kind=Kind.LONG),
    ),
    parties=(Party(code="doer", label="责任人", en="Doer", works=True),),
    raising=Raise(by=SETTERS, to="raised", needs=("what", "source", "finish_by"), asks=("said", "standard")),
    states=(
        State(code="raised", label="待派定", en="To be assigned", phase=Phase.OPEN, due=Due(2), turn=(RAISER, "workshop_head")),
        State(code="doing", label="办理中", en="In hand", phase=Phase.WORKING, due=Due(10, by="finish_by"), turn=("doer",)),
        State(code="checking", label="待验收", en="To be checked", phase=Phase.VERIFYING, due=Due(5), turn=(RAISER, "workshop_head")),
        State(code="closed", label="已办结", en="Closed", phase=Phase.CLOSED),
        State(code="dropped", label="不再办", en="Dropped", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="assign", label="派定责任人", en="Assign", source=("raised",), to="doing", main=True, by=(RAISER, *SETTERS),
             assigns=("doer",), asks=("finish_by",)),
        Move(code="pass_on", label="转给别人", en="Pass on", source=("doing",), to="doing", by=(RAISER, *HEADS, *PARTY, *DISCIPLINE), assigns=("doer",),
             reason=True),
        Move(code="extend", label="准许延期", en="Extend", source=("doing",), to="doing", by=(RAISER, *HEADS, *PARTY, *DISCIPLINE),
             needs=("finish_by",), reason=True, apart=("doer",)),
        Move(code="finish", label="办完，请验收", en="Report done", source=("doing",), to="checking", main=True, by=("doer",),
             needs=("result",)),
        Move(code="close", label="验收办结", en="Close", source=("checking",), to="closed", main=True, by=(RAISER, *SETTERS), asks=("note",)),
        Move(code="back", label="退回", en="Send back", source=("checking",), to="doing", by=(RAISER, *SETTERS), reason=True),
        Move(code="drop", label="不再办", en="Drop", source=("raised", "doing"), to="dropped", by=(*HEADS, *PARTY, *ABOVE, *DISCIPLINE), reason=True,
             apart=("doer",)),
    ),
    ladder=ladder("doer", second="party_office"),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("要办的事", "title"),
        Column("来源", "source"), Column("出处", "said"), Column("责任人", "party:doer"), Column("完成期限", "finish_by"),
        Column("完成情况", "result"), Column("状态", "state"), Column("办结日期", "closed_on"), Column("验收人", "closed_by"),
    ),
)  # fmt: skip
