"""Who may open the pages of stops, hand-overs and the cascade of plans: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Halt
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule

SEE, LOG, GIVE, TERMINAL = "handovers.see", "halts.log", "handovers.give", "kiosk.use"
# who works or answers somewhere else than at the converter line
NOT_AT_THE_LINE = BESIDE | {"冯主席", "郑师傅"}


def halt(cast: Cast) -> Halt:
    """A stop of the converter line that still runs; the same one when asked again."""
    found = Halt.objects.filter(unit=cast.unit["QL-R1"]).first()
    by = cast.account["李班长"]
    return found or Halt.objects.create(
        unit=cast.unit["QL-R1"], starts_at=AT, reason="mechanical", kind="unplanned", logged_by=by, logged_at=AT
    )


def _halt(cast: Cast) -> dict[str, Any]:
    return {"pk": halt(cast).pk}


def _line(cast: Cast) -> dict[str, Any]:
    return {"unit": cast.unit["QL-R1"].pk}


def _shift(cast: Cast) -> dict[str, Any]:
    return _line(cast) | {"day": "2026-03-09", "no": 1}


SHIFT: dict[str, Rule] = {
    "halts": Rule(SEE),
    "halts_export": Rule(SEE),
    "halt_new": Rule(LOG),
    "halt_end": Rule(LOG, kwargs=_halt, blind=BESIDE),
    "halt_correct": Rule(LOG, kwargs=_halt, blind=BESIDE),
    "halt_withdraw": Rule(LOG, ok=405, kwargs=lambda cast: {"pk": 1}),
    "handovers": Rule(SEE),
    "handovers_export": Rule(SEE),
    "handover_meeting": Rule(SEE),
    "handover_now": Rule(SEE, kwargs=_line, blind=NOT_AT_THE_LINE),
    "handover": Rule(SEE, kwargs=_shift, blind=NOT_AT_THE_LINE),
    "handover_take": Rule(GIVE, ok=405, kwargs=lambda cast: {"pk": 1}),
    "cascade": Rule("boards.see"),
    "cascade_export": Rule("boards.see"),
    "kiosk_shift": Rule(TERMINAL),
    "kiosk_give": Rule(TERMINAL),
    "kiosk_take": Rule(TERMINAL, ok=405, kwargs=lambda cast: {"pk": 1}),
    "kiosk_halt": Rule(TERMINAL),
    "kiosk_run_again": Rule(TERMINAL, ok=405, kwargs=lambda cast: {"pk": 1}),
}
