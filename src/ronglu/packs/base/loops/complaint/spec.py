"""质量投诉: told by a customer, confirmed by who is not from the line, answered with cause and measures; each confirmed one costs."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Clock, Column, Counted, Loop, Move, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import CAUSES, HEADS, ON_SITE, each_done, each_passed, has, ladder

LOOP = Loop(
    code="complaint",
    version=1,
    label="质量投诉",
    en="Quality complaint",
    prefix="TS",
    icon="alert-circle",
    source="S1-52; 05 SM-17, FG-11; 09 §9.4 E4",
    status="D",
    fields=(
        Field(code="product", label="产品", en="Product"),
        Field(code="lot", label="批号", en="Lot"),
        Field(code="customer", label="哪一类用户", en="Customer class", kind=Kind.CHOICE, choices=(
            Choice("next", "下道工序", "Next process"), Choice("inside", "集团内用户", "Inside the group"),
            Choice("outside", "外部用户", "Outside customer"),
        )),
        Field(code="what", label="投诉内容", en="What is complained of", kind=Kind.LONG),
        Field(code="ground", label="核实情况", en="What was found", kind=Kind.LONG),
        Field(code="cause_kind", label="原因类别", en="Kind of cause", kind=Kind.CHOICE, choices=CAUSES),
        Field(code="cause", label="原因", en="Cause", kind=Kind.LONG),
        Field(code="fix_by", label="整改期限", en="Fix by", kind=Kind.DATE),
        Field(code="measure", label="措施", en="Measure", kind=Kind.LONG),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="reply", label="给用户的答复", en="Answer to the customer", kind=Kind.LONG),
    ),
    raising=Raise(by=("technician", *HEADS, "plant_committee"), to="told", needs=("product", "customer", "what"), asks=("lot",)),
    states=(
        State(code="told", label="待核实", en="Told", phase=Phase.OPEN, due=Due(2), turn=("technician", "plant_head")),
        State(code="acting", label="整改中", en="Acting", phase=Phase.WORKING, due=Due(10, by="fix_by"), turn=("workshop_head", "technician")),
        State(code="checking", label="待验收", en="Checking", phase=Phase.VERIFYING, due=Due(5), turn=("technician", "plant_head")),
        State(code="answered", label="已答复办结", en="Answered and closed", phase=Phase.CLOSED),
        State(code="unfounded", label="不成立", en="Unfounded", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="confirm", label="核实成立", en="Confirm", source=("told",), to="acting", main=True, by=("technician", "plant_head"),
             needs=("ground",), asks=("fix_by",), apart=("raise",)),
        Move(code="refute", label="不成立", en="Not founded", source=("told",), to="unfounded", by=("technician", "plant_head"),
             reason=True, apart=("raise",)),
        Move(code="finish", label="整改完成，请验收", en="Done, please check", source=("acting",), to="checking", main=True, by=ON_SITE,
             needs=("cause_kind", "cause", "reply"), checks=(has("measure", "措施"), each_done("measure", "措施"))),
        Move(code="accept", label="验收，答复办结", en="Accept", source=("checking",), to="answered", main=True,
             by=("technician", "plant_head"), checks=(each_passed("measure", "措施"),)),
        Move(code="back", label="退回", en="Send back", source=("checking",), to="acting", by=("technician", "plant_head"), reason=True),
    ),
    rows=(
        Rows(code="measure", label="措施", en="Measures", fields=("measure", "proof"), brings=("proof",), needs=("measure",), by=ON_SITE,
             states=("acting", "checking"), closes=True, passed_by=("technician", "plant_head")),
    ),
    ladder=ladder("workshop_head", first="workshop_head", second="plant_head"),
    clocks=(Clock(code="closed_in_time", label="投诉按期整改", en="Put right in time", states=("acting",)),),
    counts=(Counted(code="complaint", label="经确认的质量投诉", en="Confirmed complaints", state="acting", fact="complaint", item="E4",
                    part="complaint"),),
    ledger=(
        Column("编号", "number"), Column("投诉日期", "raised_on"), Column("责任单位", "place"), Column("产品", "product"), Column("批号", "lot"),
        Column("用户类别", "customer"), Column("投诉内容", "what"), Column("核实情况", "ground"), Column("原因", "cause"),
        Column("措施", "rows:measure"), Column("答复", "reply"), Column("状态", "state"), Column("办结日期", "closed_on"),
    ),
)  # fmt: skip
