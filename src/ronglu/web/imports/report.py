"""The trial report as a page shows it: counts, what the file holds, problems worst first, questions with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ronglu.store.models import Import

ALIKE = 3  # questions of one kind beyond this are answered all at once
SEVERITIES: dict[str, tuple[Promise | str, str]] = {
    "error": (_("错误"), "alarm"),
    "question": (_("待定"), "watch"),
    "note": (_("提示"), "nothing"),
}
CHOICES: dict[str, Promise | str] = {
    "skip": _("不取"),
    "keep": _("保留"),
    "import": _("也读取"),
    "yes": _("是"),
    "no": _("不是，不读这一列"),
    "ymd": _("年月日"),
    "dmy": _("日在前"),
    "mdy": _("月在前"),
    "as_is": _("93 就是 93 %"),
    "fraction": _("0.93 是 93 %"),
    "format": _("按单元格格式"),
}
STATES: dict[str, tuple[str, Promise | str]] = {
    "uploaded": ("waiting", _("已上传")),
    "reading": ("running", _("试读中")),
    "checked": ("awaiting_review", _("已试读，待确认")),
    "refused": ("failed", _("已拒绝")),
    "writing": ("running", _("写入中")),
    "done": ("done", _("已入库")),
    "cancelled": ("cancelled", _("已取消")),
    "failed": ("failed", _("失败")),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing for the person to decide, or many of one kind together. `free`: any text is an answer."""

    key: str
    message: str
    where: str
    count: int
    choices: tuple[tuple[str, str], ...]
    answer: str
    must: bool
    free: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A problem with the place it was found in."""

    state: str
    word: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str


@dataclass(slots=True)
class _Group:
    first: Mapping[str, Any]
    keys: list[str] = field(default_factory=list)


def chip(imported: "Import") -> tuple[str, str]:
    """State and word of the chip; a trial reading with errors says so."""
    state, word = STATES[imported.state]
    if imported.state == "checked" and imported.counts.get("errors"):
        return "alarm", str(_("有错误待改"))
    if imported.state == "checked" and imported.counts.get("questions"):
        return "watch", str(_("有待定项"))
    return state, str(word)


def lines(problems: Sequence[Mapping[str, Any]], severity: str = "") -> list[Line]:
    """For the table; with a severity only those."""
    return [
        Line(
            SEVERITIES[p["severity"]][1], str(SEVERITIES[p["severity"]][0]), p["sheet"], p["row"], p["column"],
            p["value"], p["message"],
        )
        for p in problems
        if severity in ("", p["severity"])
    ]  # fmt: skip


def questions(problems: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> list[Question]:
    """Open questions first; notes that offer a choice (a hidden sheet) after them. What was cut off the list is answered
    with its kind, so each key is asked once.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in problems:
        if one["key"] and one["choices"]:
            groups.setdefault(one["code"], []).append(one)
    found = []
    for code, alike in groups.items():
        many = len(alike) > ALIKE and len({tuple(one["choices"]) for one in alike}) == 1
        found += [_question(alike[0], f"all:{code}", len(alike), answers)] if many else [
            _question(one, one["key"], 1, answers) for one in alike
        ]  # fmt: skip
    once: dict[str, Question] = {}
    for one in found:
        once.setdefault(one.key, one)
    return sorted(once.values(), key=lambda one: not one.must)


def _question(one: Mapping[str, Any], key: str, count: int, answers: Mapping[str, str]) -> Question:
    free = "*" in one["choices"]
    choices = tuple((choice, str(CHOICES.get(choice, choice))) for choice in one["choices"] if choice != "*")
    spot = one["cell"] or one["column"]
    where = " ".join(part for part in (one["sheet"], spot) if part)
    return Question(
        key, one["message"], where, count, choices, answers.get(key, ""), one["severity"] == "question", free
    )
