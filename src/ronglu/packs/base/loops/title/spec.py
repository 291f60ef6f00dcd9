"""Titles of a year (红旗党支部, stars, 模范机关): nominated where the declared conditions hold, decided, five days public, taken back."""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Check, Column, Loop, Move, Outside, Phase, Raise, State
from ronglu.packs.base.loops.common import ABOVE, PARTY
from ronglu.packs.base.loops.honours import TITLE, YEAR, a_year, deserved, title_free
from ronglu.packs.base.loops.periods import PUBLIC, STAGE, WORKED, ladder

COMMITTEE = ("plant_committee",)

LOOP = Loop(
    code="title",
    version=1,
    label="支部称号",
    en="Branch title",
    prefix="CH",
    icon="shield",
    source="S2-18, S1-55, S3-40",
    status="D",
    fields=(
        YEAR,
        TITLE,
        Field(code="ground", label="事迹和依据", en="Ground", kind=Kind.LONG, help="写核实过的结果；获奖、批示、发稿不作依据"),
        Field(code="checked", label="资格审核意见", en="Eligibility", kind=Kind.LONG),
        Field(code="meeting", label="党委会", en="Committee meeting", help="会议日期和决定"),
        Field(code="objection", label="公示异议", en="Objection", kind=Kind.LONG),
        Field(code="document", label="撤销依据", en="Ground of revoking", help="否决月份、文件或会议"),
        STAGE,
    ),
    raising=Raise(by=(*PARTY, "party_office"), to="nominated", needs=("year", "title", "ground"), place="body",
                  checks=(Check(code="year", holds=a_year),)),
    states=(
        State(code="nominated", label="资格审核", en="Eligibility", phase=Phase.OPEN, due=Due(5), turn=("party_office",)),
        State(code="deciding", label="党委研究", en="Committee", phase=Phase.VERIFYING, due=Due(10), turn=COMMITTEE),
        State(code="publicity", label="公示", en="Publicity", phase=Phase.VERIFYING, due=Due(5), turn=("party_office",), at_due="award"),
        State(code="awarded", label="已授予", en="Awarded", phase=Phase.CLOSED),
        State(code="dropped", label="没有授予", en="Not awarded", phase=Phase.DROPPED),
        State(code="revoked", label="已撤销", en="Revoked", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="support", label="符合条件，提交党委", en="Support", source=("nominated",), to="deciding", main=True, by=("party_office",),
             asks=("checked",), apart=("raise",), sets=WORKED),
        Move(code="decide", label="同意授予，公示", en="Decide", source=("deciding",), to="publicity", main=True, by=COMMITTEE,
             needs=("meeting",), apart=("raise", "support"), sets=PUBLIC),
        Move(code="reconsider", label="公示有异议，重新研究", en="Reconsider", source=("publicity",), to="deciding", by=ABOVE,
             needs=("objection",), sets=WORKED),
        Move(code="award", label="公示期满，授予", en="Publicity over", source=("publicity",), to="awarded", by=(SYSTEM,)),
        Move(code="drop", label="不予授予", en="Decline", source=("nominated", "deciding"), to="dropped", by=ABOVE, reason=True),
        Move(code="revoke", label="撤销称号", en="Revoke", source=("awarded",), to="revoked", by=COMMITTEE, needs=("document",), reason=True),
    ),
    outside=(
        Outside(code="deserved", moves=("support", "decide"), fact="year", holds=deserved),
        Outside(code="places", moves=("decide",), fact="held", field="title", period="year", states=("publicity", "awarded"), holds=title_free),
    ),
    ladder=ladder("party_office", "plant_committee"),
    published=("publicity", "awarded"),
    ledger=(
        Column("编号", "number"), Column("年度", "year"), Column("支部", "place"), Column("称号", "title"), Column("事迹和依据", "ground"),
        Column("资格审核意见", "checked"), Column("党委会", "meeting"), Column("公示异议", "objection"), Column("状态", "state"),
        Column("授予日期", "closed_on"), Column("撤销依据", "document"),
    ),
)  # fmt: skip
