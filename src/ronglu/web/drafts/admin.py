"""What the plant's administrative performance scheme counts already, line by line, so that nothing is counted twice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.errors import RulesError
from ronglu.kernel.rules.load import readable
from ronglu.web.access import me, page
from ronglu.web.drafts import frame
from ronglu.web.drafts.forms import AdminForm
from ronglu.web.where import here
from ronglu.work import drafts as verbs
from ronglu.work.queries import drafts as queries


@page(verb=frame.EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, frame.EDIT)
    form = AdminForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.declare_admin(plant=where.plant, by=me(request), at=clock.now(), **form.cleaned_data)
        except RulesError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("已登记。草案的“一事两计”会把它算进去。"))
            return redirect(request.get_full_path())
    items = readable(pack_of(where.plant.code).sheet.declaration)
    context = {
        "here": where, "form": form, "rows": queries.admin_facts(where.plant, clock.today()),
        "facts": sorted({(item.fact, item.name) for item in items}),
        "crumbs": [(_("考核表草案"), reverse("drafts") + f"?plant={where.plant.code}"), (_("行政绩效已计的事实"), "")],
    }  # fmt: skip
    return render(request, "drafts/admin.html", context, status=422 if form.errors else 200)


@page(verb=frame.EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    where = here(request, frame.EDIT)
    row = queries.admin_fact(where.plant, pk)
    if row is None:
        raise Http404("没有这一条")
    verbs.end_admin(row=row, on=clock.today(), by=me(request), at=clock.now())
    messages.success(request, _("从今天起不再算。"))
    return redirect(reverse("draft_admin") + f"?plant={where.plant.code}")
