"""保供任务: a product for a class of customers by a day; on time or not, and how it passed inspection, stand side by side."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Check, Clock, Column, Delivery, Figure, Loop, Move, Phase, Raise, State
from ronglu.packs import sheets
from ronglu.packs.base.loops.common import HEADS, NOUGHT, ladder, number, rate

LABELS = sheets.content(sheets.BASE / "supply.yaml")
CUSTOMERS = tuple(Choice(one["code"], one["zh"], one["en"]) for one in LABELS["customers"])
GIVERS = ("technician", "workshop_head", "plant_head", "plant_committee")


def possible(case: CaseView) -> str:
    """No more pieces passed at first than were handed in."""
    handed, first = number(case.data.get("handed")), number(case.data.get("first"))
    return (
        f"一次合格 {first} 件，多于交检的 {handed} 件"
        if handed is not None and first is not None and first > handed
        else ""
    )


LOOP = Loop(
    code="supply",
    version=1,
    label="保供任务",
    en="Supply task",
    prefix="BG",
    icon="truck",
    source="S2-24; 05 FG-05, FG-07",
    status="D",
    fields=(
        Field(code="product", label="产品", en="Product"),
        Field(code="customer", label="用户类别", en="Customer class", kind=Kind.CHOICE, choices=CUSTOMERS),
        Field(code="pieces", label="件数", en="Pieces", kind=Kind.NUMBER, unit="件", least=NOUGHT),
        Field(code="deliver_by", label="交付期限", en="Deliver by", kind=Kind.DATE),
        Field(code="says", label="要求", en="Requirements", kind=Kind.LONG),
        Field(code="handed", label="交检件数", en="Pieces inspected", kind=Kind.NUMBER, unit="件", least=NOUGHT),
        Field(code="first", label="一次交检合格件数", en="Passed at first", kind=Kind.NUMBER, unit="件", least=NOUGHT),
        Field(code="quality", label="质量结果", en="Quality result", kind=Kind.CHOICE, choices=(
            Choice("passed", "合格", "Passed"), Choice("conceded", "让步接收", "Accepted by concession"), Choice("failed", "不合格", "Failed"),
        )),
    ),
    raising=Raise(by=GIVERS, to="given", needs=("product", "customer", "pieces", "deliver_by"), asks=("says",)),
    states=(
        State(code="given", label="待接单", en="Given", phase=Phase.OPEN, due=Due(2), turn=("workshop_head",)),
        State(code="making", label="生产中", en="In production", phase=Phase.WORKING, due=Due(22, by="deliver_by"), turn=("workshop_head", "technician")),
        State(code="inspecting", label="交检", en="Under inspection", phase=Phase.VERIFYING, due=Due(3), turn=("technician",)),
        State(code="delivered", label="已交付", en="Delivered", phase=Phase.CLOSED),
        State(code="cancelled", label="取消", en="Cancelled", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="take", label="接单", en="Take on", source=("given",), to="making", main=True, by=("workshop_head",)),
        Move(code="hand_in", label="完工交检", en="Hand in for inspection", source=("making",), to="inspecting", main=True,
             by=("workshop_head", "crew_leader"), needs=("handed",)),
        Move(code="deliver", label="检验，交付", en="Inspected, delivered", source=("inspecting",), to="delivered", main=True,
             by=("technician", "plant_head"), needs=("first", "quality"), checks=(Check(code="possible", holds=possible),)),
        Move(code="back", label="返工", en="Rework", source=("inspecting",), to="making", by=("technician", "plant_head"), reason=True),
        Move(code="move_day", label="改期", en="Another day", source=("making",), to="making", by=("plant_head", "plant_committee"),
             needs=("deliver_by",), reason=True),
        Move(code="cancel", label="取消", en="Cancel", source=("given", "making"), to="cancelled", by=("plant_head", "plant_committee"), reason=True),
    ),
    ladder=ladder(*HEADS, first="workshop_head", second="plant_head"),
    clocks=(Clock(code="on_time", label="按期交检", en="On time", states=("making",)),),
    figures=(
        Figure(code="first_pass", label="一次交检合格率", en="First-pass rate", unit="%", of=lambda case: rate(case, "first", "handed")),
    ),
    delivery=Delivery(day="deliver_by", groups=("product", "customer"), result="quality", good=frozenset({"passed", "conceded"})),
    ledger=(
        Column("编号", "number"), Column("下达日期", "raised_on"), Column("承担单位", "place"), Column("产品", "product"),
        Column("用户类别", "customer"), Column("件数", "pieces"), Column("交付期限", "deliver_by"), Column("状态", "state"),
        Column("交检件数", "handed"), Column("一次交检合格率", "figure:first_pass"), Column("质量结果", "quality"), Column("交付日期", "closed_on"),
    ),
)  # fmt: skip
