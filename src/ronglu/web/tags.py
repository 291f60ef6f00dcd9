"""The words that templates may use without loading anything: icon, status, score, the drawings, the menu."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe

from ronglu.web import charts, marks, menu
from ronglu.web.burden import stamp
from ronglu.web.formats import decimal as n  # attributes of components arrive as text, and as "" when left out

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's own field, and beside it when the form was opened: the burden meter counts how long filling in took."""
    found, request = CsrfTokenNode().render(context), context.get("request")
    if not found or request is None:
        return mark_safe(found)
    return format_html('{}<input type="hidden" name="{}" value="{}">', found, stamp.NAME, stamp.text_of(request))


@register.simple_tag
def icon(name: str, large: bool = False) -> SafeString:
    return marks.icon(name, large=bool(large))


@register.simple_tag
def status(state: str, label: object = "") -> SafeString:
    return marks.status(str(state), label)


@register.simple_tag
def score(
    state: str,
    points: Any = None,
    full: Any = None,
    source: str = "",
    url: str = "",
    here: bool = False,
    label: str = "",
) -> SafeString:
    return marks.score(str(state), points=points, full=full, source=source, url=url, here=here, label=label)


@register.simple_tag
def sparkline(
    values: Sequence[Any], plan: Any = None, band: Any = None, label: str = "", unit: str = "", slots: Any = None
) -> SafeString:
    return charts.sparkline(
        values or (), plan=n(plan), band=band or None, label=label, unit=unit, slots=int(slots) if slots else None
    ).svg


@register.simple_tag
def pace(done: Any, time: Any, big: bool = False) -> SafeString:
    return charts.pace(done=n(done), time=n(time) or 0, big=bool(big)).svg


@register.simple_tag
def deviation(
    value: Any, plan: Any = None, low: Any = None, high: Any = None, tolerance: Any = None, direction: str = "up"
) -> SafeString:
    return charts.deviation(
        n(value), plan=n(plan), low=n(low), high=n(high), tolerance=n(tolerance), direction=direction
    ).svg


@register.simple_tag
def coverage(days: Sequence[Sequence[Any]]) -> charts.Drawing:
    return charts.coverage(days)


@register.simple_tag
def waterfall(steps: Sequence[charts.Step], lines: Any = ()) -> charts.Drawing:
    return charts.waterfall(steps, lines=lines or ())


@register.simple_tag
def rule_curve(points: Any, marks: Any = (), x_label: str = "", y_label: str = "") -> charts.Drawing:
    return charts.rule_curve(points, marks=marks or (), x_label=x_label, y_label=y_label)


@register.simple_tag
def links(pairs: Sequence[tuple[int, int]], left: Sequence[Any], right: Sequence[Any]) -> SafeString:
    return charts.links(pairs, left=len(left), right=len(right)).svg


@register.simple_tag
def pair_rows(pairs: Sequence[tuple[int, int]], left: Sequence[Any], right: Sequence[Any]) -> list[tuple[str, str]]:
    """The table twin of `links`: labels instead of row numbers."""
    return [(_label(left[a]), _label(right[b])) for a, b in pairs]


def _label(node: Any) -> str:
    return str(node["label"] if isinstance(node, dict) else node.label)


@register.simple_tag
def plot_data(data: Any, name: str) -> SafeString:
    """The JSON block that chart.js reads; a data block needs no leave from the content policy."""
    return json_script(data, f"{name}-data")


@register.filter
def plot_rows(data: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    return [(label, [s["values"][i] for s in data["series"]]) for i, label in enumerate(data["labels"])]


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag(takes_context=True)
def menu_entries(context: Context) -> list[menu.Shown]:
    """Reads `roles` and `todo_count` that the frame's context offers; without a request (error pages) nothing."""
    request = context.get("request")
    if request is None:
        return []
    return menu.shown(
        request, roles=frozenset(context.get("roles") or ()), counts={"inbox": context.get("todo_count") or 0}
    )
