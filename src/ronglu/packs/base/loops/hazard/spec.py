"""隐患: found by anybody, graded, five things settled, measures closed one by one, verified by another, looked at again after 30 days."""

from ronglu.kernel.loops.due import Due, In, Rung
from ronglu.kernel.loops.engine import CaseView, settled
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import (
    ANYONE,
    SYSTEM,
    Check,
    Clock,
    Column,
    Loop,
    Move,
    Party,
    Phase,
    Raise,
    Recur,
    Rows,
    State,
)  # fmt: skip

MAJOR = {"grade": frozenset({"major"})}
HEADS = ("workshop_head", "safety_officer")


def five(case: CaseView) -> str:
    """五落实: 责任 and 措施 are the lines themselves; 资金, 时限 and 预案 may be "不需要" for a 一般 hazard, in words."""
    lacking = [] if case.lines("measure") else ["责任", "措施"]
    lacking += [
        word for code, word in (("funds", "资金"), ("fix_by", "时限"), ("fallback", "预案")) if not case.data.get(code)
    ]
    return f"五落实还缺{'、'.join(lacking)}" if lacking else ""


def each_passed(case: CaseView) -> str:
    lines = case.lines("measure")
    left = [str(r.no) for r in lines if r.state not in ("passed", "dropped")]
    return "" if settled(lines) else f"措施第 {'、'.join(left)} 条还没有验收" if left else "还没有验收过的措施"


def each_done(case: CaseView) -> str:
    left = [str(r.no) for r in case.lines("measure") if r.state == "open"]
    return f"措施第 {'、'.join(left)} 条还没有完成" if left else ""


def has_measures(case: CaseView) -> str:
    """Of this round: those that were passed before a case came back did not hold."""
    return "" if any(r.state in ("open", "done") for r in case.lines("measure")) else "先写至少一条措施"


def told_twice(case: CaseView) -> str:
    """重大隐患双报告 (安全生产法 41): to the authority and to the staff congress."""
    if case.data.get("grade") != "major":
        return ""
    lacking = [w for code, w in (("told_authority", "监管部门"), ("told_staff", "职代会")) if not case.data.get(code)]
    return f"重大隐患还没有报告{'、'.join(lacking)}" if lacking else ""


