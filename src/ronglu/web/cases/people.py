"""Colleagues by number, name or pinyin while one types: a fragment under the field, for those who may act on cases."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.web.access import asked, page
from ronglu.web.cases.frame import ACT
from ronglu.web.cases.inputs import BETWEEN
from ronglu.web.where import here
from ronglu.work.queries import case_ground
from ronglu.work.queries.places import called

BOX = re.compile(r"[\w-]{1,80}", re.ASCII)


@page(verb=ACT)
def like(request: HttpRequest) -> HttpResponse:
    """The last word typed is looked up; those before it are named, so that one sees whom the numbers mean."""
    where, box = here(request, ACT), asked(request, "for")
    typed = asked(request, asked(request, "name"), 400) if asked(request, "name") else asked(request, "q")
    words = [word for word in BETWEEN.split(typed) if word]
    before = [person for word in words[:-1] for person in called(where.plant, word)[:1]]
    found = case_ground.like(where.plant, words[-1]) if words else []
    head = "，".join(one.staff_no for one in before)
    context = {
        "box": box if BOX.fullmatch(box) else "",
        "before": before,
        "found": [(f"{head}，{one.staff_no}" if head else one.staff_no, one) for one in found],
    }
    return render(request, "cases/parts/people.html", context)
