"""金点子、合理化建议: collected by the group, decided by the branch committee, done by a member, verified by another, money by finance."""

from ronglu.kernel.loops.due import Due, In
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import (
    ANYONE,
    RAISER,
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
from ronglu.packs.base.loops.common import NOUGHT, difference, ladder, number

RATING = (("skill", "技术水平", 30), ("value", "经济效益", 30), ("scope", "应用范围", 20), ("useful", "实用性", 20))


def within(case: CaseView) -> str:
    """The rating sheet is optional; a mark given stays inside its maximum (04 §4.1)."""
    over = [f"{label}最多 {most} 分" for code, label, most in RATING if (number(case.data.get(code)) or 0) > most]
    return "评分超出：" + "、".join(over) if over else ""


LOOP = Loop(
    code="idea",
    version=1,
    label="金点子",
    en="Idea",
    prefix="JY",
    icon="bulb",
    source="S3-10, S3-35, S4-10; 04 §4.1 (评分表); 09 §9.4 D6",
    status="D",
    home="raiser",
    fields=(
        Field(code="what", label="建议内容", en="Idea", kind=Kind.LONG),
        Field(code="now", label="现状", en="How it is now", kind=Kind.LONG),
        Field(code="forecast", label="预计效益", en="Forecast benefit", kind=Kind.MONEY),
        Field(code="group", label="征集的党小组", en="Party group", kind=Kind.BODY),
        Field(code="meeting", label="党小组会", en="Group meeting", help="会议日期和议题"),
        Field(code="committee", label="支委会", en="Committee meeting", help="会议日期和决定"),
        Field(code="finish_by", label="完成期限", en="Finish by", kind=Kind.DATE),
        Field(code="result", label="实施情况", en="What was done", kind=Kind.LONG),
        Field(code="verified", label="核实效益", en="Verified benefit", kind=Kind.MONEY),
        Field(code="reward", label="奖励", en="Reward"),
        *(Field(code=code, label=f"{label}（{most} 分）", en=code.capitalize(), kind=Kind.NUMBER, least=NOUGHT)
          for code, label, most in RATING),
        Field(code="adopter", label="推广到", en="Adopted at", kind=Kind.UNIT),
        Field(code="adopted_on", label="采用日期", en="Adopted on", kind=Kind.DATE),
        Field(code="effect", label="那里的效果", en="Effect there", kind=Kind.LONG),
        Field(code="gain", label="那里的效益", en="Benefit there", kind=Kind.MONEY),
    ),
    parties=(Party(code="doer", label="实施党员", en="Member who carries it out", works=True, many=True),),
    published=("done", "rewarded"),
    raising=Raise(by=(ANYONE,), to="raised", needs=("what",), asks=("now", "forecast", "group")),
    states=(
        State(code="raised", label="待党小组征集", en="Raised", phase=Phase.OPEN, due=Due(30, In.DAYS), turn=("group_leader", "branch_committee")),
        State(code="collected", label="待支委会讨论", en="Collected", phase=Phase.OPEN, due=Due(30, In.DAYS), turn=("branch_committee",)),
        State(code="later", label="暂缓", en="Put off", phase=Phase.OPEN, due=Due(90, In.DAYS), turn=("branch_committee",)),
        State(code="doing", label="实施中", en="Being carried out", phase=Phase.WORKING, due=Due(22, by="finish_by"), turn=("doer",)),
        State(code="checking", label="待验收", en="To be verified", phase=Phase.VERIFYING, due=Due(5), turn=("branch_committee",)),
        State(code="counting", label="待财务核实", en="Money to be confirmed", phase=Phase.VERIFYING, due=Due(10), turn=("finance",)),
        State(code="done", label="已实施", en="Carried out", phase=Phase.CLOSED, due=Due(22), turn=("branch_committee",)),
        State(code="rewarded", label="已奖励", en="Rewarded", phase=Phase.CLOSED),
        State(code="declined", label="不采纳", en="Declined", phase=Phase.DROPPED),
        State(code="withdrawn", label="本人撤回", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="collect", label="党小组会征集", en="Collect", source=("raised",), to="collected", main=True,
             by=("group_leader", "branch_committee"), needs=("group", "meeting")),
        Move(code="adopt", label="支委会采纳", en="Adopt", source=("collected", "later"), to="doing", main=True, reason=True,
             by=("branch_committee",), needs=("committee", "finish_by"), assigns=("doer",), apart=("raise",)),
        Move(code="put_off", label="暂缓", en="Put off", source=("collected",), to="later", reason=True,
             by=("branch_committee",), asks=("committee",), apart=("raise",)),
        Move(code="decline", label="不采纳", en="Decline", source=("raised", "collected", "later"), to="declined", reason=True,
             by=("branch_committee",), asks=("committee",), apart=("raise",)),
        Move(code="finish", label="实施完成", en="Report done", source=("doing",), to="checking", main=True, by=("doer",),
             needs=("result",)),
        Move(code="verify", label="验收，报财务核实", en="Verify", source=("checking",), to="counting", main=True,
             by=("branch_committee", "workshop_head", "technician"), asks=tuple(code for code, _, _ in RATING),
             apart=("raise",), checks=(Check(code="within", holds=within),)),
        Move(code="verify_plain", label="验收，不计金额", en="Verify without money", source=("checking",), to="done", reason=True,
             by=("branch_committee", "workshop_head", "technician"), asks=tuple(code for code, _, _ in RATING),
             apart=("raise",), checks=(Check(code="within", holds=within),)),
        Move(code="back", label="退回", en="Send back", source=("checking",), to="doing", reason=True,
             by=("branch_committee", "workshop_head", "technician")),
        Move(code="confirm", label="核实金额", en="Confirm money", source=("counting",), to="done", main=True, by=("finance",),
             needs=("verified",), apart=("raise", "verify")),
        Move(code="reward", label="登记奖励", en="Record reward", source=("done",), to="rewarded", main=True,
             by=("branch_committee", "union", "party_office"), needs=("reward",), apart=("raise",)),
        Move(code="withdraw", label="撤回", en="Withdraw", source=("raised", "collected", "later"), to="withdrawn", reason=True,
             by=(RAISER,)),
    ),
    rows=(
        Rows(code="adoption", label="推广应用", en="Adoptions elsewhere", fields=("adopter", "adopted_on", "effect", "gain"),
             needs=("adopter", "adopted_on"), by=("branch_committee", "workshop_head", "party_office"), states=("done", "rewarded")),
    ),
    ladder=ladder("doer", first="branch_committee", second="party_office"),
    clocks=(Clock(code="implemented", label="采纳后按期实施", en="Carried out on time", states=("doing",), fact="idea", item="D6",
                  passed=True),),
    figures=(Figure(code="beyond", label="核实比预计", en="Verified less forecast", unit="元",
                    of=lambda case: difference(case, "verified", "forecast")),),
    benefit=Benefit(move="confirm", plus=("verified",)),
    ledger=(
        Column("编号", "number"), Column("提出日期", "raised_on"), Column("单位", "place"), Column("提出人", "raised_by"), Column("建议内容", "title"),
        Column("征集的党小组", "group"), Column("预计效益", "forecast"), Column("支委会", "committee"), Column("实施党员", "party:doer"),
        Column("完成期限", "finish_by"), Column("状态", "state"), Column("核实效益", "verified"), Column("奖励", "reward"),
        Column("推广应用", "rows:adoption"), Column("办结日期", "closed_on"),
    ),
)  # fmt: skip
