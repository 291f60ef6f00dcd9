"""The sheets of the 台账 in words: their names and heads, and the cells as they are printed."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop

from ronglu.web.book import Sheet
from ronglu.web.words import named
from ronglu.work import guides
from ronglu.work.queries.inspection import Row

KNOWN = {
    "name": gettext_lazy("支部"), "above": gettext_lazy("上级党组织"), "groups": gettext_lazy("党小组"),
    "members": gettext_lazy("党员"), "lines": gettext_lazy("对应单位"), "term": gettext_lazy("任期届满"),
}  # fmt: skip
NAMES: Mapping[str, tuple[str, Sequence[str]]] = {
    "known": (noop("基本情况"), (noop("事项"), noop("内容"))),
    "duties": (noop("应开的会"), (noop("党组织"), noop("规则"), noop("情况"), noop("结论"), noop("理由"), noop("依据"))),
    "meetings": (noop("会议"), (
        noop("日期"), noop("党组织"), noop("类型"), noop("名称"), noop("地点"), noop("召集人"), noop("应到"), noop("实到"), noop("决议"),
        noop("说明"),
    )),
    "resolutions": (noop("决议落实"), (
        noop("会议日期"), noop("党组织"), noop("决议"), noop("责任人"), noop("期限"), noop("编号"), noop("办到哪里"), noop("办结日期"),
    )),
    "studied": (noop("学习传达"), (noop("日期"), noop("党组织"), noop("会议"), noop("文号"), noop("文件"), noop("到会"))),
    "relays": (noop("文件传达"), (
        noop("文号"), noop("文件"), noop("期限"), noop("首次传达"), noop("应传达"), noop("已传达"), noop("状态"),
    )),
    "cases": (noop("事项"), (noop("编号"), noop("闭环"), noop("题目"), noop("提出"), noop("状态"), noop("办结日期"))),
    "rounds": (noop("责任区巡查"), (noop("责任区"), noop("类别"), noop("应查"), noop("按期查"), noop("发现问题"))),
    "stages": (noop("重点任务与专题"), (noop("任务"), noop("环节"), noop("期限"), noop("完成日"), noop("完成情况"))),
    "talks": (noop("谈话"), (noop("日期"), noop("党组织"), noop("类型"), noop("哪些人之间"), noop("人数"))),
    "visits": (noop("联系服务与平台"), (noop("日期"), noop("联系谁"), noop("做了什么"), noop("谁"), noop("带回什么"))),
    "papers": (noop("责任书、承诺书"), (noop("哪一种"), noop("应签"), noop("已签"), noop("已核对"))),
    "integrity": (noop("五抓五促与自查"), (noop("类型"), noop("哪一项"), noop("情况"))),
    "findings": (noop("检查发现"), (noop("规则"), noop("情况"), noop("自"), noop("怎样消除"), noop("理由"))),
}  # fmt: skip
"""Code of a sheet → its name and heads."""


def told(found: Mapping[str, Sequence[Row]]) -> list[Sheet]:
    """All sheets the reader may see; one without rows is printed too, because an inspection asks for it."""
    return [_sheet(code, rows) for code, rows in found.items()]


def _sheet(code: str, rows: Sequence[Row]) -> Sheet:
    name, heads = NAMES[code]
    cells = CELLS.get(code, tuple)
    return Sheet(_(name), [_(head) for head in heads], [[_plain(cell) for cell in cells(row)] for row in rows])


def _known(row: Row) -> Row:
    key, value = row
    if key.startswith("seat:"):
        return named(key.removeprefix("seat:")), value
    if key == "members":
        whole, full, probationary = value
        return str(KNOWN[key]), _("%(n)d 名，其中正式党员 %(full)d 名，预备党员 %(probationary)d 名") % {
            "n": whole, "full": full, "probationary": probationary,
        }  # fmt: skip
    return str(KNOWN[key]), value or _("没有登记")


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


CELLS: Mapping[str, Callable[[Row], Row]] = {
    "known": _known,
    "meetings": _meeting,
    "studied": _studied,
    "cases": _case,
}


def kind_name(kind: str) -> str:
    guide = guides.declared().get(kind)
    return named(guide) if guide else kind


def _plain(cell: Any) -> Any:
    """Days as text, as the book is read on paper; words of ours by their name, what is not known stays empty."""
    if isinstance(cell, str):
        return named(cell)
    return str(cell) if isinstance(cell, dt.date) else "" if cell is None else cell
