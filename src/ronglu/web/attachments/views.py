"""Add files to a case and look at them: for those who may see the case, nobody else."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.attachments.door import files_of
from ronglu.web.attachments.serving import served
from ronglu.web.cases.show import case_here
from ronglu.work import attachments
from ronglu.work.queries import case_page


@page(verb="cases.see")
@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    row = attachments.one(pk=pk)
    if row is None:
        raise Http404("没有这个附件")
    _case, loop, _where = case_here(request, row.case_id)
    if not case_page.may_open(scope=scope_of_request(request), loop=loop, file=row):
        raise Http404("没有这个附件，或不在您的范围内")
    return served(row)


@page(verb="cases.see")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be let in is, what cannot is named; one bad file does not cost the others."""
    found, _loop, _where = case_here(request, pk)
    files, refused = files_of(request.FILES.getlist("files"), most=attachments.MOST)
    added = 0
    for one in files:
        try:
            attachments.attach(
                case=found, name=one.name, data=one.data, suffix=one.suffix, at=clock.now(), by=me(request)
            )
        except LoopTrouble as trouble:
            refused.append(str(trouble))
            break
        added += 1
    if added:
        messages.success(request, _("已添加 %d 个附件。") % added)
    elif not refused:
        refused.append(_("请先选择文件"))
    for why in refused:
        messages.error(request, why)
    return redirect(f"{reverse('case', args=[found.pk])}#files")
