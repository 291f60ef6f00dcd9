"""质量反馈: downstream files what was wrong with a lot, upstream answers within hours, names cause and measure; the next 20 lots are compared."""

from ronglu.kernel.loops.due import Due, In, Rung
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import (
    ANYONE,
    RAISER,
    Check,
    Clock,
    Column,
    Figure,
    Loop,
    Move,
    Phase,
    Raise,
    Rows,
    State,
)  # fmt: skip
from ronglu.packs.base.loops.common import (
    CAUSES,
    NOUGHT,
    ON_SITE,
    difference,
    each_done,
    each_passed,
    has,
    number,
    rate,
)

LOTS = 20


def possible(case: CaseView) -> str:
    """No more bad plates than plates, before and after."""
    for whole, bad, word in (("plates", "rejects", "本批"), ("plates_after", "rejects_after", "后续")):
        total, wrong = number(case.data.get(whole)), number(case.data.get(bad))
        if total is not None and wrong is not None and wrong > total:
            return f"{word}不合格 {wrong} 块，多于检测的 {total} 块"
    return ""


def failed(bad: str, whole: str) -> "Figure":
    word, en = ("后续 20 批", "next 20 lots") if bad.endswith("after") else ("本批", "this lot")
    return Figure(
        code=f"rate_{bad}",
        label=f"{word}不合格率",
        en=f"Reject rate, {en}",
        unit="%",
        of=lambda case: rate(case, bad, whole),
    )


