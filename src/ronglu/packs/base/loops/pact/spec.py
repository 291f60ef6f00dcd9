"""结对共建: an agreement of two or more party bodies with commitments that close one by one, looked at each quarter, judged at the end."""

from ronglu.kernel.loops.due import Due, In
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Check, Clock, Column, Figure, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import ABOVE, PARTY, difference, has, ladder

BODIES = 2


def two_bodies(case: CaseView) -> str:
    signed = {r.data.get("body") for r in case.lines("signing")}
    return "" if len(signed) >= BODIES else f"结对至少 {BODIES} 个党组织签约，现在 {len(signed)} 个"


def all_signed(case: CaseView) -> str:
    left = case.parties.get("partner", frozenset()) - {r.added_by for r in case.lines("signing")}
    return f"还有 {len(left)} 方代表没有签约" if left else ""


LOOP = Loop(
    code="pact",
    version=1,
    label="结对共建",
    en="Pair-building pact",
    prefix="JD",
    icon="link",
    board="pair",
    source="S0-27, S0-29, S0-30, S0-31, S0-32",
    status="D",
    fields=(
        Field(code="theme", label="主题", en="Theme"),
        Field(code="what", label="共建内容", en="Content", kind=Kind.LONG),
        Field(code="until", label="期限到", en="Until", kind=Kind.DATE),
        Field(code="indicator", label="看哪个指标", en="Indicator", kind=Kind.INDICATOR),
        Field(code="was", label="共建前", en="Before", kind=Kind.NUMBER, decimals=3),
        Field(code="now", label="现在", en="Now", kind=Kind.NUMBER, decimals=3),
        Field(code="body", label="签约党组织", en="Party body", kind=Kind.BODY),
        Field(code="promise", label="承诺", en="Commitment", kind=Kind.LONG),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="quarter", label="季度", en="Quarter"),
        Field(code="review", label="季度评议", en="Quarterly review", kind=Kind.LONG),
        Field(code="score", label="互评", en="Mutual rating", kind=Kind.CHOICE, choices=(
            Choice("good", "好", "Good"), Choice("fair", "较好", "Fair"), Choice("weak", "一般", "Weak"),
        )),
        Field(code="verdict", label="共建成效", en="Outcome", kind=Kind.LONG),
    ),
    parties=(Party(code="partner", label="各方代表", en="Representatives", many=True),),
    raising=Raise(by=PARTY, to="drafted", needs=("theme", "what", "until"), asks=("indicator", "was"), place="body"),
    states=(
        State(code="drafted", label="拟协议", en="Drafted", phase=Phase.OPEN, due=Due(10), turn=("branch_committee",)),
        State(code="signing", label="待各方签约", en="To be signed", phase=Phase.OPEN, due=Due(10), turn=("partner",)),
        State(code="running", label="共建中", en="Running", phase=Phase.WORKING, due=Due(90, In.DAYS), turn=("partner",), at_due="quarter"),
        State(code="reviewing", label="季度评议", en="Quarterly review", phase=Phase.VERIFYING, due=Due(10), turn=("partner",)),
        State(code="ended", label="已到期评价", en="Ended and judged", phase=Phase.CLOSED),
        State(code="dropped", label="未签成", en="Not signed", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="invite", label="送各方签约", en="Send for signing", source=("drafted",), to="signing", main=True, by=PARTY,
             assigns=("partner",)),
        Move(code="enter", label="签成，开始共建", en="Begin", source=("signing",), to="running", main=True, by=("partner", *PARTY),
             checks=(Check(code="two", holds=two_bodies), Check(code="all", holds=all_signed), has("promise", "承诺"))),
        Move(code="quarter", label="到季评议", en="Quarter is over", source=("running",), to="reviewing", by=(SYSTEM,)),
        Move(code="review", label="提前评议", en="Review now", source=("running",), to="reviewing", by=("partner", *PARTY)),
        Move(code="go_on", label="评议后继续", en="Go on", source=("reviewing",), to="running", main=True,
             by=("partner", *PARTY, *ABOVE), asks=("now",), checks=(has("review", "评议"),)),
        Move(code="end", label="到期评价", en="End", source=("reviewing",), to="ended", by=(*PARTY, *ABOVE),
             needs=("verdict",), asks=("now",), checks=(has("review", "评议"),)),
        Move(code="drop", label="不再结对", en="Drop", source=("drafted", "signing"), to="dropped", by=("partner", *PARTY), reason=True),
    ),
    rows=(
        Rows(code="signing", label="签约", en="Signatures", fields=("body",), needs=("body",), by=("partner", *PARTY),
             states=("signing",), once=True),
        Rows(code="promise", label="承诺", en="Commitments", fields=("promise", "proof"), brings=("proof",), needs=("promise",), by=("partner", *PARTY),
             states=("signing", "running", "reviewing"), closes=True, passed_by=("partner", *PARTY)),
        Rows(code="review", label="评议", en="Reviews", fields=("quarter", "score", "review"), needs=("quarter", "score", "review"),
             by=("partner", *PARTY), states=("reviewing",)),
    ),
    ladder=ladder("partner", first="branch_committee", second="party_office"),
    clocks=(Clock(code="promises", label="共建承诺按期兑现", en="Commitments kept on time", rows="promise", fact="pact_promise"),),
    figures=(Figure(code="moved", label="指标变化", en="Change", of=lambda case: difference(case, "now", "was")),),
    ledger=(
        Column("编号", "number"), Column("签约日期", "raised_on"), Column("主题", "theme"), Column("签约各方", "rows:signing"),
        Column("共建内容", "what"), Column("承诺事项", "rows:promise"), Column("期限到", "until"), Column("指标", "indicator"),
        Column("共建前", "was"), Column("现在", "now"), Column("季度评议", "rows:review"), Column("状态", "state"),
        Column("共建成效", "verdict"),
    ),
)  # fmt: skip
