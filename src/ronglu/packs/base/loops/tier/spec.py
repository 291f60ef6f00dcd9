"""“1+2+N”: a branch declares a tier for the year with its plan, is supervised, and is accepted by somebody else within the places."""

from ronglu.kernel.loops.due import Due, In
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Check, Column, Loop, Move, Outside, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import ABOVE, PARTY, each_done, each_passed, has, ladder
from ronglu.packs.base.loops.honours import TIER, YEAR, a_year, tier_free

LOOP = Loop(
    code="tier",
    version=1,
    label="支部创建达标",
    en="Branch tier",
    prefix="CJ",
    icon="shield",
    source="S0-07",
    status="D",
    fields=(
        YEAR,
        TIER,
        Field(code="theme", label="创建主题", en="Theme"),
        Field(code="plan", label="创建方案", en="Plan", kind=Kind.LONG, help="强项弱项、硬件、制度、结对各做什么，到哪天"),
        Field(code="reach_by", label="达标日期", en="Reach by", kind=Kind.DATE),
        Field(code="audit", label="审核意见", en="Audit", kind=Kind.LONG),
        Field(code="point", label="督导意见", en="Point", kind=Kind.LONG),
        Field(code="answer", label="落实情况", en="What was done", kind=Kind.LONG),
        Field(code="result", label="创建成效", en="Result", kind=Kind.LONG, help="写结果和数据，不写开了几次会、发了几篇稿"),
        Field(code="verdict", label="验收结论", en="Verdict", kind=Kind.LONG),
    ),
    parties=(Party(code="supervisor", label="督导人", en="Supervisor"),),
    raising=Raise(by=PARTY, to="auditing", needs=("year", "tier", "theme", "plan", "reach_by"), place="body",
                  checks=(Check(code="year", holds=a_year),)),
    states=(
        State(code="auditing", label="审核方案", en="Plan audited", phase=Phase.OPEN, due=Due(10), turn=("party_office",)),
        State(code="building", label="创建", en="Building", phase=Phase.WORKING, due=Due(180, In.DAYS, by="reach_by"), turn=("branch_committee",)),
        State(code="accepting", label="达标验收", en="Acceptance", phase=Phase.VERIFYING, due=Due(15), turn=("plant_committee",)),
        State(code="met", label="已达标", en="Met", phase=Phase.CLOSED),
        State(code="dropped", label="没有创建", en="Dropped", phase=Phase.DROPPED),
        State(code="revoked", label="已撤销", en="Revoked", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="approve", label="方案可行，派督导", en="Approve", source=("auditing",), to="building", main=True, by=ABOVE,
             asks=("audit",), assigns=("supervisor",), apart=("raise",)),
        Move(code="rework", label="请改方案", en="Rework", source=("building",), to="building", by=("supervisor", *ABOVE), needs=("plan",), reason=True),
        Move(code="ask", label="申请验收", en="Ask for acceptance", source=("building",), to="accepting", main=True, by=PARTY,
             needs=("result",), checks=(has("point", "督导意见"), each_done("point", "督导意见"))),
        Move(code="accept", label="达标", en="Accept", source=("accepting",), to="met", main=True, by=ABOVE, needs=("verdict",),
             asks=("tier",), apart=("raise", "ask", "supervisor"), checks=(each_passed("point", "督导意见"),)),
        Move(code="again", label="未达标，继续创建", en="Not yet", source=("accepting",), to="building", by=ABOVE, needs=("reach_by",),
             reason=True, apart=("raise", "ask")),
        Move(code="drop", label="不再创建", en="Drop", source=("auditing", "building"), to="dropped", by=(*PARTY, *ABOVE), reason=True),
        Move(code="revoke", label="撤销层级", en="Revoke", source=("met",), to="revoked", by=("plant_committee",), reason=True),
    ),
    rows=(
        Rows(code="point", label="督导意见", en="Points of supervision", fields=("point", "answer"), brings=("answer",), needs=("point",),
             by=("supervisor", "party_office"), states=("building", "accepting"), closes=True, passed_by=("supervisor", "party_office")),
    ),
    outside=(Outside(code="places", moves=("accept",), fact="held", field="tier", period="year", states=("met",), holds=tier_free),),
    ladder=ladder("branch_committee", first="party_office", second="plant_committee"),
    published=("met",),
    ledger=(
        Column("编号", "number"), Column("年度", "year"), Column("支部", "place"), Column("层级", "tier"), Column("创建主题", "theme"),
        Column("创建方案", "plan"), Column("督导人", "party:supervisor"), Column("督导意见", "rows:point"), Column("创建成效", "result"),
        Column("验收结论", "verdict"), Column("状态", "state"), Column("达标日期", "closed_on"),
    ),
)  # fmt: skip
