"""Questions about how cases of a loop came about, for whoever looks after the process; a page, never a score."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.cases.frame import loop_here
from ronglu.web.cases.views import frame
from ronglu.work.queries.case_questions import questions

VERB = "cases.question"
SPAN = dt.timedelta(days=90)


@page(verb=VERB)
def page_of(request: HttpRequest, loop: str) -> HttpResponse:
    """Of the last three months."""
    found, where = loop_here(request, loop, VERB)
    last = clock.today()
    asked = questions(scope=scope_of_request(request), loop=found, first=last - SPAN, last=last)
    context = frame(request, found, where, "cases_questions") | {"questions": asked, "first": last - SPAN, "last": last}
    return render(request, "cases/questions.html", context)
