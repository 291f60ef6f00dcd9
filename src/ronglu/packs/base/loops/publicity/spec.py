"""先锋宣传: a text goes out only with the consent of each person named in it, and comes down the moment one of them takes it back.

Nothing of it is counted anywhere: neither drafts nor what was published gives points to anybody.
"""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import RAISER, Check, Column, Loop, Move, Party, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import PARTY, ladder

REVIEWERS = ("party_office",)


def all_agreed(case: CaseView) -> str:
    """Each for himself: silence is no consent, and one who said no is taken out of the text first."""
    said = {line.added_by: line.data.get("agreed") for line in case.lines("consent")}
    named = case.parties.get("named", frozenset())
    refused = [one for one in named if said.get(one) == "no"]
    if refused:
        return f"有 {len(refused)} 人不同意：把他从文中去掉，另起一篇"
    left = [one for one in named if one not in said]
    return f"还有 {len(left)} 人没有答复" if left else ""


LOOP = Loop(
    code="publicity",
    version=1,
    label="先锋宣传",
    en="Publicity",
    prefix="XC",
    icon="comment",
    source="S3-25; 07 §7.7 R3",
    status="D",
    fields=(
        Field(code="headline", label="题目", en="Headline"),
        Field(code="text", label="正文", en="Text", kind=Kind.LONG, help="征求同意以后不能再改；要改就另起一篇"),
        Field(code="where", label="登在哪里", en="Where", kind=Kind.CHOICE, choices=(
            Choice("board", "厂区专栏", "Notice board"), Choice("intranet", "内网", "Intranet"), Choice("outside", "厂外媒体", "Outside media"),
        )),
        Field(code="agreed", label="同意吗", en="Agreed", kind=Kind.CHOICE, choices=(
            Choice("yes", "同意", "Yes"), Choice("no", "不同意", "No"),
        )),
        Field(code="review", label="审稿意见", en="Review", kind=Kind.LONG),
        Field(code="place", label="登出处", en="Published at"),
    ),
    parties=(Party(code="named", label="文中人物", en="Persons named", many=True),),
    raising=Raise(by=(*PARTY, "group_leader", *REVIEWERS), to="drafted", needs=("headline", "text", "where"), place="body"),
    states=(
        State(code="drafted", label="写好", en="Drafted", phase=Phase.OPEN, due=Due(5), turn=(RAISER,)),
        State(code="consenting", label="征求本人同意", en="Consent", phase=Phase.OPEN, due=Due(5), turn=("named",)),
        State(code="reviewing", label="审稿", en="Review", phase=Phase.VERIFYING, due=Due(5), turn=REVIEWERS),
        State(code="published", label="已登出", en="Published", phase=Phase.CLOSED),
        State(code="withdrawn", label="本人收回，已撤下", en="Taken down", phase=Phase.DROPPED),
        State(code="dropped", label="没有登出", en="Not published", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="ask", label="送文中人物同意", en="Ask for consent", source=("drafted",), to="consenting", main=True,
             by=(RAISER, *PARTY), assigns=("named",)),
        Move(code="send", label="都已同意，送审", en="Send for review", source=("consenting",), to="reviewing", main=True,
             by=(RAISER, *PARTY), checks=(Check(code="agreed", holds=all_agreed),)),
        Move(code="publish", label="登出", en="Publish", source=("reviewing",), to="published", main=True, by=REVIEWERS,
             needs=("place",), asks=("review",), apart=("raise", "send", "named"), checks=(Check(code="agreed", holds=all_agreed),)),
        Move(code="withdraw", label="我收回同意", en="Withdraw consent", source=("consenting", "reviewing", "published"), to="withdrawn",
             by=("named",)),
        Move(code="drop", label="不登", en="Drop", source=("drafted", "consenting", "reviewing"), to="dropped", by=(RAISER, *PARTY, *REVIEWERS),
             reason=True),
    ),
    rows=(
        Rows(code="consent", label="本人答复", en="Consent", fields=("agreed",), needs=("agreed",), by=("named",),
             states=("consenting",), once=True),
    ),
    ladder=ladder("named", first="branch_committee", second="party_office"),
    published=("published",),
    withheld=("consent",),
    ledger=(
        Column("编号", "number"), Column("题目", "headline"), Column("支部", "place"), Column("文中人物", "party:named"),
        Column("本人答复", "rows:consent"), Column("登在哪里", "where"), Column("审稿意见", "review"), Column("状态", "state"),
        Column("登出日期", "closed_on"),
    ),
)  # fmt: skip
