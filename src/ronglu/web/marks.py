"""The small marks of every page as plain functions: icon, state chip, score cell. Cheap enough for a thousand in a table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronglu.web.formats import decimal, num, percent_class


@dataclass(frozen=True, slots=True)
class State:
    """`weight` is the CSS word: good and plain have no box, watch an outline, alarm is solid, none dashed, data tinted."""

    label: str | Promise
    icon: str
    weight: str


# keys are the kernel's own words where it has them (09-13), so that a page passes a stored state through
STATES: dict[str, State] = {
    "good": State(_("达标"), "check", "good"),
    "on_track": State(_("在轨"), "check", "good"),
    "watch": State(_("关注"), "eye", "watch"),
    "behind": State(_("落后"), "eye", "watch"),
    "alarm": State(_("告警"), "alarm", "alarm"),
    "readings_missing": State(_("缺数"), "missing", "none"),
    "awaiting_review": State(_("待评"), "person", "none"),
    "verifying": State(_("待验收"), "person", "data"),
    "not_wired": State(_("未接入"), "unlink", "none"),
    "not_applicable": State(_("不适用"), "none", "plain"),
    "nothing": State(_("没有发生"), "minus", "plain"),
    "scored": State(_("已评"), "check", "plain"),
    "carried": State(_("沿用"), "carried", "data"),
    "imported": State(pgettext_lazy("状态", "导入"), "import", "data"),
    "ruled": State(pgettext_lazy("状态", "改判"), "scale", "data"),
    "forecast": State(_("预报"), "forecast", "none"),
    "audited": State(pgettext_lazy("状态", "审核"), "audited", "data"),
    "locked": State(pgettext_lazy("状态", "锁定"), "lock", "plain"),
    "superseded": State(_("已更正"), "history", "plain"),
    "ungraded": State(_("暂不评级"), "hourglass", "none"),
    "late": State(_("已迟"), "clock", "alarm"),
    # how a record counts in an item
    "kept": State(_("按期"), "check", "good"),
    "broken": State(_("未按期"), "clock", "alarm"),
    "lapsed": State(_("超期，提请否决"), "alarm", "alarm"),
    "confirmed": State(_("已确认"), "check", "plain"),
    "verified": State(_("已核实"), "check", "plain"),
    "waiting": State(_("等待"), "hourglass", "plain"),
    "running": State(_("进行中"), "loop", "data"),
    "done": State(_("完成"), "check", "good"),
    "failed": State(_("失败"), "alarm", "alarm"),
    "cancelled": State(_("已取消"), "x", "plain"),
}
ALIASES = {"missing": "readings_missing", "queued": "waiting"}


def icon(name: str, *, large: bool = False) -> SafeString:
    """Always beside a word, so it is silent to a reader."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        "i i-l" if large else "i",
        static("icons/sprite.svg"),
        name,
    )


def status(state: str, label: object = "") -> SafeString:
    """Chip of a state; `label` replaces the word (2 项告警), the weight stays. An unknown state shows itself, plainly."""
    found = STATES.get(ALIASES.get(state, state)) or State(state, "minus", "plain")
    return format_html(
        '<span class="st {}">{}<span>{}</span></span>', found.weight, icon(found.icon), label or found.label
    )


def score(
    state: str,
    *,
    points: Any = None,
    full: Any = None,
    source: str = "",
    url: str = "",
    here: bool = False,
    label: str = "",
) -> SafeString:
    """The inside of one cell of the month sheet. Lost share is a pale bar, filled when half is lost; `source` is 9 月 of a carried one.

    A cell without points shows its word: it is never 0.
    """
    got, most = decimal(points), decimal(full)
    name = ALIASES.get(state, state)
    extra, inner = _inside(name, got, most, source)
    cls = " ".join(c for c in ("score", extra, "here" if here else "") if c)
    if not url:
        return format_html('<span class="{}">{}</span>', cls, inner)
    return format_html(
        '<a class="{}" href="{}"{}>{}</a>', cls, url, format_html(' aria-label="{}"', label) if label else "", inner
    )


def _inside(state: str, got: Decimal | None, most: Decimal | None, source: str) -> tuple[str, SafeString]:
    if got is None:
        found = STATES.get(state) or STATES["readings_missing"]
        kind = {"readings_missing": "missing", "not_applicable": "off", "nothing": "off"}.get(state, "word")
        mark = "" if kind == "off" else icon(found.icon)
        return kind, format_html("{}<span>{}</span>", mark, found.label)
    lost = (most - got) / most * 2 if most else Decimal(0)
    kind = "full" if most is not None and got >= most else percent_class(lost)
    if state == "imported":
        kind += " imported"
    before = source or (STATES["imported"].label if state == "imported" else "")
    shown = format_html('<span class="from">{}</span>', before) if before else ""
    return kind, format_html("{}<span>{}</span>", shown, conditional_escape(num(got, 2)))
