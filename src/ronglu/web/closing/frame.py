"""What the pages of a close share: doing a deed or saying why not, and the way back to the month."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ronglu.kernel.time.period import Period
from ronglu.web.sheet.frame import asked_for
from ronglu.work.adjustments import AdjustmentProblem
from ronglu.work.closings import Closed, ClosingProblem
from ronglu.work.rulings import RulingProblem

PROBLEMS = (Closed, ClosingProblem, AdjustmentProblem, RulingProblem)


def tried(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    """Does it; a refusal of the domain becomes the page's message."""
    try:
        deed()
    except PROBLEMS as problem:
        messages.error(request, str(problem))
        return False
    messages.success(request, said)
    return True


def back(request: HttpRequest, month: Period) -> HttpResponse:
    at = asked_for(request, month=month)
    return redirect(reverse("closing") + at.tail(month=month))
