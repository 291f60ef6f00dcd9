"""The sheets of the 台账 in words: their names and heads, and the cells as they are printed."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from ronglu.web.book import Sheet
from ronglu.web.org.told import told as said_of
from ronglu.web.words import named
from ronglu.work import guides
from ronglu.work.queries.inspection import Row

KNOWN = {
    "name": gettext_lazy("支部"), "above": gettext_lazy("上级党组织"), "groups": gettext_lazy("党小组"),
    "members": gettext_lazy("党员"), "lines": gettext_lazy("对应单位"), "term": gettext_lazy("任期届满"),
}  # fmt: skip
NAMES: Mapping[str, tuple[str, Sequence[str]]] = {
    "known": (_("基本情况"), (_("事项"), _("内容"))),
    "duties": (_("应开的会"), (_("党组织"), _("规则"), _("情况"), _("结论"), _("理由"), _("依据"))),
    "meetings": (_("会议"), (
        _("日期"), _("党组织"), _("类型"), _("名称"), _("地点"), _("召集人"), _("应到"), _("到会"), _("决议"),
        _("说明"),
    )),
    "resolutions": (_("决议落实"), (
        _("会议日期"), _("党组织"), _("决议"), _("责任人"), _("期限"), _("编号"), _("办到哪里"), _("办结日期"),
    )),
    "studied": (_("学习传达"), (_("日期"), _("党组织"), _("会议"), _("文号"), _("文件"), _("到会"))),
    "relays": (_("文件传达"), (
        _("文号"), _("文件"), _("期限"), _("首次传达"), _("应传达"), _("已传达"), _("状态"),
    )),
    "cases": (_("事项"), (_("编号"), _("闭环"), _("题目"), _("提出"), _("状态"), _("办结日期"))),
    "rounds": (_("责任区巡查"), (_("责任区"), _("类别"), _("应查"), _("按期查"), _("发现问题"))),
    "stages": (_("重点任务与专题"), (_("任务"), _("环节"), _("期限"), _("完成日"), _("完成情况"))),
    "talks": (_("谈话"), (_("日期"), _("党组织"), _("类型"), _("哪些人之间"), _("人数"))),
    "visits": (_("联系服务与平台"), (_("日期"), _("联系谁"), _("做了什么"), _("谁"), _("带回什么"))),
    "papers": (_("责任书、承诺书"), (_("哪一种"), _("应签"), _("已签"), _("已核对"))),
    "integrity": (_("五抓五促与自查"), (_("类型"), _("哪一项"), _("情况"))),
    "findings": (_("检查发现"), (_("规则"), _("情况"), _("自"), _("怎样消除"), _("理由"))),
}  # fmt: skip
"""Code of a sheet → its name and heads."""


def told(found: Mapping[str, Sequence[Row]]) -> list[Sheet]:
    """All sheets the reader may see; one without rows is printed too, because an inspection asks for it."""
    return [_sheet(code, rows) for code, rows in found.items()]


def _sheet(code: str, rows: Sequence[Row]) -> Sheet:
    name, heads = NAMES[code]
    cells = CELLS.get(code, tuple)
    return Sheet(
        gettext(name), [gettext(head) for head in heads], [[_plain(cell) for cell in cells(row)] for row in rows]
    )


def _known(row: Row) -> Row:
    key, value = row
    if key.startswith("seat:"):
        return named(key.removeprefix("seat:")), value
    if key == "members":
        whole, full, probationary = value
        return str(KNOWN[key]), gettext("%(n)d 名，其中正式党员 %(full)d 名，预备党员 %(probationary)d 名") % {
            "n": whole, "full": full, "probationary": probationary,
        }  # fmt: skip
    return str(KNOWN[key]), value or gettext("没有登记")


def _meeting(row: Row) -> Row:
    starts, body, kind, title, *rest, _key = row
    name = kind_name(kind)
    return (f"{starts:%Y-%m-%d %H:%M}", body, name, "" if title == name else title, *rest)


def _studied(row: Row) -> Row:
    day, body, kind, *rest = row
    return (day, body, kind_name(kind), *rest)


def _case(row: Row) -> Row:
    number, loop, *rest = row
    return (number, named(loop), *rest)


def _duty(row: Row) -> Row:
    body, rule, detail, state, reason, source = row
    return (body, rule, said_of(detail), named(state), reason, said_of(source))


def _finding(row: Row) -> Row:
    rule, detail, opened_on, clear_by, reason = row
    return (rule, said_of(detail), opened_on, said_of(clear_by), reason)


CELLS: Mapping[str, Callable[[Row], Row]] = {
    "known": _known,
    "duties": _duty,
    "meetings": _meeting,
    "studied": _studied,
    "cases": _case,
    "findings": _finding,
}


def kind_name(kind: str) -> str:
    guide = guides.declared().get(kind)
    return named(guide) if guide else kind


def _plain(cell: Any) -> Any:
    """Days as text, as the book is read on paper; words of ours by their name, what is not known stays empty."""
    if isinstance(cell, str):
        return named(cell)
    return str(cell) if isinstance(cell, dt.date) else "" if cell is None else cell