LOOP = Loop(
    code="feedback",
    version=1,
    label="质量反馈",
    en="Quality feedback",
    prefix="FK",
    icon="arrow-back-up",
    source="S0-28, S0-30, S0-31, S0-32; 08 AV-14; 09 §9.4 E4",
    status="D",
    fields=(
        Field(code="lot", label="批号", en="Lot", help="阳极板批号或炉次"),
        Field(code="aspect", label="哪一方面", en="Aspect", kind=Kind.CHOICE, choices=(
            Choice("upkeep", "设备维护", "Equipment upkeep"), Choice("process", "过程管控", "Process control"),
            Choice("safety", "安全管理", "Safety"), Choice("prevent", "预防纠正", "Prevention and correction"),
            Choice("looks", "外观检测", "Visual inspection"), Choice("data", "数据反馈", "Data feedback"),
            Choice("dressing", "修整配合", "Dressing"), Choice("service", "服务保障", "Service"),
        )),
        Field(code="plates", label="检测块数", en="Plates inspected", kind=Kind.NUMBER, unit="块", least=NOUGHT),
        Field(code="rejects", label="不合格块数", en="Plates rejected", kind=Kind.NUMBER, unit="块", least=NOUGHT),
        Field(code="what", label="情况", en="What was seen", kind=Kind.LONG),
        Field(code="defect", label="缺陷", en="Defect", kind=Kind.CHOICE, choices=(
            Choice("burr", "飞边毛刺", "Burrs"), Choice("thickness", "厚薄不均", "Uneven thickness"), Choice("lug", "耳部缺陷", "Bad lug"),
            Choice("blister", "鼓包气孔", "Blisters"), Choice("inclusion", "夹渣氧化", "Inclusions, oxide"),
            Choice("bent", "弯曲变形", "Bent"), Choice("size", "尺寸重量超差", "Size or weight"), Choice("assay", "成分超差", "Assay"),
            Choice("other", "其他", "Other"),
        )),
        Field(code="count", label="块数", en="Count", kind=Kind.NUMBER, unit="块", least=NOUGHT),
        Field(code="cause_kind", label="原因类别", en="Kind of cause", kind=Kind.CHOICE, choices=CAUSES),
        Field(code="cause", label="原因", en="Cause", kind=Kind.LONG),
        Field(code="fix_by", label="整改期限", en="Fix by", kind=Kind.DATE),
        Field(code="measure", label="措施", en="Measure", kind=Kind.LONG),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="plates_after", label=f"后续 {LOTS} 批检测块数", en="Plates of the next 20 lots", kind=Kind.NUMBER, unit="块", least=NOUGHT),
        Field(code="rejects_after", label=f"后续 {LOTS} 批不合格块数", en="Rejects of the next 20 lots", kind=Kind.NUMBER, unit="块", least=NOUGHT),
        Field(code="score", label="下道工序满意度", en="Downstream satisfaction", kind=Kind.CHOICE,
              choices=tuple(Choice(str(n), f"{n} 分", f"{n} of 5") for n in range(1, 6))),
    ),
    raising=Raise(by=(ANYONE,), to="filed", needs=("lot", "aspect", "plates", "rejects"), asks=("what",),
                  checks=(Check(code="possible", holds=possible),)),
    states=(
        State(code="filed", label="待上道工序答复", en="Filed", phase=Phase.OPEN, due=Due(8, In.HOURS), turn=("crew_leader", "workshop_head")),
        State(code="acting", label="整改中", en="Acting", phase=Phase.WORKING, due=Due(5, by="fix_by"), turn=("crew_leader", "workshop_head")),
        State(code="checking", label="待下道工序确认", en="Checking", phase=Phase.VERIFYING, due=Due(3), turn=(RAISER, "technician")),
        State(code="watching", label=f"跟踪后续 {LOTS} 批", en="Watching", phase=Phase.CLOSED, due=Due(30, In.DAYS), turn=("technician", RAISER)),
        State(code="better", label="已改善", en="Better", phase=Phase.CLOSED),
        State(code="foreign", label="不属本工序", en="Not ours", phase=Phase.DROPPED),
        State(code="withdrawn", label="撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="answer", label="答复原因", en="Answer", source=("filed",), to="acting", main=True, by=ON_SITE,
             needs=("cause_kind", "cause"), asks=("fix_by",), apart=("raise",), checks=(Check(code="possible", holds=possible),)),
        Move(code="foreign", label="不属本工序", en="Not ours", source=("filed",), to="foreign", by=("workshop_head", "technician"),
             reason=True, apart=("raise",)),
        Move(code="act", label="措施完成，请确认", en="Measures done", source=("acting",), to="checking", main=True, by=ON_SITE,
             checks=(has("measure", "改善措施"), each_done("measure", "措施"))),
        Move(code="agree", label="确认有效", en="Confirm", source=("checking",), to="watching", main=True, by=(RAISER, "technician"),
             asks=("score",), checks=(each_passed("measure", "措施"),)),
        Move(code="back", label="没有改善，退回", en="Send back", source=("checking",), to="acting", by=(RAISER, "technician"), reason=True),
        Move(code="compare", label=f"后续 {LOTS} 批已比对", en="Compare", source=("watching",), to="better", main=True,
             by=("technician", RAISER), needs=("plates_after", "rejects_after"), checks=(Check(code="possible", holds=possible),)),
        Move(code="again", label="又出现，重新整改", en="It came back", source=("watching", "better"), to="acting",
             by=("technician", RAISER), asks=("plates_after", "rejects_after"), reason=True,
             checks=(Check(code="possible", holds=possible),)),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("filed",), to="withdrawn", by=(RAISER,), reason=True),
    ),
    rows=(
        Rows(code="defect", label="缺陷", en="Defects", fields=("defect", "count"), needs=("defect", "count"),
             by=(RAISER, "technician"), states=("filed", "acting")),
        Rows(code="measure", label="措施", en="Measures", fields=("measure", "proof"), brings=("proof",), needs=("measure",), by=ON_SITE,
             states=("acting", "checking"), closes=True, passed_by=(RAISER, "technician")),
    ),
    ladder=(
        Rung(days=0, tell=("crew_leader", "workshop_head"), label="已到期", en="Due"),
        Rung(days=1, tell=("plant_head",), label="超期一天，请督办", en="One day overdue; please follow up"),
    ),
    clocks=(Clock(code="answered", label="反馈按时限答复", en="Answered in its clock", states=("filed",), fact="feedback", item="E4",
                  part="feedback"),),
    figures=(
        failed("rejects", "plates"),
        failed("rejects_after", "plates_after"),
        Figure(code="fewer", label="不合格块数变化", en="Change in rejects", unit="块",
               of=lambda case: difference(case, "rejects_after", "rejects")),
    ),
    ledger=(
        Column("编号", "number"), Column("反馈日期", "raised_on"), Column("上道工序", "place"), Column("批号", "lot"),
        Column("方面", "aspect"), Column("检测块数", "plates"), Column("不合格块数", "rejects"), Column("缺陷", "rows:defect"),
        Column("原因类别", "cause_kind"), Column("原因", "cause"), Column("改善措施", "rows:measure"), Column("状态", "state"),
        Column("本批不合格率", "figure:rate_rejects"), Column("后续不合格率", "figure:rate_rejects_after"),
        Column("办结日期", "closed_on"),
    ),
)  # fmt: skip
