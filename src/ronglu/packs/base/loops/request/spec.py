"""诉求: taken in, sorted, answered by a day; who asked says once whether the answer helped; open, confidential or without a name."""

from ronglu.kernel.loops.due import Due, In, Rung
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import (
    ANYONE,
    RAISER,
    SYSTEM,
    Check,
    Clock,
    Column,
    Loop,
    Move,
    Party,
    Phase,
    Raise,
    State,
)  # fmt: skip

TAKERS = ("union", "branch_committee")


def not_himself(case: CaseView) -> str:
    own = case.raised_by in case.parties.get("handler", frozenset())
    return "承办人不能是提出诉求的本人，请另选" if own else ""


LOOP = Loop(
    code="request",
    version=1,
    label="诉求",
    en="Request",
    prefix="SQ",
    icon="message-circle",
    source="S0-41, S1-27; 09 §9.4 C5",
    status="D",
    home="raiser",
    trusted=("union",),
    fields=(
        Field(code="topic", label="哪方面", en="Topic", kind=Kind.CHOICE, choices=(
            Choice("pay", "工资待遇", "Pay"), Choice("hours", "排班休假", "Hours and leave"), Choice("safety", "劳动保护", "Protection at work"),
            Choice("living", "食宿通勤", "Food, housing, transport"), Choice("career", "培训晋级", "Training and grading"),
            Choice("hardship", "困难帮扶", "Hardship"), Choice("other", "其他", "Other"),
        )),
        Field(code="what", label="诉求内容", en="Request", kind=Kind.LONG),
        Field(code="hope", label="希望怎样解决", en="What would help", kind=Kind.LONG),
        Field(code="answer_by", label="答复期限", en="Answer by", kind=Kind.DATE),
        Field(code="reply", label="答复", en="Reply", kind=Kind.LONG),
        Field(code="measure", label="采取的办法", en="What is done", kind=Kind.LONG),
        Field(code="content", label="是否满意", en="Satisfied", kind=Kind.CHOICE, choices=(
            Choice("yes", "满意", "Satisfied"), Choice("partly", "基本满意", "Partly"), Choice("no", "不满意", "Not satisfied"),
        )),
        Field(code="second", label="再次答复", en="Second reply", kind=Kind.LONG),
    ),
    parties=(Party(code="handler", label="承办人", en="Handler", works=True),),
    raising=Raise(by=(ANYONE,), to="raised", needs=("topic", "what"), asks=("hope",), anonymous=True, confidential=True,
                  discreet=True),
    states=(
        State(code="raised", label="待分办", en="Raised", phase=Phase.OPEN, due=Due(2), turn=("union", "branch_committee")),
        State(code="replying", label="待答复", en="To be answered", phase=Phase.WORKING, due=Due(10, by="answer_by"), turn=("handler",)),
        State(code="asking", label="已答复，请评价", en="Answered", phase=Phase.VERIFYING, due=Due(7, In.DAYS), turn=(RAISER,), at_due="lapse"),
        State(code="again", label="不满意，复核", en="Second look", phase=Phase.WORKING, due=Due(10), turn=("union", "branch_committee")),
        State(code="closed", label="办结", en="Closed", phase=Phase.CLOSED),
        State(code="declined", label="不予办理", en="Declined", phase=Phase.DROPPED),
        State(code="withdrawn", label="撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="assign", label="分办", en="Assign", source=("raised",), to="replying", main=True, by=TAKERS, needs=("answer_by",),
             assigns=("handler",), checks=(Check(code="not_himself", holds=not_himself),)),
        Move(code="decline", label="不予办理", en="Decline", source=("raised", "replying"), to="declined", by=TAKERS, reason=True,
             apart=("raise",)),
        Move(code="reply", label="答复", en="Reply", source=("replying",), to="asking", main=True, by=("handler",), needs=("reply",),
             asks=("measure",)),
        Move(code="rate", label="满意，办结", en="Satisfied", source=("asking",), to="closed", main=True, by=(RAISER,),
             needs=("content",)),
        Move(code="object", label="不满意", en="Not satisfied", source=("asking",), to="again", by=(RAISER,), reason=True,
             sets={"content": "no"}),
        Move(code="lapse", label="到期未评价，办结", en="Closed without an opinion", source=("asking",), to="closed", by=(SYSTEM,)),
        Move(code="settle", label="复核答复，办结", en="Second reply", source=("again",), to="closed", main=True, by=TAKERS,
             needs=("second",), apart=("raise", "reply")),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("raised", "replying"), to="withdrawn", by=(RAISER,), reason=True),
    ),
    ladder=(
        Rung(days=-3, tell=("handler",), label="还有三天到期", en="Due in three days"),
        Rung(days=0, tell=("handler", "union"), label="已到期", en="Due"),
        Rung(days=3, tell=("branch_committee", "party_office"), label="超期三天，请督办", en="Three days overdue; please follow up"),
    ),
    clocks=(Clock(code="answered", label="诉求按时限答复", en="Answered in its clock", states=("raised", "replying"), fact="request",
                  item="C5"),),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("方面", "topic"),
        Column("诉求", "title"), Column("承办人", "party:handler"), Column("答复期限", "answer_by"), Column("答复", "reply"),
        Column("评价", "content"), Column("状态", "state"), Column("办结日期", "closed_on"),
    ),
)  # fmt: skip
