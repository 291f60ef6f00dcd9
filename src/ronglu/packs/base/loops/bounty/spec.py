"""揭榜挂帅: a published task with the indicator it must move, bids judged by people without a stake, a signed pledge, milestones, a reward."""

from decimal import Decimal

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import (
    ANYONE,
    FILES,
    REMARKS,
    SYSTEM,
    Benefit,
    Check,
    Clock,
    Column,
    Figure,
    Loop,
    Move,
    Party,
    Phase,
    Raise,
    Rows,
    State,
)  # fmt: skip
from ronglu.packs.base.loops.common import NOUGHT, difference, each_done, each_passed, has, ladder, number

ISSUERS = ("plant_head", "plant_committee")


def bidders(case: CaseView) -> frozenset[int]:
    """Who handed in a bid."""
    people = [one for r in case.lines("bid") for one in (r.person, r.added_by)]
    return frozenset(one for one in people if one is not None)


def staked(case: CaseView) -> frozenset[int]:
    """Who raised the task, who bids, and the teams that they bid for."""
    raiser = frozenset() if case.raised_by is None else frozenset({case.raised_by})
    return raiser.union(*(r.people for r in case.lines("bid")))


def no_stake(case: CaseView) -> str:
    """Who bids does not judge, nor his team, nor who raised the task."""
    return (
        "评审人不能是揭榜人、揭榜队伍的人或发榜人，请另选"
        if case.parties.get("judge", frozenset()) & staked(case)
        else ""
    )


def nobody_bid(case: CaseView) -> str:
    """Bids are read once the judging has begun: whoever bid after that would have read the others."""
    return "已经有人揭榜，方案也已公开，不能再延长" if case.lines("bid") else ""


def marked(case: CaseView) -> str:
    judges = case.parties.get("judge", frozenset())
    left = len(judges - {r.added_by for r in case.lines("mark")})
    return f"还有 {left} 位评审人没有评分" if left else ""


def among_bidders(case: CaseView) -> str:
    return "" if case.parties.get("winner", frozenset()) <= bidders(case) else "中榜人应从揭榜人中选"


def reached(case: CaseView) -> str:
    """Acceptance is against the indicator: the measured value is at the target or beyond it, on the side it was to move to."""
    was, aim, now = (number(case.data.get(code)) for code in ("was", "aim", "measured"))
    if was is None or aim is None or now is None:
        return ""
    short = now < aim if aim >= was else now > aim
    return f"实测 {now}，没有达到目标 {aim}：不能验收通过，可以结题为“未达标”" if short else ""


