"""Who may open the pages of commitments, quarter points, self-inspections, duties of seats, help and talks: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.work import aid, commitments, inspections, seat_duties, wording
from tests.cast import AT, ON, Cast
from tests.web.access_rule import BESIDE, STAFF, Rule

BRANCH = {"code": "QL-B1"}


def _paper(cast: Cast) -> dict[str, Any]:
    row = cast.body["QL-B1"].commitments.first() or commitments.ask(
        body=cast.body["QL-B1"], people=[cast.person["王书记"]], kind="pledge", year=2026, due_on=dt.date(2026, 6, 30),
        by=cast.account["孙干事"], at=AT,
    )[0]  # fmt: skip
    return {"pk": row.pk, "deed": "sign"}


def _inspection(cast: Cast) -> int:
    row = cast.body["QL-B1"].inspections.first() or inspections.plan(
        body=cast.body["QL-B1"], title="物资领用", scope="领用和报废", due_on=ON, by=cast.account["王书记"], at=AT
    )
    return row.pk


def _duty(cast: Cast) -> int:
    row = cast.plant.seat_duties.filter(code="secretary-integrity").first()
    if row is None:
        seat_duties.adopt(
            plant=cast.plant, seeds=wording.declared().duties, on=dt.date(2026, 1, 1), by=cast.account["孙干事"], at=AT
        )
        row = cast.plant.seat_duties.get(code="secretary-integrity")
    return row.pk


def _reported(cast: Cast) -> dict[str, Any]:
    duty = cast.plant.seat_duties.model.objects.get(pk=_duty(cast))
    row = duty.reports.first()
    if row is None:
        row = seat_duties.report(
            duty=duty, body=cast.body["QL-B1"], period=Period.parse("2026-Q1"), words="停产检修", done_on=None,
            by=cast.account["王书记"], at=AT,
        )  # fmt: skip
    return {"pk": row.pk}


def _pair(cast: Cast) -> int:
    row = cast.plant.aid_pairs.first()
    if row is None:
        row = aid.propose(
            one=cast.person["李班长"], other=cast.person["吴师傅"], axis="life", by=cast.account["李班长"],
            scope=cast.scope("李班长"), at=AT,
        )  # fmt: skip
    return row.pk


RECORDERS = {"王书记", "马主任", "高书记", "邻厂书记"}
# for everybody but the two a pair does not exist, and for all but the signer a paper does not
NOT_THE_TWO = STAFF - {"李班长", "吴师傅"}
NOT_THE_SIGNER = STAFF - {"王书记"}

INTEGRITY: dict[str, Rule] = {
    "commitments": Rule("commitments.see"),
    "commitments_xlsx": Rule("commitments.see"),
    "commitment_ask": Rule("commitments.keep"),
    "commitment_deed": Rule("commitments.see", kwargs=_paper, blind=NOT_THE_SIGNER),
    "quarter_points": Rule("integrity.see"),
    "quarter_points_xlsx": Rule("integrity.see"),
    "quarter_point_look": Rule("integrity.look", kwargs=lambda cast: {"pk": 1}),
    "quarter_point_fill": Rule(
        "integrity.fill", kwargs=lambda cast: BRANCH | {"quarter": "2026-Q1", "point": "study"}, blind=BESIDE
    ),
    "inspections": Rule("integrity.see"),
    "inspection_new": Rule("integrity.fill"),
    "inspection": Rule("integrity.see", kwargs=lambda cast: {"pk": _inspection(cast)}, blind=BESIDE),
    "inspection_deed": Rule(
        "integrity.fill", kwargs=lambda cast: {"pk": _inspection(cast), "deed": "hold"}, blind=BESIDE
    ),
    "inspection_found": Rule("inspections.act", ok=404, kwargs=lambda cast: {"pk": _inspection(cast)}),
    "seat_duties": Rule("seat_duties.see"),
    "seat_year": Rule("seat_duties.see", kwargs=lambda cast: BRANCH | {"seat": "secretary"}, blind=BESIDE),
    "seat_year_xlsx": Rule("seat_duties.see", kwargs=lambda cast: BRANCH | {"seat": "secretary"}, blind=BESIDE),
    "seat_duty_list": Rule("seat_duties.edit"),
    "seat_duty_change": Rule("seat_duties.edit", kwargs=lambda cast: {"deed": "adopt"}),
    "seat_duty_end": Rule("seat_duties.edit", kwargs=lambda cast: {"pk": _duty(cast)}),
    "seat_duty_report": Rule(
        "seat_duties.report", kwargs=lambda cast: BRANCH | {"pk": _duty(cast), "period": "2026-Q1"}, blind=BESIDE
    ),
    "seat_duty_judge": Rule("seat_duties.judge", kwargs=_reported),
    "list_words": Rule("integrity.words"),
    "list_words_edit": Rule("integrity.words", kwargs=lambda cast: {"name": "points"}),
    "aid": Rule("aid.see"),
    "aid_new": Rule("aid.pair"),
    "aid_pair": Rule("aid.see", kwargs=lambda cast: {"pk": _pair(cast)}, blind=NOT_THE_TWO),
    "aid_deed": Rule("aid.see", kwargs=lambda cast: {"pk": _pair(cast), "deed": "agree"}, blind=NOT_THE_TWO),
    "talks": Rule("talks.see"),
    "talk_new": Rule("talks.record", kwargs=lambda cast: {"deed": "heart"}),
    # what one entered oneself, today
    "talk_withdraw": Rule("talks.record", kwargs=lambda cast: {"pk": 1}, blind=RECORDERS),
    "serving": Rule("serving.see"),
    "talks_xlsx": Rule("talks.see"),
    "serving_xlsx": Rule("serving.see"),
    "serving_new": Rule("serving.record"),
}
