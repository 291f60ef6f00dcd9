"""The search page, and the few lines that drop down while one types."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.config.plant import pack_of, packs
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.links import address
from ronglu.work import search
from ronglu.work.search import Hit

# where a hit of each kind is looked at, once that page exists: its name, and the key or a query behind it
PAGES = {"case": "case", "person": "person", "unit": "unit", "body": "body", "indicator": "indicator"}
LISTS = {"case": "cases", "person": "people", "unit": "board", "body": "org", "indicator": "board"}
QUERY = {"case": "q", "person": "q", "unit": "unit", "body": "body", "indicator": "q"}


@page(verb="search")
def find(request: HttpRequest) -> HttpResponse:
    text = asked(request, "q", 40)
    drop = bool(request.headers.get("HX-Request"))
    found = search.find(
        scope=scope_of_request(request),
        text=text,
        indicators=_indicators(scope_of_request(request).plant_codes),
        loops=_loops(scope_of_request(request).plant_codes),
        limit=5 if drop else 30,
    )
    groups = [[(hit, _address(hit)) for hit in group] for group in found.groups]
    template = "search/drop.html" if drop else "search/page.html"
    return render(request, template, {"q": text, "groups": groups, "count": len(found)})


@cache
def _indicators(plants: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Code and name of what the reader's plants declare, each once."""
    declared = packs().plants
    found = {one.code: one.name for code in sorted(plants & set(declared)) for one in pack_of(code).indicators.values()}
    return tuple(sorted(found.items()))


@cache
def _loops(plants: frozenset[str]) -> dict[str, Loop]:
    """What the reader's plants close in loops."""
    return {code: loop for one in sorted(plants & set(packs().plants)) for code, loop in pack_of(one).loops.items()}


def _address(hit: Hit) -> str:
    if its_own := address(PAGES[hit.kind], hit.key):
        return its_own
    a_list = address(LISTS[hit.kind])
    return f"{a_list}?{QUERY[hit.kind]}={hit.key}" if a_list else ""
