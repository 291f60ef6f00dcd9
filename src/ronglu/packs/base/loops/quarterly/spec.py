"""季点评: the leader says what shines, what lacks, what to do and what comes next; the branch turns each advice into an action,
and a quarter later somebody looks whether it held. No number stands in it.
"""

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import SYSTEM, Column, Loop, Move, Phase, Raise, Rows, State
from ronglu.packs.base.loops.common import each_done, each_passed, has
from ronglu.packs.base.loops.periods import PUBLIC, STAGE, WORKED, by_day, each_with, ladder

LEADER = ("plant_committee",)

LOOP = Loop(
    code="quarterly",
    version=1,
    label="季点评",
    en="Quarterly comment",
    prefix="JP",
    icon="comment",
    source="S3-20, S1-13, S1-46; 04 §4.7; 09 §9.3-18",
    status="D",
    board="review_case",
    fields=(
        Field(code="quarter", label="季度", en="Quarter"),
        Field(code="scores", label="本季各月", en="Months of the quarter", kind=Kind.LONG),
        Field(code="lost", label="失分最多的项", en="Points lost", kind=Kind.LONG),
        Field(code="earlier", label="上季建议的落实", en="What became of the last advice", kind=Kind.LONG),
        Field(code="bright", label="亮点", en="What shines", kind=Kind.LONG),
        Field(code="lacking", label="不足", en="What lacks", kind=Kind.LONG),
        Field(code="focus", label="下季重点", en="Focus of the next quarter", kind=Kind.LONG),
        Field(code="advice", label="建议", en="Advice", kind=Kind.LONG),
        Field(code="action", label="行动项", en="Action", help="这条建议转成的行动项编号，如 XD-2026-0012"),
        Field(code="said", label="支部回应", en="Answer of the branch", kind=Kind.LONG),
        Field(code="look", label="回头看情况", en="Look-back", kind=Kind.LONG),
        STAGE,
        by_day("comment_by", "点评截止", "Comment by"),
        by_day("acknowledge_by", "回应截止", "Answer by"),
        by_day("look_by", "回头看日期", "Look-back on"),
    ),
    raising=Raise(by=(SYSTEM,), to="writing", needs=("quarter",), asks=("scores", "lost", "earlier"), place="body"),
    states=(
        State(code="writing", label="点评", en="Comment", phase=Phase.WORKING, due=Due(10, by="comment_by"), turn=LEADER),
        State(code="answering", label="支部回应", en="Answer", phase=Phase.WORKING, due=Due(5, by="acknowledge_by"),
              turn=("branch_committee",)),
        State(code="following", label="落实", en="Follow-up", phase=Phase.WORKING, due=Due(60, by="look_by"),
              turn=("branch_committee",), at_due="look"),
        State(code="looking", label="回头看", en="Look-back", phase=Phase.VERIFYING, due=Due(10), turn=LEADER),
        State(code="closed", label="已闭环", en="Closed", phase=Phase.CLOSED),
    ),
    moves=(
        Move(code="send", label="送支部", en="Send to the branch", source=("writing",), to="answering", main=True, by=LEADER,
             needs=("bright", "lacking", "focus"), checks=(has("advice", "建议"),), sets=WORKED),
        Move(code="acknowledge", label="已转行动项，回应", en="Acknowledge", source=("answering",), to="following", main=True,
             by=("branch_committee",), needs=("said",),
             checks=(each_done("advice", "建议"), each_with("advice", "action", "建议还没有转成行动项")), sets=PUBLIC),
        Move(code="look", label="到期回头看", en="Look-back due", source=("following",), to="looking", by=(SYSTEM,)),
        Move(code="ask", label="已落实，请回头看", en="Ask for the look-back", source=("following",), to="looking", main=True,
             by=("branch_committee",)),
        Move(code="close", label="建议都已落实", en="It held", source=("looking",), to="closed", main=True,
             by=(*LEADER, "party_office"), needs=("look",), apart=("acknowledge",), checks=(each_passed("advice", "建议"),)),
        Move(code="again", label="没有落实，继续", en="Not yet", source=("looking",), to="following", by=LEADER,
             needs=("look", "look_by"), reason=True),
    ),
    rows=(
        Rows(code="advice", label="建议", en="Advice", fields=("advice", "action"), brings=("action",), needs=("advice",), by=LEADER,
             states=("writing", "answering", "following", "looking"), closes=True, passed_by=(*LEADER, "party_office")),
    ),
    ladder=ladder("branch_committee", "plant_committee"),
    ledger=(
        Column("编号", "number"), Column("季度", "quarter"), Column("支部", "place"), Column("亮点", "bright"),
        Column("不足", "lacking"), Column("建议", "rows:advice"), Column("下季重点", "focus"), Column("支部回应", "said"),
        Column("回头看", "look"), Column("状态", "state"), Column("闭环日期", "closed_on"),
    ),
)  # fmt: skip
