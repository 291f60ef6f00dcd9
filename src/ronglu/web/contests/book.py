"""A contest as a workbook or on paper: terms, table, days, what was left out and taken out; the workbook every input as well."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.contest import read
from ronglu.boards.contest.read import Halted, Table, Team
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.standing.contest import Terms
from ronglu.web.access import page
from ronglu.web.book import Sheet
from ronglu.web.contests.frame import SEE
from ronglu.web.contests.views import contest_here
from ronglu.web.formats import percent
from ronglu.web.papers import taken
from ronglu.web.words import named, pack_of, shift_word
from ronglu.work.queries.contests import Told
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import ContestResult

Known = Mapping[str, Indicator]


@page(verb=SEE)
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    contest, where = contest_here(request, pk)
    told, places = Told.of(contest), Places(where.plant, where.on)
    known, terms = pack_of(where.plant.code).indicators, told.terms
    state = named(contest.get_state_display())
    sheets = [_terms(terms, known, [(_("名称"), contest.title), (_("状态"), state)], places)]
    if told.result is not None:
        sheets += _told(told.result, terms, known)
        if request.GET.get("form") != "word":
            sheets.append(_inputs(told.result, terms, known))
    return taken(request, sheets, name=contest.title, organ=where.plant.name)


def _terms(terms: Terms, known: Known, begun: list[tuple[str, Any]], places: Places) -> Sheet:
    rows: list[tuple[str, Any]] = [
        *begun,
        (_("起止"), f"{terms.first} – {terms.last}"),
        (_("参赛队"), _("、").join(places.unit_name(team) for team in terms.teams)),
        *((_("指标和权重"), f"{_name(one.indicator, known)} {percent(one.percent)}") for one in terms.weights),
        *((_("校正因素"), _name(code, known)) for code in terms.covariates),
        (_("比自己过去的进步占 %"), terms.improvement * 100),
        (_("最少出勤班数"), terms.least),
        (_("申诉期（天）"), terms.appeal_days),
    ]
    return Sheet(_("办法"), [_("项目"), _("内容")], rows)


def _told(result: "ContestResult", terms: Terms, known: Known) -> list[Sheet]:
    table = read.table(result, terms, known)
    out: list[tuple[str, Any]] = [
        *table.out, *map(_halted, table.halted), (_("缺数的班"), table.unread), (_("差距超过多少才分先后 %"), table.noise), (_("偶然碰上的机会"), table.chance),
        (_("数据指纹"), result.digest), (_("第几次计算"), result.version), (_("缘由"), result.cause),
        *((_("已扣除"), named(one)) for one in table.covariates), *((_("未能扣除"), named(one)) for one in table.dropped),
    ]  # fmt: skip
    return [
        _places(table),
        _cells(table),
        _days(result, terms, known),
        Sheet(_("剔除和扣除"), [_("项目"), _("内容")], out),
    ]


def _halted(one: Halted) -> tuple[str, str]:
    return (
        f"{one.day} {shift_word(one.shift)} {one.team}",
        _("%(words)s：没有批准的计划停产，不剔除") % {"words": named(one.words)},
    )


def _places(table: Table) -> Sheet:
    heads = [
        _("名次"), _("队"), _("得分"), _("校正后与平均的差 %"), _("计入班数"), _("出勤班数"), _("达到计划 %"), _("比自己过去 %"), _("安全事件"),
    ]  # fmt: skip
    rows = [
        (one.places, one.name, one.points, one.effect, one.shifts, one.stood, _percent(one.level), _percent(one.better), one.events)
        for one in table.teams
    ]  # fmt: skip
    return Sheet(_("结果"), heads, rows)


def _cells(table: Table) -> Sheet:
    heads = [
        _("队"), _("指标"), _("单位"), _("值"), _("计划"), _("自己过去"), _("校正后的差"), _("95% 区间下限"), _("95% 区间上限"),
    ]  # fmt: skip
    return Sheet(_("逐项"), heads, [row for team in table.teams for row in _of_team(team)])


def _of_team(team: Team) -> list[tuple[Any, ...]]:
    return [
        (
            team.name, named(one.indicator), one.indicator.unit, one.value, one.plan, one.before,
            *((one.effect.value, one.effect.low, one.effect.high) if one.effect else (None, None, None)),
        )
        for one in team.cells
    ]  # fmt: skip


def _days(result: "ContestResult", terms: Terms, known: Known) -> Sheet:
    names = [_name(one.indicator, known) for one in terms.weights]
    rows = [(one.day, one.team, one.shifts, *one.values, one.points) for one in read.days(result, terms)]
    return Sheet(_("逐日"), [_("日期"), _("队"), _("计入班数"), *names, _("按计划得分")], rows)


def _inputs(result: "ContestResult", terms: Terms, known: Known) -> Sheet:
    """Every shift as it was kept: above and below each fraction bar, covariates, and why it was left out."""
    codes, names = [one.indicator for one in terms.weights], result.inputs["names"]
    heads = [_("日期"), _("班次"), _("队"), _("哪一段"), _("剔除")]
    heads += [f"{_name(code, known)} {part}" for code in codes for part in (_("分子"), _("分母"))]
    heads += [_name(code, known) for code in terms.covariates]
    kept = [(one, _("更早")) for one in result.inputs.get("history", ())]
    kept += [(one, _("过去") if one["past"] else _("竞赛")) for one in result.inputs["shifts"]]
    rows = [
        (
            one["day"], one["no"], names.get(str(one["team"]), ""), part, one["out"],
            *(_number(side) for code in codes for side in one["v"][code] or (None, None)),
            *(_number(one["x"][code]) for code in terms.covariates),
        )
        for one, part in kept
    ]  # fmt: skip
    return Sheet(_("所据数据"), heads, rows)


def _name(code: str, known: Known) -> str:
    return named(known[code]) if code in known else code


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100
