"""The list of questions, a question with its answer, registering one, and asking the worker to judge."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.effect import read
from ronglu.config import clock
from ronglu.kernel.measure.effect import EffectTrouble, better, digits
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.charts import effect as drawing
from ronglu.web.effects import saying, subjects
from ronglu.web.effects.forms import EffectForm
from ronglu.web.effects.subjects import REGISTER, SEE, Subject
from ronglu.web.formats import pct
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import effects as verbs
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Effect

SIZE = 30


@page(verb=SEE)
def effects(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    rows, (kind, key) = listed(request, where), subjects.named_in(request)
    pager = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {
        "where": where, "kind": kind, "subject": key, "page": pager, "rows": rows_of(pager.object_list, where),
        "words": [("", _("全部")), *((word, str(label)) for word, label in saying.WORDS.items())], "word": asked(request, "word"),
        "may_register": scope_of_request(request).has(REGISTER),
        "new": f"{reverse('effect_new')}{_query(where, **{kind: key})}",
        "export": f"{reverse('effects_xlsx')}{_query(where, **{kind: key}, word=asked(request, 'word'))}",
        "export_word": f"{reverse('effects_xlsx')}{_query(where, **{kind: key}, word=asked(request, 'word'), form='word')}",
        "floors": reverse("effect_floors") + where.tail,
        "crumbs": [(_("看板"), reverse("board")), (_("有没有成效"), "")],
    }  # fmt: skip
    return render(request, "effects/list.html", context)


@page(verb=SEE)
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    row = found_row(request, pk)
    scope, where = scope_of_request(request), here(request, SEE, of=row.plant)
    one, told, places = indicator_of(row), read.Told(row), Places(row.plant, clock.today())
    mark, says = saying.mark_of(row)
    lost = verbs.lost(row)
    context = {
        "where": where, "row": row, "lost": lost, "indicator": one, "place": places.unit_name(row.unit_id), "told": told, "mark": mark, "says": says,
        "last": row.until_on - read.ONE, "chosen": saying.when_chosen(row), "by": _who(row),
        "subject": subjects.behind(request, row), "floor": saying.floor(row, told.smallest, one) if one else "", "over": row.until_on <= clock.today(),
        "may_judge": scope.may(REGISTER, row.unit) is None and (row.state != "queued" or lost),
        "crumbs": [(_("看板"), reverse("board")), (_("有没有成效"), reverse("effects") + where.tail), (row.title, "")],
    }  # fmt: skip
    if row.state == "judged" and one is not None:
        context |= {
            "sentence": saying.sentence(told, one),
            "shown": _drawn(told, one),
            "how": saying.how(told, one) if told.reckoned else [],
        }
        if told.reckoned:
            context |= _reckoned(told, one, places)
    return render(request, "effects/effect.html", context)


@page(verb=REGISTER)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, REGISTER)
    places, scope = Places(where.plant, where.on), scope_of_request(request)
    mine = set(scope.units(REGISTER).filter(plant=where.plant).values_list("pk", flat=True))
    declared = pack_of(where.plant.code).indicators
    known = {code: one for code, one in declared.items() if one.direction is not Direction.INFO}
    subject = subjects.asked_for(request, where)
    form = EffectForm(
        request.POST or None,
        units=[choice for choice in places.units("plant", "workshop", "line", "crew") if choice[0] in mine],
        indicators=[(code, f"{named(one)} {code}") for code, one in known.items()],
        covariates=[(code, f"{named(one)} {code}") for code, one in declared.items()],
        lines=places.units("line"),
        initial=subject.start if subject else {"unit": asked(request, "unit"), "indicator": asked(request, "indicator")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        row = _registered(request, form, places, known, subject)
        if row is not None:
            messages.success(request, _("已登记。") if row.beforehand else _("已登记为事后选定。"))
            return redirect("effect", pk=row.pk)
    back = reverse("effects") + where.tail
    context = {
        "form": form, "back": back, "subject": subject,
        "crumbs": [(_("看板"), reverse("board")), (_("有没有成效"), back), (_("登记"), "")],
    }  # fmt: skip
    return render(request, "effects/new.html", context, status=422 if form.errors else 200)


@page(verb=REGISTER)
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    row = found_row(request, pk)
    require(request, REGISTER, row.unit)
    try:
        verbs.ask(effect=row, by=me(request), at=clock.now())
    except EffectTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("正在判，一两分钟以后刷新这一页。"))
    return redirect("effect", pk=pk)


def _registered(
    request: HttpRequest, form: EffectForm, places: Places, known: dict[str, Indicator], subject: Subject | None
) -> "Effect | None":
    given, where = form.cleaned_data, places.plant
    unit = places.unit(given["unit"])
    assert unit is not None
    require(request, REGISTER, unit)
    try:
        return verbs.register(
            unit=unit, indicator=known[given["indicator"]], title=given["title"], from_on=given["first"], until_on=form.until_on(),
            kind=subject.kind if subject else "plain", subject=subject.key if subject else "", usual=pack_of(where.code).base.effect,
            controls=[one for key in given["controls"] if (one := places.unit(key))], covariates=given["covariates"],
            weekday=given["weekday"], smallest=given["smallest"], by=me(request), at=clock.now(),
        )  # fmt: skip
    except (EffectTrouble, OrgTrouble) as trouble:
        form.add_error(None, str(trouble))
        return None


def listed(request: HttpRequest, where: Here) -> Any:
    rows = read.visible(plant=where.plant.pk, units=scope_of_request(request).units(SEE).filter(plant=where.plant))
    kind, key = subjects.named_in(request)
    if kind:
        rows = read.of_subject(rows, kind=kind, subject=key)
    if (word := asked(request, "word")) in saying.WORDS:
        rows = rows.filter(word=word)
    return rows


def rows_of(rows: Any, where: Here) -> list[dict[str, Any]]:
    places = Places(where.plant, clock.today())
    return [_row(row, places.unit_name(row.unit_id)) for row in rows]


def _row(row: "Effect", place: str) -> dict[str, Any]:
    one, (mark, says) = indicator_of(row), saying.mark_of(row)
    return {
        "row": row, "place": place, "origin": saying.origin(row), "indicator": named(one) if one else row.indicator, "mark": mark, "says": says,
        "last": row.until_on - read.ONE, "chosen": saying.when_chosen(row),
    }  # fmt: skip


def _drawn(told: read.Told, one: Indicator) -> Any:
    before_on = told.before_on if told.reckoned else told.row.from_on
    return drawing.window(
        told.days, from_on=told.row.from_on, until_on=told.row.until_on, before_on=before_on,
        means=told.means() if told.reckoned else (None, None), label=named(one), unit=one.unit, decimals=one.decimals,
    )  # fmt: skip


def _reckoned(told: read.Told, one: Indicator, places: Places) -> dict[str, Any]:
    effects_, real = [(found, clear) for _day, found, clear in told.placebo], told.ways[0].level
    return {
        "picture": drawing.placebos(
            effects_, real=real, better=better(one), share=told.rank.share, label=_("假想窗口"), unit=one.unit, decimals=digits(one),
        ),
        "bins": drawing.bins(effects_, real=real),
        "fine": digits(one) + 1,
        "ways": [
            (way, saying.WAYS[way.code], _("、").join(f"{places.unit_name(unit)} {pct(w, 0)}" for unit, w in way.weights))
            for way in told.ways
        ],
    }  # fmt: skip


def found_row(request: HttpRequest, pk: int) -> "Effect":
    scope = scope_of_request(request)
    plants = list(scope.plants(SEE).values_list("pk", flat=True))
    row = read.one(plants=plants, units=scope.units(SEE), pk=pk)
    if row is None:
        raise Http404("没有这一项，或不在您的范围内")
    return row


def _who(row: "Effect") -> str:
    person = row.registered_by.person
    return person.name if person else row.registered_by.label


def indicator_of(row: "Effect") -> Indicator | None:
    return pack_of(row.plant.code).indicators.get(row.indicator)


def _query(where: Here, **more: str) -> str:
    """The address's tail with what else is asked."""
    parts = [where.tail.lstrip("?"), *(f"{name}={value}" for name, value in more.items() if value)]
    said = "&".join(part for part in parts if part)
    return f"?{said}" if said else ""
