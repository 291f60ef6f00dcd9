"""A 隐患统计通报 as tables and on official paper: what was counted, never counted again."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.kernel.time.period import Period
from ronglu.web.book import Sheet
from ronglu.work.bulletin_figures import COUNTS, GRADES

if TYPE_CHECKING:
    from ronglu.exchange.word.paper import Paper
    from ronglu.store.models import HazardBulletin


def tables(row: "HazardBulletin") -> list[Sheet]:
    """By grade, by workshop, and the 重大 ones under their number."""
    grades = {"major": _("重大"), "minor": _("一般"), "": _("尚未分级")}
    counts = {
        "before": _("期初未销号"),
        "found": _("本期发现"),
        "closed": _("本期销号"),
        "left": _("期末未销号"),
        "late": _("其中超期"),
    }
    figures = row.figures
    heads = [counts[name] for name in COUNTS]
    by_grade = [[grades[code], *(figures["total"][code][name] for name in COUNTS)] for code in GRADES]
    by_grade.append([_("合计"), *(_sum(figures["total"], name) for name in COUNTS)])
    by_place = [
        [one["place"] or _("车间以外"), *(_sum(one["counts"], name) for name in COUNTS)] for one in figures["rows"]
    ]
    majors = [
        [one["number"], dt.date.fromisoformat(one["found_on"]), one["closed_on"] or _("没有销号")]
        for one in figures["majors"]
    ]
    return [
        Sheet(_("按等级"), [_("等级"), *heads], by_grade),
        Sheet(_("按车间"), [_("单位"), *heads], by_place),
        Sheet(_("重大隐患"), [_("编号"), _("发现日期"), _("销号日期")], majors),
    ]


def share_of(row: "HazardBulletin") -> str:
    """整改率: of those found in the period, how many were closed by its end; both numbers stay to be seen."""
    closed, found = row.figures["rate"]
    said = _("本期发现 %(found)d 件，已销号 %(closed)d 件") % {"found": found, "closed": closed}
    return said if not found else _("%(said)s，整改率 %(rate)s%%") % {"said": said, "rate": _rate(closed, found)}


def paper_of(row: "HazardBulletin", *, name: str) -> "Paper":
    from ronglu.exchange.word.paper import Column, Paper, dated

    period, day = Period.parse(row.period), row.announced_on or row.until_on
    paper = Paper(_("%(name)s隐患统计通报") % {"name": name}, at=row.proposed_at)
    paper.under(_("（%(period)s，统计截至%(day)s）") % {"period": period.label, "day": dated(row.until_on)}).space()
    paper.text(share_of(row) + _("。"))
    for sheet in tables(row):
        paper.heading(sheet.name)
        lines = [list(line) for line in sheet.rows]
        if lines:
            wide = [Column(sheet.heads[0], 14), *(Column(head, 10, _side(sheet)) for head in sheet.heads[1:])]
            paper.table(wide, lines)
        else:
            paper.text(_("没有。"))
    paper.lines(
        [_("保密办理的隐患不统计在内。"), _("通报方式：%s") % row.get_place_display(), _("摘要：%s") % row.digest[:16]]
    )
    return paper.signed(name, day)


def _side(sheet: Sheet) -> str:
    return "left" if sheet.name == _("重大隐患") else "right"


def _sum(counts: dict[str, Any], name: str) -> int:
    return sum(int(counts[grade][name]) for grade in GRADES)


def _rate(closed: int, found: int) -> str:
    """To one decimal, half up, without floats."""
    tenths = (closed * 2000 + found) // (2 * found)
    return f"{tenths // 10}.{tenths % 10}"
