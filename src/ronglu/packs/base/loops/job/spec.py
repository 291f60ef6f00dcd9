"""互助检修: a repair that one unit does for another instead of a contractor; the saving counts once finance has confirmed it."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Benefit, Check, Column, Figure, Loop, Move, Party, Phase, Raise, State
from ronglu.packs.base.loops.common import HEADS, NOUGHT, difference, ladder, number


def saving(case: CaseView) -> str:
    """Avoided quote less own cost, in yuan; nothing before finance confirmed it (AV-17)."""
    return difference(case, "quote", "cost").removeprefix("+") if case.state == "counted" else ""


def saves(case: CaseView) -> str:
    quote, cost = number(case.data.get("quote")), number(case.data.get("cost"))
    if quote is None or cost is None:
        return ""
    return f"自修成本 {cost} 元不低于外委报价 {quote} 元，没有节约，请改走“不计节约”" if cost >= quote else ""


LOOP = Loop(
    code="job",
    version=1,
    label="互助检修",
    en="Mutual-aid repair",
    prefix="HZ",
    icon="tool",
    source="S3-37, S3-38; 08 AV-17",
    status="D",
    fields=(
        Field(code="equipment", label="设备", en="Equipment"),
        Field(code="kind", label="检修类型", en="Kind", kind=Kind.CHOICE, choices=(
            Choice("inspect", "点检", "Inspection"), Choice("upkeep", "维保", "Upkeep"), Choice("repair", "检修", "Repair"),
        )),
        Field(code="what", label="要做什么", en="Work", kind=Kind.LONG),
        Field(code="helper", label="互助单位", en="Helping unit", kind=Kind.UNIT),
        Field(code="finish_by", label="完成期限", en="Finish by", kind=Kind.DATE),
        Field(code="quote", label="外委报价", en="Quote avoided", kind=Kind.MONEY, least=NOUGHT),
        Field(code="quote_from", label="报价出处", en="Source of the quote", help="报价单位、日期和编号，或上次外委合同"),
        Field(code="cost", label="自修成本", en="Own cost", kind=Kind.MONEY, help="人工、材料、机具都算", least=NOUGHT),
        Field(code="hours", label="工时", en="Working hours", kind=Kind.NUMBER, decimals=1, unit="小时", least=NOUGHT),
        Field(code="result", label="检修情况", en="What was done", kind=Kind.LONG),
        Field(code="trial", label="试车结果", en="Trial run", kind=Kind.LONG),
        Field(code="basis", label="核实依据", en="Basis of the confirmation"),
    ),
    parties=(Party(code="worker", label="检修人员", en="Repair crew", works=True, many=True),),
    raising=Raise(by=("crew_leader", "technician", *HEADS), to="asked", needs=("equipment", "kind", "what"), asks=("helper", "finish_by")),
    states=(
        State(code="asked", label="待派工", en="Asked", phase=Phase.OPEN, due=Due(2), turn=("workshop_head", "plant_head")),
        State(code="working", label="检修中", en="In work", phase=Phase.WORKING, due=Due(5, by="finish_by"), turn=("worker",)),
        State(code="checking", label="待验收", en="To be checked", phase=Phase.VERIFYING, due=Due(3), turn=("technician", "workshop_head")),
        State(code="counting", label="待财务确认", en="Saving to be confirmed", phase=Phase.VERIFYING, due=Due(10), turn=("finance",)),
        State(code="counted", label="已确认节约", en="Saving confirmed", phase=Phase.CLOSED),
        State(code="plain", label="已完成，不计节约", en="Done, no saving", phase=Phase.CLOSED),
        State(code="declined", label="不派工", en="Declined", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="send", label="派工", en="Send the crew", source=("asked",), to="working", main=True, by=HEADS,
             needs=("helper", "finish_by"), assigns=("worker",)),
        Move(code="decline", label="不派工", en="Decline", source=("asked",), to="declined", by=HEADS, reason=True, apart=("raise",)),
        Move(code="finish", label="检修完成", en="Report done", source=("working",), to="checking", main=True,
             by=("worker", "crew_leader"), needs=("result", "hours")),
        Move(code="check", label="验收，报财务确认", en="Check", source=("checking",), to="counting", main=True,
             by=("technician", *HEADS), needs=("trial", "quote", "quote_from", "cost"), checks=(Check(code="saves", holds=saves),)),
        Move(code="check_plain", label="验收，不计节约", en="Check without saving", source=("checking",), to="plain",
             by=("technician", *HEADS), needs=("trial",), reason=True),
        Move(code="back", label="退回", en="Send back", source=("checking",), to="working", by=("technician", *HEADS), reason=True),
        Move(code="confirm", label="确认节约", en="Confirm saving", source=("counting",), to="counted", main=True, by=("finance",),
             needs=("basis",), asks=("quote", "cost"), apart=("raise", "check"), checks=(Check(code="saves", holds=saves),)),
        Move(code="reject", label="不予确认", en="Not confirmed", source=("counting",), to="plain", by=("finance",), reason=True,
             apart=("raise", "check")),
    ),
    ladder=ladder("worker"),
    figures=(Figure(code="saving", label="节约外委费", en="Saving", unit="元", of=saving),),
    benefit=Benefit(move="confirm", plus=("quote",), minus=("cost",)),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("设备", "equipment"),
        Column("检修类型", "kind"), Column("互助单位", "helper"), Column("检修人员", "party:worker"), Column("工时", "hours"),
        Column("外委报价", "quote"), Column("自修成本", "cost"), Column("节约外委费", "figure:saving"), Column("状态", "state"),
        Column("确认日期", "closed_on"), Column("确认人", "closed_by"),
    ),
)  # fmt: skip
