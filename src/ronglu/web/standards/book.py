"""五个一 of all branches as a workbook: how each stands and until when it counts."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config.plant import packs
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.papers import taken
from ronglu.web.standards.frame import CHIPS, SEE
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work.queries import standards as queries
from ronglu.work.queries.places import Places


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    where, declared = here(request, SEE), packs().base.standards
    found = queries.branches(scope=scope_of_request(request), places=Places(where.plant, where.on), standards=declared)
    heads = [_("支部")]
    for kind in declared.kinds.values():
        heads += [named(kind), _("有效到")]
    rows = [[one.name, *(cell for five in one.fives for cell in _cells(five)), one.valid] for one in found]
    name = _("%(plant)s-五个一-%(day)s") % {"plant": where.plant.name, "day": where.on}
    return taken(request, [Sheet(_("五个一"), [*heads, _("有效几样")], rows)], name=name, organ=where.plant.name)


def _cells(five: queries.Five) -> tuple[str, object]:
    return str(CHIPS[five.stand][1]), five.item.last_on if five.item and five.stand.counts else None
