"""Shows the components with invented numbers; asks no table."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.web.access import public
from ronglu.web.design import samples
from ronglu.web.marks import STATES


@public
def page(request: HttpRequest) -> HttpResponse:
    pager = Paginator(range(240), 20).get_page(request.GET.get("page", 6))
    return render(
        request,
        "design/page.html",
        {**samples.everything(), "states": STATES, "pager": pager, "form": samples.Sample()},
    )
