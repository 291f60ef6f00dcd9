"""The red list for everybody to read: what may never score, by which clause, and what to use instead."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.kernel.rules.linter import REFUSED, Clause, Entry, Evidence
from ronglu.web.access import page
from ronglu.web.sheet.rules import redlist


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: those that may score, and those that never do."""

    evidence: Evidence
    refused: bool


@page(verb="rules.see")
def red_list(request: HttpRequest) -> HttpResponse:
    red = redlist()
    entries: list[tuple[Entry, tuple[Clause, ...]]] = [(entry, red.cite(entry.clauses)) for entry in red.entries]
    context = {
        "lines": entries,
        "clauses": red.clauses.values(),
        "kinds": [Kind(one, one in REFUSED) for one in Evidence],
    }
    return render(request, "sheet/redlist.html", context)
