"""旗帜党员 (S3-24): eligible, shortlisted by credited points, judged, voted for in secret, shown to all for five days, then named.

The shortlist and the count come from the system (work/flags); who is on the shortlist is for the committee, only the chosen are published.
"""

from decimal import Decimal

from ronglu.kernel.loops.due import Due, In, Rung
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import ANYONE, SYSTEM, Column, Loop, Move, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import has

OFFICE, JUDGES = ("party_office",), ("plant_committee",)

LOOP = Loop(
    code="flag_member",
    version=1,
    label="旗帜党员评选",
    en="Flag members",
    prefix="QZ",
    icon="history",
    board="flag_member",
    source="S3-24; 04 §4.5; 09 §9.3-20",
    status="D",
    home="place",
    fields=(
        Field(code="year", label="哪一年", en="Year", kind=Kind.NUMBER, least=Decimal(2000)),
        Field(code="seats", label="名额", en="Places", kind=Kind.NUMBER, unit="名", least=Decimal(1)),
        Field(code="opinion", label="评审意见", en="Opinion of the panel", kind=Kind.LONG),
        Field(code="poll", label="哪次投票", en="Which vote", kind=Kind.NUMBER, least=Decimal(1), help="测评与投票里的编号"),
        Field(code="why", label="凭什么", en="On which ground"),
    ),
    raising=Raise(by=OFFICE, to="eligibility", needs=("year", "seats"), place="body"),
    published=("publicity", "named"),
    withheld=("candidate", "remarks"),
    states=(
        State(code="eligibility", label="资格审查", en="Eligibility", phase=Phase.OPEN, due=Due(10), turn=OFFICE),
        State(code="panel", label="评审", en="Panel", phase=Phase.WORKING, due=Due(10), turn=JUDGES),
        State(code="voting", label="无记名投票", en="Secret vote", phase=Phase.WORKING, due=Due(15), turn=OFFICE),
        State(code="publicity", label="公示", en="Publicity", phase=Phase.VERIFYING, due=Due(5, In.DAYS), turn=OFFICE, at_due="settle"),
        State(code="checking", label="核查反映", en="Objection looked into", phase=Phase.VERIFYING, due=Due(5), turn=JUDGES),
        State(code="named", label="已评定", en="Named", phase=Phase.CLOSED),
        State(code="annulled", label="核查后取消", en="Annulled", phase=Phase.DROPPED),
        State(code="void", label="没有人当选", en="Nobody elected", phase=Phase.DROPPED),
        State(code="withdrawn", label="不再评选", en="Withdrawn", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="shortlist", label="入围名单报评审", en="To the panel", source=("eligibility",), to="panel", main=True, by=OFFICE,
             apart=("candidate",), checks=(has("candidate", "入围人"),)),
        Move(code="recommend", label="同意付投票", en="Put to the vote", source=("panel",), to="voting", main=True, by=JUDGES,
             needs=("opinion",), apart=("candidate",)),
        Move(code="back", label="退回资格审查", en="Send back", source=("panel",), to="eligibility", by=JUDGES, reason=True, apart=("candidate",)),
        Move(code="ballot", label="记下投票", en="Note the vote", source=("voting",), to="voting", by=OFFICE, needs=("poll",), apart=("candidate",)),
        Move(code="count", label="按票数公示", en="Publish the chosen", source=("voting",), to="publicity", main=True, by=OFFICE,
             apart=("candidate",), checks=(has("chosen", "当选人"),)),
        Move(code="none", label="没有人过半数", en="Nobody elected", source=("voting",), to="void", by=OFFICE, reason=True),
        Move(code="doubt", label="反映情况", en="Raise a doubt", source=("publicity",), to="checking", by=(ANYONE,), reason=True),
        Move(code="uphold", label="不影响，重新公示", en="Uphold", source=("checking",), to="publicity", main=True, by=JUDGES, reason=True,
             apart=("doubt", "chosen")),
        Move(code="annul", label="属实，取消", en="Annul", source=("checking",), to="annulled", by=JUDGES, reason=True,
             apart=("doubt", "chosen")),
        Move(code="settle", label="公示期满", en="Publicity over", source=("publicity",), to="named", by=(SYSTEM,)),
        Move(code="withdraw", label="不再评选", en="Withdraw", source=("eligibility", "panel", "voting"), to="withdrawn", by=OFFICE, reason=True),
    ),
    rows=(
        Rows(code="candidate", label="入围人", en="Shortlisted", fields=("why",), needs=("why",), by=(SYSTEM,), states=("eligibility",)),
        Rows(code="chosen", label="当选人", en="Chosen", fields=("why",), needs=("why",), by=(SYSTEM,), states=("voting",)),
    ),
    ladder=(
        Rung(days=0, tell=OFFICE, label="已到期", en="Due"),
        Rung(days=3, tell=JUDGES, label="超期三天，请督办", en="Three days overdue; please follow up"),
    ),
    ledger=(
        Column("编号", "number"), Column("发起日期", "raised_on"), Column("哪一年", "year"), Column("名额", "seats"),
        Column("评审意见", "opinion"), Column("当选人", "rows:chosen"), Column("状态", "state"), Column("评定日期", "closed_on"),
    ),
)  # fmt: skip
