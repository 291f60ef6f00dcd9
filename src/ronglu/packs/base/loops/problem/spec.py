"""难题: a problem of production answered by a day, with its cause among 人机料法环测, solved by one and checked by another."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import ANYONE, RAISER, Clock, Column, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import CAUSES, HEADS, ladder

TAKERS = ("crew_leader", "workshop_head", "technician", "branch_committee")

LOOP = Loop(
    code="problem",
    version=1,
    label="难题",
    en="Problem",
    prefix="NT",
    icon="puzzle",
    source="S0-15, S0-39, S4-05; 09 §9.4 A6",
    status="D",
    fields=(
        Field(code="what", label="什么难题", en="Problem", kind=Kind.LONG),
        Field(code="source", label="从哪里来", en="Source", kind=Kind.CHOICE, choices=(
            Choice("site", "现场", "On site"), Choice("talk", "大讨论", "Discussion"), Choice("theme", "思想动态主题", "Survey theme"),
            Choice("meeting", "会议", "Meeting"), Choice("inspection", "检查", "Inspection"),
        )),
        Field(code="effect", label="影响", en="Effect", help="影响哪个指标、多少"),
        Field(code="answer", label="答复", en="Answer", kind=Kind.LONG),
        Field(code="solve_by", label="解决期限", en="Solve by", kind=Kind.DATE),
        Field(code="cause_kind", label="原因类别", en="Kind of cause", kind=Kind.CHOICE, choices=CAUSES),
        Field(code="cause", label="原因分析", en="Cause", kind=Kind.LONG),
        Field(code="weight", label="是主因吗", en="Main cause", kind=Kind.YES),
        Field(code="held_on", label="讨论日期", en="Held on", kind=Kind.DATE),
        Field(code="topic", label="讨论题目", en="Topic", help="如：外贸阳极生产工艺控制措施"),
        Field(code="conclusion", label="技术结论", en="Technical conclusion", kind=Kind.LONG),
        Field(code="solution", label="解决办法", en="Solution", kind=Kind.LONG),
        Field(code="keep", label="怎样不再发生", en="How it is kept from coming back", kind=Kind.LONG),
    ),
    parties=(Party(code="solver", label="攻关人", en="Solver", works=True, many=True),),
    raising=Raise(by=(ANYONE,), to="raised", needs=("what",), asks=("source", "effect")),
    states=(
        State(code="raised", label="待答复", en="To be answered", phase=Phase.OPEN, due=Due(5), turn=("workshop_head", "branch_committee")),
        State(code="solving", label="攻关中", en="Being solved", phase=Phase.WORKING, due=Due(22, by="solve_by"), turn=("solver",)),
        State(code="checking", label="待验证", en="To be checked", phase=Phase.VERIFYING, due=Due(5), turn=(RAISER, "technician")),
        State(code="solved", label="已解决", en="Solved", phase=Phase.CLOSED),
        State(code="shelved", label="暂不能解决", en="Shelved", phase=Phase.DROPPED),
        State(code="withdrawn", label="撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="take", label="答复，派人攻关", en="Answer and assign", source=("raised",), to="solving", main=True, by=TAKERS,
             needs=("answer", "solve_by"), assigns=("solver",)),
        Move(code="shelve", label="暂不能解决", en="Shelve", source=("raised", "solving"), to="shelved", by=HEADS, reason=True,
             asks=("answer",), apart=("raise",)),
        Move(code="extend", label="准许延期", en="Extend", source=("solving",), to="solving", by=HEADS, needs=("solve_by",), reason=True,
             apart=("solver",)),
        Move(code="solve", label="已解决，请验证", en="Report solved", source=("solving",), to="checking", main=True, by=("solver",),
             needs=("cause_kind", "cause", "solution"), asks=("keep",)),
        Move(code="confirm", label="验证有效", en="Confirm", source=("checking",), to="solved", main=True, by=(RAISER, *TAKERS)),
        Move(code="back", label="没有解决，退回", en="Send back", source=("checking",), to="solving", by=(RAISER, *TAKERS), reason=True),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("raised",), to="withdrawn", by=(RAISER,), reason=True),
    ),
    rows=(
        Rows(code="cause", label="原因", en="Causes", fields=("cause_kind", "cause", "weight"), needs=("cause_kind", "cause"),
             by=("solver", *TAKERS), states=("solving",)),
        Rows(code="talk", label="专题讨论", en="Topic meetings", fields=("held_on", "topic", "conclusion"),
             needs=("held_on", "topic", "conclusion"), by=("solver", *TAKERS), states=("solving",)),
    ),
    ladder=ladder("solver"),
    clocks=(
        Clock(code="answered", label="问题按期答复", en="Answered on time", states=("raised",), fact="problem", item="A6"),
        Clock(code="solved", label="难题解决用时", en="Time to solve", states=("raised", "solving", "checking"), fact="problem_solved"),
    ),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("难题", "title"),
        Column("来源", "source"), Column("答复", "answer"), Column("攻关人", "party:solver"), Column("解决期限", "solve_by"),
        Column("原因类别", "cause_kind"), Column("原因分析", "cause"), Column("解决办法", "solution"), Column("状态", "state"),
        Column("解决日期", "closed_on"), Column("验证人", "closed_by"),
    ),
)  # fmt: skip
