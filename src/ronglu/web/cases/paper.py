"""A case on one sheet of paper (整改单): what it is, its lines, and room for signatures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.cases.frame import SEE, loops_of, place_of
from ronglu.web.cases.show import case_here, lines_told
from ronglu.web.cases.telling import Teller, parties_of, timeline
from ronglu.web.cases.words import due_words, state_word
from ronglu.work.queries import case_page
from ronglu.work.queries.places import Places


@page(verb=SEE)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found, loop, where = case_here(request, pk)
    now = clock.now()
    scope, places = scope_of_request(request), Places(found.plant, now.date())
    told = case_page.read(scope=scope, loops=loops_of(found.plant), loop=loop, case=found, on=now.date())
    teller = Teller(loop, told.names, places)
    context = {
        "here": where, "case": found, "loop": loop, "place": place_of(found, places), "state": state_word(loop, found.state),
        "due": due_words(found, now), "facts": teller.pairs(found.data), "parties": parties_of(teller, told),
        "kinds": [lines_told(loop, lines, teller) for lines in told.lines if lines.lines],
        "timeline": [one for one in timeline(teller, told) if not one.comment], "printed_at": now,
    }  # fmt: skip
    return render(request, "cases/paper.html", context)
