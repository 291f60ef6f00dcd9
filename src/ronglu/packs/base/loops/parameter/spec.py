"""参数变更: from what to what and why, approved by another, watched, and kept or put back by what was measured."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import RAISER, Check, Column, Figure, Loop, Move, Party, Phase, Raise, State
from ronglu.packs.base.loops.common import HEADS, difference, ladder

APPROVERS = (*HEADS, "technician")


def changes(case: CaseView) -> str:
    same = case.data.get("before") == case.data.get("after")
    return "变更前后的值一样，没有变更" if same else ""


LOOP = Loop(
    code="parameter",
    version=1,
    label="参数变更",
    en="Parameter change",
    prefix="CS",
    icon="adjustments",
    source="S4-07, S0-16",
    status="D",
    fields=(
        Field(code="what", label="哪个参数", en="Parameter", help="设备、参数名和单位，如：3# 电解槽 电解液温度 ℃"),
        Field(code="before", label="变更前", en="Before", kind=Kind.NUMBER, decimals=4),
        Field(code="after", label="变更后", en="After", kind=Kind.NUMBER, decimals=4),
        Field(code="why", label="为什么改", en="Why", kind=Kind.LONG),
        Field(code="indicator", label="看哪个指标", en="Indicator", kind=Kind.INDICATOR),
        Field(code="bounds", label="允许范围", en="Allowed range", help="按操作规程；超出的先改规程"),
        Field(code="watch_until", label="观察到", en="Watch until", kind=Kind.DATE),
        Field(code="set_on", label="执行日期", en="Set on", kind=Kind.DATE),
        Field(code="seen_before", label="指标变更前", en="Indicator before", kind=Kind.NUMBER, decimals=3),
        Field(code="seen_after", label="指标变更后", en="Indicator after", kind=Kind.NUMBER, decimals=3),
        Field(code="effect", label="效果", en="Effect", kind=Kind.LONG),
    ),
    parties=(Party(code="setter", label="执行人", en="Who sets it", works=True),),
    raising=Raise(by=("crew_leader", *APPROVERS), to="proposed", needs=("what", "before", "after", "why"), asks=("indicator",)),
    states=(
        State(code="proposed", label="待批准", en="Proposed", phase=Phase.OPEN, due=Due(2), turn=("technician", "workshop_head")),
        State(code="setting", label="执行并观察", en="Set and watched", phase=Phase.WORKING, due=Due(5, by="watch_until"), turn=("setter",)),
        State(code="judging", label="待评效果", en="To be judged", phase=Phase.VERIFYING, due=Due(5), turn=("technician", "workshop_head")),
        State(code="kept", label="已固化", en="Kept", phase=Phase.CLOSED),
        State(code="undone", label="已改回", en="Put back", phase=Phase.CLOSED),
        State(code="refused", label="不批准", en="Refused", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="approve", label="批准", en="Approve", source=("proposed",), to="setting", main=True, by=APPROVERS,
             needs=("bounds", "watch_until"), assigns=("setter",), apart=("raise",), checks=(Check(code="changes", holds=changes),)),
        Move(code="refuse", label="不批准", en="Refuse", source=("proposed",), to="refused", by=APPROVERS, reason=True, apart=("raise",)),
        Move(code="report", label="观察期满", en="Report", source=("setting",), to="judging", main=True, by=("setter", RAISER),
             needs=("set_on", "seen_before", "seen_after")),
        Move(code="keep", label="有效，固化", en="Keep", source=("judging",), to="kept", main=True, by=APPROVERS, needs=("effect",),
             apart=("raise",)),
        Move(code="undo", label="无效，改回", en="Put back", source=("setting", "judging"), to="undone", by=APPROVERS, reason=True,
             asks=("effect",), apart=("setter",)),
        Move(code="longer", label="继续观察", en="Watch longer", source=("judging",), to="setting", by=APPROVERS, needs=("watch_until",),
             reason=True),
    ),
    ladder=ladder("setter"),
    figures=(
        Figure(code="step", label="改了多少", en="Changed by", of=lambda case: difference(case, "after", "before")),
        Figure(code="moved", label="指标变化", en="Indicator moved", of=lambda case: difference(case, "seen_after", "seen_before")),
    ),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("参数", "what"),
        Column("变更前", "before"), Column("变更后", "after"), Column("原因", "why"), Column("允许范围", "bounds"),
        Column("执行人", "party:setter"), Column("执行日期", "set_on"), Column("指标", "indicator"), Column("指标变更前", "seen_before"),
        Column("指标变更后", "seen_after"), Column("状态", "state"), Column("评定人", "closed_by"),
    ),
)  # fmt: skip
