"""项目: led by one manager through 设计, 施工, 安装, 调试; each stage closes by itself, plan against fact gives the schedule variance."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Benefit, Clock, Column, Figure, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import HEADS, NOUGHT, difference, each_done, each_passed, has, ladder

APPROVERS = ("plant_head", "plant_committee", "workshop_head", "general_committee")

OURS = frozenset({"manager", "benefit", "novelty", "renewal"})


def variance(case: CaseView) -> str:
    """Days of the last finished stage against its plan: minus is ahead of it."""
    over = [r for r in case.lines("stage") if r.done_on and r.due_on and r.state != "dropped"]
    if not over:
        return ""
    last = max(over, key=lambda r: (r.done_on, r.no))
    assert last.done_on is not None and last.due_on is not None
    return f"{(last.done_on - last.due_on).days:+}"


LOOP = Loop(
    code="project",
    version=2,
    label="项目",
    en="Project",
    prefix="XM",
    icon="hammer",
    source="S1-49, S1-50, S1-38, S2-21, S3-34, S3-36; 09 §9.4 D7",
    status="D",
    fields=(
        Field(code="kind", label="项目类型", en="Kind", kind=Kind.CHOICE, choices=(
            Choice("manager", "项目经理制", "Managed project"), Choice("benefit", "两带两创·创效", "Party leads members: benefit"),
            Choice("novelty", "两带两创·创新", "Members lead staff: innovation"), Choice("research", "科技攻关", "Research"),
            Choice("renewal", "技改", "Technical renewal"),
        )),
        Field(code="what", label="项目内容", en="Content", kind=Kind.LONG),
        Field(code="aim", label="预期目标", en="Goal", kind=Kind.LONG),
        Field(code="forecast", label="预计效益", en="Forecast benefit", kind=Kind.MONEY),
        Field(code="partner", label="研究方负责人", en="Lead of the research partner", help="科技攻关填：单位和姓名"),
        Field(code="sponsor", label="生产方负责人", en="Lead of production", kind=Kind.PERSON),
        Field(code="budget", label="预算", en="Budget", kind=Kind.MONEY, least=NOUGHT),
        Field(code="authority", label="授权", en="Authority", help="项目经理可以自己决定的人、钱、物"),
        Field(code="body", label="项目党组织", en="Party body of the project", kind=Kind.BODY,
              help="6 个月以上、党员来自几个支部的项目，填党支部、临时党支部或由哪个支部领着"),
        Field(code="finish_by", label="完成期限", en="Finish by", kind=Kind.DATE),
        Field(code="stage", label="阶段", en="Stage", kind=Kind.CHOICE, choices=(
            Choice("design", "设计", "Design"), Choice("build", "施工", "Construction"), Choice("install", "安装", "Installation"),
            Choice("tune", "调试", "Commissioning"), Choice("other", "其他节点", "Other"),
        )),
        Field(code="goal", label="阶段要求", en="What the stage must bring", kind=Kind.LONG),
        Field(code="start_on", label="计划开工", en="Planned start", kind=Kind.DATE),
        Field(code="began_on", label="实际开工", en="Real start", kind=Kind.DATE),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="entry", label="跟踪记录", en="Log entry", kind=Kind.LONG),
        Field(code="result", label="项目结果", en="Result", kind=Kind.LONG),
        Field(code="verified", label="核实效益", en="Verified benefit", kind=Kind.MONEY),
    ),
    parties=(Party(code="manager", label="项目经理", en="Project manager", works=True),
             Party(code="team", label="项目成员", en="Team", works=True, many=True)),
    raising=Raise(by=("technician", "crew_leader", "group_leader", "branch_committee", *APPROVERS), to="proposed",
                  needs=("kind", "what", "aim"), asks=("forecast", "partner")),
    states=(
        State(code="proposed", label="待立项", en="Proposed", phase=Phase.OPEN, due=Due(10), turn=("workshop_head", "plant_head")),
        State(code="planning", label="排节点", en="Planning", phase=Phase.OPEN, due=Due(10), turn=("manager",)),
        State(code="running", label="实施中", en="Running", phase=Phase.WORKING, due=Due(60, by="finish_by"), turn=("manager",)),
        State(code="accepting", label="待验收", en="To be accepted", phase=Phase.VERIFYING, due=Due(10), turn=("workshop_head", "plant_head")),
        State(code="counting", label="待财务核实", en="Money to be confirmed", phase=Phase.VERIFYING, due=Due(10), turn=("finance",)),
        State(code="closed", label="已结项", en="Closed", phase=Phase.CLOSED),
        State(code="rejected", label="不立项", en="Rejected", phase=Phase.DROPPED),
        State(code="stopped", label="终止", en="Stopped", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="approve", label="立项，任命项目经理", en="Approve", source=("proposed",), to="planning", main=True, by=APPROVERS,
             asks=("budget", "authority"), assigns=("manager",), apart=("raise",), when={"kind": OURS}),
        Move(code="approve_joint", label="产研联合立项", en="Approve with a partner", source=("proposed",), to="planning", main=True,
             by=APPROVERS, needs=("sponsor", "partner"), asks=("budget", "authority"), assigns=("manager",), apart=("raise",),
             when={"kind": frozenset({"research"})}),
        Move(code="reject", label="不立项", en="Reject", source=("proposed",), to="rejected", by=APPROVERS, reason=True, apart=("raise",)),
        Move(code="start", label="节点排定，开工", en="Start", source=("planning",), to="running", main=True, by=("manager",),
             needs=("finish_by",), asks=("body",), assigns=("team",), checks=(has("stage", "阶段节点"),)),
        Move(code="attach", label="登记项目党组织", en="Name the party body", source=("running",), to="running",
             by=("manager", "branch_committee", *APPROVERS), needs=("body",)),
        Move(code="extend", label="准许延期", en="Extend", source=("running",), to="running", by=APPROVERS, needs=("finish_by",),
             reason=True, apart=("manager",)),
        Move(code="hand_in", label="申请验收", en="Ask for acceptance", source=("running",), to="accepting", main=True, by=("manager",),
             needs=("result",), checks=(each_done("stage", "阶段"),)),
        Move(code="accept", label="验收，报财务核实", en="Accept", source=("accepting",), to="counting", main=True, by=APPROVERS,
             checks=(each_passed("stage", "阶段"),)),
        Move(code="accept_plain", label="验收，不计金额", en="Accept without money", source=("accepting",), to="closed", by=APPROVERS,
             reason=True, checks=(each_passed("stage", "阶段"),)),
        Move(code="back", label="退回", en="Send back", source=("accepting",), to="running", by=APPROVERS, reason=True),
        Move(code="confirm", label="核实金额", en="Confirm money", source=("counting",), to="closed", main=True, by=("finance",),
             needs=("verified",), apart=("raise", "accept")),
        Move(code="stop", label="终止", en="Stop", source=("planning", "running"), to="stopped", by=APPROVERS, reason=True),
    ),
    rows=(
        Rows(code="stage", label="阶段", en="Stages", fields=("stage", "goal", "start_on", "began_on", "proof"), brings=("began_on", "proof"), needs=("stage",),
             by=("manager",), states=("planning", "running", "accepting"), closes=True, passed_by=(*HEADS, "technician")),
        Rows(code="log", label="跟踪", en="Log", fields=("stage", "entry"), needs=("stage", "entry"), by=("manager", "team"),
             states=("planning", "running", "accepting")),
    ),
    ladder=ladder("manager"),
    clocks=(Clock(code="stages", label="项目节点按期完成", en="Stages on time", rows="stage", fact="project_milestone", item="D7"),),
    figures=(
        Figure(code="variance", label="进度偏差", en="Schedule variance", unit="天", of=variance),
        Figure(code="beyond", label="核实比预计", en="Verified less forecast", unit="元",
               of=lambda case: difference(case, "verified", "forecast")),
    ),
    benefit=Benefit(move="confirm", plus=("verified",)),
    ledger=(
        Column("编号", "number"), Column("类型", "kind"), Column("单位", "place"), Column("项目", "title"),
        Column("项目经理", "party:manager"), Column("成员", "party:team"), Column("项目党组织", "body"), Column("预期目标", "aim"), Column("阶段", "rows:stage"),
        Column("完成期限", "finish_by"), Column("进度偏差", "figure:variance"), Column("状态", "state"),
        Column("预计效益", "forecast"), Column("核实效益", "verified"), Column("结项日期", "closed_on"),
    ),
)  # fmt: skip
