"""Tiers, titles and the model office in the browser: who holds what, what is on its way, what the conditions say. No ranking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.web.access import page, scope_of_request
from ronglu.web.standards.frame import SEE, bar
from ronglu.web.where import Here, here, year_asked
from ronglu.work.queries import honours as queries
from ronglu.work.queries import model_offices
from ronglu.work.queries.places import Places


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    pack, places = pack_of(where.plant.code), Places(where.plant, where.on)
    rows = rows_of(where, places)
    rules, year = pack.standing.honour, str(where.on.year)
    context = {
        "bar": bar(request, where, "honours"),
        "rows": rows,
        "tiers": [(tier, _free(tier.quota, tier.code, "tier", year, rows)) for tier in rules.tiers.values()],
        "titles": [(title, _free(title.places, title.code, "title", year, rows)) for title in rules.titles.values()],
        "running": [(case, wanted, state, places.body_name(case.body_id)) for case, wanted, state in queries.running(plant=where.plant, loops=pack.loops)],
        "year": year,
        "note": rules.note,
        "new": [(pack.loops[code], reverse("case_new", args=[code])) for code in queries.HELD] if scope.has("cases.act") else [],
        "tail": where.tail,
    }  # fmt: skip
    return render(request, "standards/honours.html", context)


@page(verb=SEE)
def offices(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    year = year_asked(request, where)
    told = model_offices.rated(plant=where.plant, year=year)
    context = {
        "bar": bar(request, where, "model_offices"),
        "told": told,
        "years": [(str(y), str(y)) for y in range(where.on.year, where.on.year - 3, -1)],
        "tail": where.tail,
    }
    return render(request, "standards/offices.html", context)


def rows_of(where: Here, places: Places) -> list[tuple[str, str, queries.Honour]]:
    """Name and code of the branch, and what it holds, the newest year first."""
    held = queries.held(plant=where.plant, on=where.on, loops=pack_of(where.plant.code).loops)
    rows = [(places.body_name(body), places.body_codes[body], one) for body, mine in held.items() for one in mine]
    return sorted(rows, key=lambda row: (row[2].year, row[2].loop, row[0]), reverse=True)


def _free(
    places: int | None, code: str, loop: str, year: str, rows: list[tuple[str, str, queries.Honour]]
) -> tuple[int, int | None]:
    """How many hold it this year, and how many places are left."""
    n = sum(one.code == code and one.loop == loop and one.year == year for _name, _code, one in rows)
    return n, None if places is None else max(0, places - n)
