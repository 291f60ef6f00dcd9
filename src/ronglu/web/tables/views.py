"""The empty workbook of a kind of table: its columns as the plant stands today, with lists of what may be filled in."""

from collections.abc import Callable
from io import BytesIO

from django.http import FileResponse, HttpRequest

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.exchange.template import write_template
from ronglu.web.access import page
from ronglu.web.where import here
from ronglu.work import rosters_in
from ronglu.work.imports_kinds import KINDS
from ronglu.work.tables import run

ROSTER = "roster"


def template_of(kind: str) -> Callable[..., FileResponse]:
    """The view of one kind, open to those who may import it."""
    verb = KINDS[kind].verb

    @page(verb=verb)
    def view(request: HttpRequest) -> FileResponse:
        plant, on = here(request, verb).plant, clock.today()
        if kind == ROSTER:
            table = rosters_in.template()
        else:
            table = run.declare(kind, plant=plant, pack=pack_of(plant.code), on=on)
        stream = BytesIO()
        write_template(table, stream)
        stream.seek(0)
        return FileResponse(stream, as_attachment=True, filename=f"{table.label}-{plant.name}.xlsx")

    return view
