"""What the pages of loops call phases, lines, acts, links and deadlines; everything else is called as the declaration calls it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from ronglu.kernel.loops.due import end_of, last_day
from ronglu.kernel.loops.engine import RAISED
from ronglu.kernel.loops.loop import ANYONE, HOLDER, OVER, RAISER, Column, Loop, Phase, State
from ronglu.web.words import named
from ronglu.work.case_links import ADDED, DROPPED
from ronglu.work.loops import CARRIED
from ronglu.work.reviews import FILLED
from ronglu.work.roles import roles

if TYPE_CHECKING:
    from ronglu.store.models import Case

PHASES: dict[str, str | Promise] = {
    Phase.OPEN: gettext_lazy("待处理"),
    Phase.WORKING: gettext_lazy("办理中"),
    Phase.VERIFYING: gettext_lazy("待验收"),
    Phase.CLOSED: gettext_lazy("已闭环"),
    Phase.DROPPED: gettext_lazy("不再办"),
}
# a phase as one of the marks every page knows (web/marks.py)
MARKS = {
    Phase.OPEN: "waiting", Phase.WORKING: "running", Phase.VERIFYING: "verifying", Phase.CLOSED: "done",
    Phase.DROPPED: "cancelled",
}  # fmt: skip
LINE_STATES: dict[str, str | Promise] = {
    "noted": gettext_lazy("已记"),
    "open": pgettext_lazy("状态", "待办"),
    "done": gettext_lazy("待验收"),
    "passed": gettext_lazy("已验收"),
    "dropped": gettext_lazy("已撤"),
}
LINE_MARKS = {"noted": "done", "open": "running", "done": "verifying", "passed": "done", "dropped": "cancelled"}
ACTS: dict[str, str | Promise] = {
    "add": gettext_lazy("新增"),
    "done": gettext_lazy("完成"),
    "pass": gettext_lazy("验收通过"),
    "return": gettext_lazy("退回"),
    "drop": gettext_lazy("撤销"),
}
LINKS: dict[str, str | Promise] = {
    "recurred": gettext_lazy("再次发生"),
    "merged": gettext_lazy("并入"),
    "similar": gettext_lazy("相似"),
    "adopted": gettext_lazy("采用自"),
    "follows": gettext_lazy("由此产生"),
    "from_recurred": gettext_lazy("前案"),
    "from_merged": gettext_lazy("并入本案"),
    "from_similar": gettext_lazy("相似"),
    "from_adopted": gettext_lazy("推广采用于"),
    "from_follows": gettext_lazy("来自"),
}
LINKED: dict[str, Promise] = {ADDED: gettext_lazy("关联"), DROPPED: gettext_lazy("解除关联")}
PEOPLE = {
    RAISER: gettext_lazy("提出人"),
    ANYONE: gettext_lazy("本厂任何人"),
    HOLDER: gettext_lazy("经办人"),
}


# what every case has, as the head of a ledger's column
FACTS: dict[str, Promise] = {
    "number": gettext_lazy("编号"),
    "raised_on": gettext_lazy("提出日期"),
    "raised_by": gettext_lazy("提出人"),
    "place": gettext_lazy("地点"),
    "title": gettext_lazy("题目"),
    "state": gettext_lazy("状态"),
    "closed_on": gettext_lazy("闭环日期"),
    "closed_by": gettext_lazy("验收人"),
}


@dataclass(frozen=True, slots=True)
class DueWords:
    """A deadline as people say it; `mark` is one of the page's marks, empty where nothing presses."""

    text: str
    day: dt.date
    mark: str = ""


def due_words(case: "Case", now: dt.datetime) -> DueWords | None:
    """None where nobody has to do anything: no deadline, or it is over and only waits for its look-back."""
    if case.due_at is None:
        return None
    if case.phase in OVER and case.due_at > now:
        return DueWords(_("等到"), last_day(case.due_at))
    return words_of_due(case.due_at, now)


def words_of_due(due_at: dt.datetime, now: dt.datetime) -> DueWords:
    day = last_day(due_at)
    left = (day - now.date()).days
    if due_at <= now:
        return DueWords(_("已迟 %d 天") % max(-left, 1) if left < 0 else _("今天已到期"), day, "late")
    if left == 0:
        at = "" if due_at == end_of(day) else f" {due_at:%H:%M}"
        return DueWords(_("今天到期") + at, day, "watch")
    return DueWords(_("还有 %d 天") % left, day, "watch" if left <= 3 else "")


def who(loop: Loop, word: str) -> str:
    """What a word of `by` or `turn` means to people: a party, a role, the raiser."""
    party = loop.party(word)
    return named(party or roles().roles.get(word) or str(PEOPLE.get(word, "")))


def holder_of(loop: Loop, case: "Case") -> str:
    """Whose turn it is: a person by name, else the role or party that may take it."""
    return case.holder.name if case.holder_id and case.holder else who(loop, case.turn)


def state_of(loop: Loop, code: str) -> State | None:
    """A state by its code, or the one that an earlier version's state became."""
    known = {state.code: state for state in loop.states}
    return known.get(code) or known.get(loop.carry.get(code, ""))


def state_word(loop: Loop, code: str) -> str:
    return named(state_of(loop, code) or code)


def head_word(loop: Loop, column: Column) -> str:
    """The heading of a ledger's column. The superior's wording is Chinese; elsewhere a column is called as what stands in it."""
    if get_language() != "en":
        return column.label
    kind, _colon, code = column.of.rpartition(":")
    find = {"": loop.field, "row": loop.field, "rows": loop.row, "party": loop.party, "figure": loop.figure}
    return named(FACTS.get(column.of) or find[kind](code) or column.label)


def move_word(loop: Loop, code: str, no: int | None = None) -> str:
    """A step as people call it: raised, a move, an act on a line (措施第 2 条：完成)."""
    if code == RAISED:
        return _("提出")
    if code == CARRIED:
        return _("声明换了新版，接续办理")
    if code == FILLED:
        return _("按最新记录更新预填")
    if code in LINKED:
        return str(LINKED[code])
    if (move := loop.move(code)) is not None:
        return named(move)
    kind, _dot, act = code.rpartition(".")
    rows = loop.row(kind)
    if rows is None or act not in ACTS:
        return code
    words = {"rows": named(rows), "no": no, "act": ACTS[act]}
    return _("%(rows)s第 %(no)s 条：%(act)s") % words if no is not None else f"{words['rows']} · {words['act']}"
