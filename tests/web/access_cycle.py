"""Who may open the pages of the cycle and of reviewers: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.config import clock
from ronglu.store.models import Mission, Plant, Review, Reviewer
from tests.cast import Cast
from tests.web.access_rule import BESIDE, STAFF, Rule
from tests.web.scored import scored
from tests.work import judged, reviewed

GIVE, NAME, SEE, RUN = "marks.give", "marks.name", "sheet.see", "month.close"
# 高书记 judges; the party office names and sees how far it came
JUDGE, OFFICE = "高书记", "孙干事"


def _reviewer(cast: Cast, item: str = "C4") -> Reviewer:
    scored(cast)
    found = Reviewer.objects.filter(plant=cast.plant, item=item).first()
    return found or judged.named(cast, JUDGE, item=item)[0]


def _mark(cast: Cast) -> dict[str, Any]:
    _reviewer(cast)
    mission = Mission.objects.filter(team__code="TJ1").first() or judged.verified(cast, at=clock.now())
    return {"month": f"{clock.today():%Y-%m}", "item": "C4", "record": str(mission.pk)}


def _quarter(cast: Cast, item: str) -> dict[str, Any]:
    _reviewer(cast, item)
    return {"quarter" if item == "quarter" else "period": "2025-Q4", "body": "QL-B1"}


def _panel(cast: Cast) -> dict[str, Any]:
    _reviewer(cast, "quarter")
    return {}


def _case(cast: Cast) -> dict[str, Any]:
    found = Review.objects.filter(kind="monthly", body=cast.body["QL-B1"]).first()
    if found is None:
        plant = Plant.objects.get(pk=cast.plant.pk)
        if "review" not in plant.settings:
            reviewed.begun(cast, seated=False)
        reviewed.tended(cast, dt.date(2026, 4, 1))
        found = Review.objects.get(kind="monthly", body=cast.body["QL-B1"])
    return {"pk": found.case_id}


CYCLE: dict[str, Rule] = {
    "marks": Rule(GIVE),
    "mark": Rule(GIVE, kwargs=_mark, blind=STAFF - {JUDGE}),
    "quarter_marks": Rule(GIVE, kwargs=_panel, blind=STAFF - {JUDGE, OFFICE}),
    "quarter_mark": Rule(GIVE, kwargs=lambda cast: _quarter(cast, "quarter"), blind=STAFF - {JUDGE}),
    "practice_mark": Rule(GIVE, kwargs=lambda cast: _quarter(cast, "practice"), blind=STAFF - {JUDGE}),
    "reviewers": Rule(NAME),
    "reviewer_name": Rule(NAME),
    "reviewer_end": Rule(NAME, kwargs=lambda cast: {"pk": _reviewer(cast).pk}),
    "review": Rule(SEE),
    "review_xlsx": Rule(SEE),
    "marks_xlsx": Rule(GIVE),
    "quarter_xlsx": Rule(GIVE, kwargs=_panel, blind=STAFF - {JUDGE, OFFICE}),
    "review_begin": Rule(RUN, ok=405),
    "review_stop": Rule(RUN, ok=405),
    "review_calendar": Rule(SEE),
    "review_ics": Rule(SEE),
    "review_case": Rule(SEE, kwargs=_case, blind=BESIDE | {"郑师傅"}),
    "review_act": Rule("cases.act", ok=405, kwargs=lambda cast: {"pk": 1, "no": 1}),
}
