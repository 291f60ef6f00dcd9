"""补短板: where we stand behind a benchmark, who takes it, the actions that close one by one, and what was measured at the end."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Check, Column, Figure, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import HEADS, difference, each_done, each_passed, has, ladder, number

RAISERS = ("technician", "crew_leader", "branch_committee", "general_committee", "plant_committee", *HEADS)


def is_gap(case: CaseView) -> str:
    return "我们的值与标杆一样，没有差距" if case.data.get("ours") == case.data.get("best") else ""


def narrower(case: CaseView) -> str:
    """Closed only when the distance to the benchmark became smaller, whichever side is better."""
    ours, best, now = (number(case.data.get(code)) for code in ("ours", "best", "measured"))
    if ours is None or best is None or now is None:
        return ""
    wider = abs(best - now) >= abs(best - ours) and (now - best) * (ours - best) > 0
    return f"差距没有缩小（原 {abs(best - ours)}，现 {abs(best - now)}），不能结为“已缩小”" if wider else ""


LOOP = Loop(
    code="gap",
    version=1,
    label="补短板",
    en="Benchmark gap",
    prefix="DB",
    icon="trending-up",
    source="S0-42, S0-02, S4-17",
    status="D",
    fields=(
        Field(code="indicator", label="哪个指标", en="Indicator", kind=Kind.INDICATOR),
        Field(code="ours", label="我们的值", en="Ours", kind=Kind.NUMBER, decimals=3),
        Field(code="best", label="标杆值", en="Benchmark", kind=Kind.NUMBER, decimals=3),
        Field(code="from_whom", label="标杆出处", en="Whose, as of when"),
        Field(code="what", label="差在哪里", en="Where the gap is", kind=Kind.LONG),
        Field(code="finish_by", label="完成期限", en="Finish by", kind=Kind.DATE),
        Field(code="aim", label="缩小到", en="Goal", kind=Kind.NUMBER, decimals=3),
        Field(code="measure", label="措施", en="Action", kind=Kind.LONG),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="measured", label="实测值", en="Measured value", kind=Kind.NUMBER, decimals=3),
        Field(code="note", label="说明", en="Note", kind=Kind.LONG),
    ),
    parties=(Party(code="owner", label="牵头人", en="Owner", works=True),),
    raising=Raise(by=RAISERS, to="found", needs=("indicator", "ours", "best", "from_whom"), asks=("what",)),
    states=(
        State(code="found", label="待认领", en="Found", phase=Phase.OPEN, due=Due(5), turn=("workshop_head", "plant_head")),
        State(code="acting", label="补短板中", en="Acting", phase=Phase.WORKING, due=Due(60, by="finish_by"), turn=("owner",)),
        State(code="measuring", label="待复测", en="To be measured", phase=Phase.VERIFYING, due=Due(10), turn=("technician", "workshop_head")),
        State(code="narrowed", label="已缩小", en="Narrowed", phase=Phase.CLOSED),
        State(code="standing", label="未缩小，已说明", en="Still standing", phase=Phase.CLOSED),
        State(code="void", label="不可比", en="Not comparable", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="take", label="认领", en="Take", source=("found",), to="acting", main=True, by=HEADS, needs=("finish_by", "aim"),
             assigns=("owner",), checks=(Check(code="is_gap", holds=is_gap),)),
        Move(code="void", label="不可比", en="Not comparable", source=("found",), to="void", by=HEADS, reason=True, apart=("raise",)),
        Move(code="extend", label="准许延期", en="Extend", source=("acting",), to="acting", by=HEADS, needs=("finish_by",), reason=True,
             apart=("owner",)),
        Move(code="finish", label="措施完成，请复测", en="Ask for measuring", source=("acting",), to="measuring", main=True, by=("owner",),
             checks=(has("action", "措施"), each_done("action", "措施"))),
        Move(code="close", label="复测，已缩小", en="Narrowed", source=("measuring",), to="narrowed", main=True,
             by=("technician", *HEADS), needs=("measured",),
             checks=(each_passed("action", "措施"), Check(code="narrower", holds=narrower))),
        Move(code="stand", label="复测，未缩小", en="Still standing", source=("measuring",), to="standing", by=("technician", *HEADS),
             needs=("measured", "note")),
        Move(code="back", label="继续补", en="Send back", source=("measuring",), to="acting", by=("technician", *HEADS), reason=True),
    ),
    rows=(
        Rows(code="action", label="措施", en="Actions", fields=("measure", "proof"), brings=("proof",), needs=("measure",), by=("owner", *HEADS),
             states=("acting", "measuring"), closes=True, passed_by=("technician", *HEADS)),
    ),
    ladder=ladder("owner"),
    figures=(
        Figure(code="was", label="原差距", en="Gap then", of=lambda case: difference(case, "ours", "best")),
        Figure(code="now", label="现差距", en="Gap now", of=lambda case: difference(case, "measured", "best")),
    ),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("指标", "indicator"),
        Column("我们的值", "ours"), Column("标杆值", "best"), Column("标杆出处", "from_whom"), Column("牵头人", "party:owner"),
        Column("措施", "rows:action"), Column("完成期限", "finish_by"), Column("实测值", "measured"), Column("现差距", "figure:now"),
        Column("状态", "state"), Column("办结日期", "closed_on"),
    ),
)  # fmt: skip