LOOP = Loop(
    code="hazard",
    version=1,
    label="隐患",
    en="Hazard",
    prefix="YH",
    icon="alarm",
    source="S4-20, S4-23, S4-24; 06 §6.1–6.2 (R-SAF-01..06)",
    status="D",
    fields=(
        Field(code="kind", label="哪一类", en="Kind", kind=Kind.CHOICE, choices=(
            Choice("equipment", "设备", "Equipment"), Choice("person", "人身", "People"), Choice("site", "现场", "Site"),
            Choice("electric", "电气", "Electricity"), Choice("fire", "火灾爆炸", "Fire"), Choice("other", "其他", "Other"),
        )),
        Field(code="what", label="看到什么", en="What was seen", kind=Kind.LONG),
        Field(code="form", label="表现", en="Form", kind=Kind.CHOICE, choices=(
            Choice("state", "物的不安全状态", "Unsafe state"), Choice("act", "人的不安全行为", "Unsafe act"),
            Choice("management", "管理缺陷", "Management defect"),
        )),
        Field(code="grade", label="等级", en="Grade", kind=Kind.CHOICE, choices=(
            Choice("minor", "一般", "Minor"), Choice("major", "重大", "Major"),
        )),
        Field(code="risk", label="风险色", en="Risk colour", kind=Kind.CHOICE, choices=(
            Choice("red", "红（重大）", "Red"), Choice("orange", "橙（较大）", "Orange"),
            Choice("yellow", "黄（一般）", "Yellow"), Choice("blue", "蓝（低）", "Blue"),
        )),
        Field(code="control", label="失效的管控措施", en="Control that failed", offers="controls", help="从风险清单里选；清单上没有的直接写"),
        Field(code="source", label="从哪里发现", en="Found by", kind=Kind.CHOICE, choices=(
            Choice("seen", "现场看到", "Seen on site"), Choice("round", "责任区检查", "Zone round"),
            Choice("drill", "应急演练", "Drill"), Choice("case", "事故案例教育", "Case education"),
            Choice("ledger", "安全台账", "Safety ledger"),
        )),
        Field(code="duty", label="以哪项职责查出", en="Found in which duty", kind=Kind.CHOICE, choices=(
            Choice("safety", "安全员", "Safety watch"), Choice("supervisor", "监督员", "Supervision watch"),
            Choice("quality", "质检员", "Quality watch"),
        )),
        Field(code="severity", label="实际后果", en="Severity", kind=Kind.CHOICE,
              choices=tuple(Choice(str(n), f"{n} 级", f"Level {n}") for n in range(1, 6))),
        Field(code="potential", label="可能后果", en="Potential", kind=Kind.CHOICE,
              choices=tuple(Choice(str(n), f"{n} 级", f"Level {n}") for n in range(1, 7))),
        Field(code="measure", label="措施", en="Measure", kind=Kind.LONG),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="funds", label="资金", en="Funds", help="写明金额和出处；一般隐患不需要的，写“不需要”和理由"),
        Field(code="fix_by", label="整改期限", en="Fix by", kind=Kind.DATE),
        Field(code="fallback", label="应急预案", en="Fallback", help="一般隐患不需要的，写“不需要”和理由"),
        Field(code="board", label="挂牌督办单位", en="Supervised by"),
        Field(code="stop", label="停产停用措施", en="Stop measures"),
        Field(code="plan", label="治理方案", en="Treatment plan", kind=Kind.LONG,
              help="目标任务、方法措施、经费物资、机构人员、时限要求、安全措施与应急预案"),
        Field(code="told_authority", label="报告监管部门", en="Reported to authority", kind=Kind.DATE),
        Field(code="told_staff", label="报告职代会", en="Reported to staff congress", kind=Kind.DATE),
        Field(code="held_note", label="回头看情况", en="Look-back", kind=Kind.LONG),
    ),
    parties=(Party(code="owner", label="责任区责任人", en="Zone owner", many=True, at_zone=True),
             Party(code="fixer", label="整改责任人", en="Fixer", works=True, many=True)),
    raising=Raise(by=(ANYONE,), to="found", needs=("kind",), asks=("what", "source", "duty"), anonymous=True),
    states=(
        State(code="found", label="待分级", en="To be graded", phase=Phase.OPEN, due=Due(1), turn=("owner", "safety_officer")),
        State(code="planning", label="待定方案", en="Plan to be made", phase=Phase.OPEN, due=Due(3), turn=("plant_head",)),
        State(code="graded", label="待五落实", en="Five to be settled", phase=Phase.OPEN, due=Due(2), turn=("workshop_head",)),
        State(code="fixing", label="整改中", en="Fixing", phase=Phase.WORKING, due=Due(5, by="fix_by"), turn=("fixer",)),
        State(code="checking", label="待验收", en="To be checked", phase=Phase.VERIFYING, due=Due(2), turn=("safety_officer",)),
        State(code="closed", label="销号", en="Closed", phase=Phase.CLOSED, due=Due(30, In.DAYS), at_due="look"),
        State(code="looking", label="回头看", en="Look-back", phase=Phase.CLOSED, due=Due(5), turn=("safety_officer",)),
        State(code="held", label="没有反弹", en="Held", phase=Phase.CLOSED),
        State(code="merged", label="并入前案", en="Merged", phase=Phase.DROPPED),
        State(code="void", label="不成立", en="Not a hazard", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="grade", label="定为一般隐患", en="Grade as minor", source=("found",), to="graded", main=True,
             by=("owner", "crew_leader", *HEADS), asks=("form", "risk", "control"), sets={"grade": "minor"}),
        Move(code="grade_major", label="定为重大隐患", en="Grade as major", source=("found", "graded"), to="planning",
             by=HEADS, needs=("board", "stop"), asks=("form", "risk", "control"), sets={"grade": "major"}),
        Move(code="approve", label="批准治理方案", en="Approve plan", source=("planning",), to="graded", main=True,
             by=("plant_head",), needs=("plan",), apart=("grade_major",)),
        Move(code="settle", label="五落实，开始整改", en="Settle the five", source=("graded",), to="fixing", main=True,
             by=HEADS, needs=("funds", "fix_by", "fallback"), assigns=("fixer",), checks=(Check(code="has_measures", holds=has_measures),)),
        Move(code="extend", label="准许延期", en="Extend", source=("fixing",), to="fixing", by=HEADS, needs=("fix_by",),
             reason=True, apart=("fixer",)),
        Move(code="report", label="双报告", en="Double report", source=("fixing",), to="fixing",
             by=("safety_officer",), needs=("told_authority", "told_staff"), when=MAJOR),
        Move(code="ask", label="申请验收", en="Ask for check", source=("fixing",), to="checking", main=True,
             by=("fixer", "workshop_head"), checks=(Check(code="each_done", holds=each_done),)),
        Move(code="close", label="验收销号", en="Verify and close", source=("checking",), to="closed", main=True,
             by=("safety_officer", "workshop_head"),
             checks=(Check(code="each_passed", holds=each_passed), Check(code="five", holds=five),
                     Check(code="told_twice", holds=told_twice))),
        Move(code="back", label="退回", en="Send back", source=("checking",), to="fixing",
             by=("safety_officer", "workshop_head"), reason=True),
        Move(code="look", label="到期回头看", en="Look-back due", source=("closed",), to="looking", by=(SYSTEM,)),
        Move(code="hold", label="没有反弹", en="It held", source=("looking",), to="held", main=True,
             by=("safety_officer", "workshop_head", "owner"), asks=("held_note",)),
        Move(code="slip", label="又出现了", en="It came back", source=("closed", "looking", "held"), to="graded",
             by=("safety_officer", "workshop_head", "owner"), reason=True),
        Move(code="reopen", label="同处同类再报，重开", en="Reopened", source=("closed", "looking", "held"), to="graded",
             by=(SYSTEM,)),
        Move(code="void", label="不成立", en="Not a hazard", source=("found", "graded"), to="void", by=HEADS,
             reason=True, apart=("raise",)),
    ),
    rows=(
        Rows(code="measure", label="措施", en="Measures", fields=("measure", "proof"), brings=("proof",), needs=("measure",), by=("owner", *HEADS),
             states=("graded", "fixing", "checking"), closes=True, passed_by=("safety_officer", "workshop_head", "owner")),
    ),
    ladder=(
        Rung(days=-3, tell=("fixer", "owner"), label="还有三天到期", en="Due in three days"),
        Rung(days=0, tell=("workshop_head",), label="已到期，请车间督办", en="Due; workshop, please follow up"),
        Rung(days=3, tell=("plant_head", "safety_officer"), label="超期三天，请厂里督办", en="Three days overdue; plant, please follow up"),
        Rung(days=7, tell=("plant_committee",), label="重大隐患超期七天，提请一票否决", en="Major hazard seven days overdue; veto proposed", flag="major_hazard_overdue", when=MAJOR),
    ),
    urgent=MAJOR,
    recurs=Recur(fields=("kind",), days=30, move="reopen", into="merged"),
    clocks=(
        Clock(code="measures", label="整改措施按期闭环", en="Measures closed on time", rows="measure",
              fact="hazard_measure", item="E1", part="closed"),
        Clock(code="zone_findings", label="责任区问题按期闭环", en="Zone findings closed on time", rows="measure",
              fact="zone_finding", item="C1", part="findings", at_zone=True),
    ),
    ledger=(
        Column("编号", "number"), Column("发现日期", "raised_on"), Column("地点", "place"), Column("隐患内容", "title"),
        Column("类别", "kind"), Column("等级", "grade"), Column("整改措施", "rows:measure"), Column("责任人", "party:fixer"),
        Column("资金", "funds"), Column("整改期限", "fix_by"), Column("应急预案", "fallback"), Column("状态", "state"),
        Column("销号日期", "closed_on"), Column("验收人", "closed_by"),
    ),
)  # fmt: skip
