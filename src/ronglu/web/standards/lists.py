"""The crew sheet, one person's duty sheet, and tiers and titles as workbooks: what the page shows this reader."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.marks import STATES
from ronglu.web.papers import taken
from ronglu.web.standards.frame import SEE
from ronglu.web.standards.honours import rows_of
from ronglu.web.standards.scores import CREWS, DUTY, month_asked
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import assessed
from ronglu.work.queries import assessed as queries
from ronglu.work.queries import honours as honour_queries
from ronglu.work.queries.places import Places


@page(verb=CREWS)
def crews(request: HttpRequest) -> FileResponse:
    """A sheet for each line; crews in the order of their letters, never by score."""
    where = here(request, CREWS)
    month, run = month_asked(request, where, assessed.CREW)
    found = queries.crews(scope=scope_of_request(request), places=Places(where.plant, where.on), run=run) if run else []
    if not found:
        raise Http404("这个月还没有可以导出的横大班考核表，或不在您的范围内")
    name = _("%(plant)s-横大班考核表-%(month)s") % {"plant": where.plant.name, "month": month}
    return taken(request, [_line(one) for one in found], name=name, organ=where.plant.name)


@page(verb=DUTY)
def duty(request: HttpRequest, staff_no: str) -> FileResponse:
    """One person's month: no workbook puts one person's figure beside another's."""
    where = here(request, DUTY)
    person = queries.person_seen(scope=scope_of_request(request), plant=where.plant, staff_no=staff_no)
    month, _run = month_asked(request, where, assessed.DUTY)
    told = queries.own(plant=where.plant, person=person, month=month) if person else None
    if person is None or told is None:
        raise Http404("这个月没有这个人的履职得分，或不在您的范围内")
    items = [(named(one.item), one.item.rule, *_points(one), _ground(one)) for one in told.items]
    past = [(str(period), scaled_or_none(score, 2)) for period, score in told.past]
    sheets = [
        Sheet(_("各项"), [_("项"), _("规则"), _("满分"), _("得分"), _("依据")], items),
        Sheet(_("折算"), [_("月份"), _("折算")], past),
    ]
    return taken(request, sheets, name=f"{person.name}-{_('履职得分')}-{month}", organ=where.plant.name)


@page(verb=SEE)
def honours(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    pack, places = pack_of(where.plant.code), Places(where.plant, where.on)
    held = [(name, named(one), one.year, one.since, one.number) for name, _code, one in rows_of(where, places)]
    running = [
        (places.body_name(case.body_id), named(wanted), named(state), case.number)
        for case, wanted, state in honour_queries.running(plant=where.plant, loops=pack.loops)
    ]
    sheets = [
        Sheet(_("现在谁有"), [_("支部"), _("层级或称号"), _("年度"), _("自哪天"), _("事项")], held),
        Sheet(_("正在办的"), [_("支部"), _("申报"), _("办到哪一步"), _("事项")], running),
    ]
    name = f"{where.plant.name}-{_('层级与称号')}-{where.on}"
    return taken(request, sheets, name=name, organ=where.plant.name)


def _line(line: queries.Line) -> Sheet:
    items = line.crews[0].items
    heads = [
        _("班"),
        *(f"{named(one.item)}（{scaled_or_none(one.points, 2)}）" for one in items),
        _("折算"),
        _("上月"),
        _("与全线"),
    ]
    rows = [
        [
            one.name, *(_points(told)[1] for told in one.items), scaled_or_none(one.score, 2), scaled_or_none(one.before, 2),
            _level(one.level),
        ]
        for one in line.crews
    ]  # fmt: skip
    return Sheet(line.name, heads, rows)


def _level(level: str) -> str:
    return {"above": _("高于平均"), "level": _("持平"), "below": _("低于平均")}.get(level, "")


def _points(told: queries.Told) -> tuple[object, object]:
    """Full points, and points won: where nothing was scored the word of its state, never 0."""
    word = str(STATES[told.state].label)
    return scaled_or_none(told.points, 2), word if told.won is None else scaled_or_none(told.won, 2)


def _ground(told: queries.Told) -> str:
    return "；".join(_record(one) for one in told.records)


def _record(one: Mapping[str, Any]) -> str:
    text = f"{one['label']} {_('到期')} {one['due']} {STATES[one['state']].label}"
    return text + (
        _("，%(day)s 才办成，迟 %(n)d 个工作日") % {"day": one["done"], "n": one["late"]} if one["late"] else ""
    )
