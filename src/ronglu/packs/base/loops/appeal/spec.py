"""申诉: against a score or a decision, looked into by one, decided by another, neither of whom made it."""

from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import ANYONE, RAISER, Check, Column, Loop, Move, Party, Phase, Raise, State

JUDGES = ("party_office", "plant_committee")


def impartial(case: CaseView) -> str:
    """Who looks into it neither made the decision nor appeals against it."""
    named = case.parties.get("checker", frozenset())
    touched = case.parties.get("maker", frozenset()) | {case.raised_by}
    return "核查人不能是原决定人或申诉人，请另选" if named & touched else ""


LOOP = Loop(
    code="appeal",
    version=1,
    label="申诉",
    en="Appeal",
    prefix="SS",
    icon="scale",
    source="S0-23, S1-40; 04 §4.7; 02 §2.3 (scorer ≠ scored)",
    status="D",
    home="raiser",
    trusted=("party_office", "plant_committee"),
    fields=(
        Field(code="against", label="对什么申诉", en="Against", kind=Kind.CHOICE, choices=(
            Choice("score", "考核得分", "A score"), Choice("points", "个人积分", "Points of a member"), Choice("contest", "竞赛结果", "A contest"),
            Choice("decision", "事项处理结果", "A decision on a case"), Choice("other", "其他决定", "Another decision"),
        )),
        Field(code="which", label="哪一项", en="Which one", help="月份和考核项，或事项编号"),
        Field(code="what", label="理由", en="Grounds", kind=Kind.LONG),
        Field(code="wish", label="希望怎样改", en="What is asked for", kind=Kind.LONG),
        Field(code="finding", label="核查情况", en="Findings", kind=Kind.LONG),
        Field(code="correction", label="怎样更正", en="Correction", kind=Kind.LONG),
    ),
    parties=(Party(code="maker", label="原决定人", en="Who decided", many=True),
             Party(code="checker", label="核查人", en="Who looks into it", works=True)),
    raising=Raise(by=(ANYONE,), to="raised", needs=("against", "which", "what"), asks=("wish",), confidential=True, place="none"),
    states=(
        State(code="raised", label="待受理", en="Raised", phase=Phase.OPEN, due=Due(3), turn=("party_office", "plant_committee")),
        State(code="checking", label="核查中", en="Being looked into", phase=Phase.WORKING, due=Due(5), turn=("checker",)),
        State(code="deciding", label="待裁定", en="To be decided", phase=Phase.VERIFYING, due=Due(5), turn=("plant_committee",)),
        State(code="upheld", label="维持原决定", en="Decision stands", phase=Phase.CLOSED),
        State(code="corrected", label="已更正", en="Corrected", phase=Phase.CLOSED),
        State(code="refused", label="不受理", en="Not admitted", phase=Phase.DROPPED),
        State(code="withdrawn", label="撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="admit", label="受理，指定核查人", en="Admit", source=("raised",), to="checking", main=True, by=JUDGES,
             assigns=("maker", "checker"), apart=("raise",), checks=(Check(code="impartial", holds=impartial),)),
        Move(code="refuse", label="不受理", en="Not admitted", source=("raised",), to="refused", by=JUDGES, reason=True, apart=("raise",)),
        Move(code="find", label="核查完毕", en="Report findings", source=("checking",), to="deciding", main=True, by=("checker",),
             needs=("finding",)),
        Move(code="uphold", label="维持原决定", en="Uphold", source=("deciding",), to="upheld", by=JUDGES, reason=True,
             apart=("raise", "maker")),
        Move(code="correct", label="更正", en="Correct", source=("deciding",), to="corrected", main=True, by=JUDGES,
             needs=("correction",), reason=True, apart=("raise", "maker")),
        Move(code="back", label="再核查", en="Look again", source=("deciding",), to="checking", by=JUDGES, reason=True),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("raised", "checking"), to="withdrawn", by=(RAISER,), reason=True),
    ),
    ladder=(
        Rung(days=-1, tell=("checker",), label="还有一天到期", en="Due in one day"),
        Rung(days=0, tell=("checker", "party_office"), label="已到期", en="Due"),
        Rung(days=3, tell=("plant_committee",), label="超期三天，请督办", en="Three days overdue; please follow up"),
    ),
    ledger=(
        Column("编号", "number"), Column("申诉日期", "raised_on"), Column("对什么", "against"), Column("哪一项", "which"),
        Column("理由", "what"), Column("核查人", "party:checker"), Column("核查情况", "finding"), Column("状态", "state"),
        Column("怎样更正", "correction"), Column("裁定日期", "closed_on"), Column("裁定人", "closed_by"),
    ),
)  # fmt: skip
