"""Member points as workbooks: one's own year, and for the committee of a branch what it settled, in the order of names."""

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.web.access import me, page
from ronglu.web.book import Sheet
from ronglu.web.me.branch import VERIFY, branch_asked
from ronglu.web.me.views import SEE, mine_here
from ronglu.web.papers import taken
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work.queries import lifts as lift_queries
from ronglu.work.queries import points as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.kernel.standing.points import PointRules
    from ronglu.store.models import PointEntry


@page(verb=SEE)
@never_cache
def own(request: HttpRequest) -> FileResponse:
    where, _scope, person = mine_here(request)
    rules, year = pack_of(where.plant.code).standing.points, where.on.year
    shown, whole = queries.shown(queries.mine(me(request), year=year), rules=rules, year=year, on=where.on)
    heads = [_("什么事"), _("来源"), _("方面"), _("月份"), _("分值"), _("计入"), _("为什么少计"), _("状态"), _("理由")]
    rows = [
        (
            one.entry.label, named(one.source), named(one.dimension), _month(one.entry), scaled_or_none(one.entry.points_h, 2),
            scaled_or_none(one.credit.credited_h, 2), one.credit.why, named(one.entry.get_state_display()), one.entry.reason,
        )
        for one in shown
    ]  # fmt: skip
    sums = [
        (named(one), scaled_or_none(whole.by_dimension[one.code], 2), scaled_or_none(one.cap_h, 2))
        for one in rules.dimensions.values()
    ]
    sums.append((_("合计"), scaled_or_none(whole.total_h, 2), None))
    sheets = [Sheet(_("积分"), heads, rows), Sheet(_("各方面"), [_("方面"), _("计入"), _("最多")], sums)]
    name = _("%(staff_no)s-积分-%(year)d") % {"staff_no": person.staff_no, "year": year}
    return taken(request, sheets, name=name, organ=where.plant.name)


@page(verb=VERIFY)
@never_cache
def branch(request: HttpRequest) -> FileResponse:
    """By name, then by month; sums of persons stand nowhere, so that nobody is ranked by them."""
    where = here(request, VERIFY)
    body = branch_asked(request, lift_queries.branches(me(request), plant=where.plant, on=where.on))
    found = queries.entries_of(body, by=me(request), on=where.on)
    if found is None:
        raise Http404("个人积分只有本支部委员看得到")
    rules = pack_of(where.plant.code).standing.points
    heads = [_("姓名"), _("什么事"), _("来源"), _("月份"), _("分值"), _("状态"), _("理由")]
    rows = [_row(one, rules) for one in found.order_by("person__pinyin", "person__staff_no", "month", "pk")]
    name = Places(where.plant, where.on).body_name(body.pk)
    title = f"{name}-{_('党员积分')}-{where.on}"
    return taken(request, [Sheet(_("党员积分"), heads, rows)], name=title, organ=name)


def _row(one: "PointEntry", rules: "PointRules") -> list[object]:
    return [
        one.person.name, one.label, named(rules.sources[one.source]), _month(one), scaled_or_none(one.points_h, 2),
        named(one.get_state_display()), one.reason,
    ]  # fmt: skip


def _month(one: "PointEntry") -> str:
    return f"{one.month // 100}-{one.month % 100:02d}"