LOOP = Loop(
    code="bounty",
    version=1,
    label="揭榜挂帅",
    en="Open challenge",
    prefix="JB",
    icon="target-arrow",
    source="S1-48, S3-15; 09 §9.4 D7",
    status="D",
    fields=(
        Field(code="what", label="要攻的难题", en="Task", kind=Kind.LONG),
        Field(code="indicator", label="要动的指标", en="Indicator", kind=Kind.INDICATOR),
        Field(code="was", label="现在的值", en="Value now", kind=Kind.NUMBER, decimals=3),
        Field(code="aim", label="目标值", en="Target", kind=Kind.NUMBER, decimals=3),
        Field(code="reach_by", label="何时达到", en="To be reached by", kind=Kind.DATE),
        Field(code="reward", label="奖励办法", en="Reward offered"),
        Field(code="bids_until", label="揭榜截止", en="Bids until", kind=Kind.DATE),
        Field(code="plan", label="揭榜方案", en="Bid", kind=Kind.LONG),
        Field(code="squad", label="以哪支队伍揭榜", en="For which team", kind=Kind.TEAM, help="只能是您自己在里面的队伍；个人揭榜不填"),
        Field(code="team", label="团队分工", en="Who does what"),
        Field(code="bid_no", label="揭榜序号", en="Bid no.", kind=Kind.NUMBER, least=Decimal(1)),
        Field(code="points", label="评分", en="Mark", kind=Kind.NUMBER, unit="分", least=NOUGHT),
        Field(code="why", label="评分理由", en="Why", kind=Kind.LONG),
        Field(code="pledge", label="军令状", en="Pledge", kind=Kind.LONG),
        Field(code="milestone", label="节点", en="Milestone"),
        Field(code="proof", label="完成情况", en="What was done", kind=Kind.LONG),
        Field(code="result", label="攻关结果", en="Result", kind=Kind.LONG),
        Field(code="measured", label="实测值", en="Measured value", kind=Kind.NUMBER, decimals=3),
        Field(code="verified", label="核实效益", en="Verified benefit", kind=Kind.MONEY),
        Field(code="paid", label="兑现情况", en="Reward given"),
    ),
    parties=(Party(code="judge", label="评审人", en="Judge", many=True),
             Party(code="winner", label="中榜人", en="Winner", works=True)),
    published=("bidding", "judging", "signing", "working", "accepting", "counting", "accepted", "paid", "short"),
    withheld=(REMARKS, FILES, "bid", "mark"),
    raising=Raise(by=("technician", "workshop_head", "branch_committee", "general_committee", *ISSUERS), to="draft",
                  needs=("what", "indicator", "was", "aim", "reach_by")),
    states=(
        State(code="draft", label="待发榜", en="Draft", phase=Phase.OPEN, due=Due(10), turn=("plant_head", "plant_committee")),
        State(code="bidding", label="揭榜中", en="Open for bids", phase=Phase.OPEN, due=Due(10, by="bids_until"),
              turn=("plant_head",), at_due="shut"),
        State(code="judging", label="评审中", en="Judging", phase=Phase.OPEN, due=Due(10), turn=("judge", "plant_head", "plant_committee")),
        State(code="signing", label="待签军令状", en="To be signed", phase=Phase.OPEN, due=Due(5), turn=("winner",)),
        State(code="working", label="攻关中", en="In work", phase=Phase.WORKING, due=Due(60, by="reach_by"), turn=("winner",)),
        State(code="accepting", label="待验收", en="To be accepted", phase=Phase.VERIFYING, due=Due(10), turn=("judge",)),
        State(code="counting", label="待财务核实", en="Money to be confirmed", phase=Phase.VERIFYING, due=Due(10), turn=("finance",)),
        State(code="accepted", label="待兑现", en="Accepted", phase=Phase.CLOSED, due=Due(22), turn=("plant_head", "plant_committee")),
        State(code="paid", label="已兑现", en="Rewarded", phase=Phase.CLOSED),
        State(code="short", label="未达标结题", en="Fell short", phase=Phase.CLOSED),
        State(code="withdrawn", label="撤榜", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="publish", label="发榜", en="Publish", source=("draft",), to="bidding", main=True, by=ISSUERS,
             needs=("reward", "bids_until")),
        Move(code="shut", label="揭榜截止", en="Bids closed", source=("bidding",), to="judging", by=(SYSTEM,)),
        Move(code="prolong", label="延长揭榜", en="Prolong", source=("judging",), to="bidding", by=ISSUERS, needs=("bids_until",),
             reason=True, checks=(Check(code="nobody_bid", holds=nobody_bid),)),
        Move(code="appoint", label="指定评审人", en="Name judges", source=("judging",), to="judging", by=ISSUERS, assigns=("judge",),
             checks=(has("bid", "揭榜方案"), Check(code="no_stake", holds=no_stake))),
        Move(code="award", label="定中榜人", en="Award", source=("judging",), to="signing", main=True, by=("judge",), reason=True,
             assigns=("winner",), apart=("raise", "bid"),
             checks=(Check(code="no_stake", holds=no_stake), has("mark", "评分"), Check(code="marked", holds=marked),
                     Check(code="among", holds=among_bidders))),
        Move(code="sign", label="签军令状", en="Sign", source=("signing",), to="working", main=True, by=("winner",), needs=("pledge",)),
        Move(code="refuse", label="中榜人不接", en="Winner declines", source=("signing",), to="judging", by=("winner",), reason=True),
        Move(code="hand_in", label="申请验收", en="Ask for acceptance", source=("working",), to="accepting", main=True, by=("winner",),
             needs=("result",), checks=(has("milestone", "节点"), each_done("milestone", "节点"))),
        Move(code="extend", label="准许延期", en="Extend", source=("working",), to="working", by=ISSUERS, needs=("reach_by",), reason=True,
             apart=("winner",)),
        Move(code="accept", label="验收通过", en="Accept", source=("accepting",), to="counting", main=True, by=("judge",),
             needs=("measured",), apart=("bid",),
             checks=(each_passed("milestone", "节点"), Check(code="reached", holds=reached))),
        Move(code="back", label="退回", en="Send back", source=("accepting",), to="working", by=("judge",), reason=True),
        Move(code="fall_short", label="结题为未达标", en="Close as short", source=("accepting",), to="short", by=("judge",),
             needs=("measured",), reason=True, apart=("bid",)),
        Move(code="confirm", label="核实金额", en="Confirm money", source=("counting",), to="accepted", main=True, by=("finance",),
             needs=("verified",)),
        Move(code="pay", label="登记兑现", en="Record reward", source=("accepted",), to="paid", main=True,
             by=(*ISSUERS, "party_office"), needs=("paid",)),
        Move(code="withdraw", label="撤榜", en="Withdraw", source=("draft", "bidding", "judging", "signing", "working"), to="withdrawn",
             by=ISSUERS, reason=True),
    ),
    rows=(
        Rows(code="bid", label="揭榜方案", en="Bids", fields=("plan", "squad", "team"), needs=("plan",), by=(ANYONE,), states=("bidding",),
             once=True, hidden=("bidding", "withdrawn")),
        Rows(code="mark", label="评分", en="Marks", fields=("bid_no", "points", "why"), needs=("bid_no", "points", "why"),
             by=("judge",), states=("judging",), hidden=("bidding", "judging", "withdrawn")),
        Rows(code="milestone", label="节点", en="Milestones", fields=("milestone", "proof"), brings=("proof",), needs=("milestone",),
             by=("winner", *ISSUERS), states=("working", "accepting"), closes=True, passed_by=("judge", *ISSUERS)),
    ),
    ladder=ladder("winner", "judge", second="plant_committee"),
    clocks=(Clock(code="milestones", label="揭榜节点按期完成", en="Milestones on time", rows="milestone", fact="project_milestone",
                  item="D7"),),
    figures=(Figure(code="moved", label="指标移动", en="Moved by", of=lambda case: difference(case, "measured", "was")),),
    benefit=Benefit(move="confirm", plus=("verified",)),
    ledger=(
        Column("编号", "number"), Column("发榜日期", "raised_on"), Column("单位", "place"), Column("难题", "title"),
        Column("指标", "indicator"), Column("现值", "was"), Column("目标", "aim"), Column("何时达到", "reach_by"),
        Column("中榜人", "party:winner"), Column("节点", "rows:milestone"), Column("实测值", "measured"), Column("状态", "state"),
        Column("核实效益", "verified"), Column("兑现", "paid"),
    ),
)  # fmt: skip
