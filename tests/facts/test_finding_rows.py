"""B7's facts of a month: standing findings of the rules that cost it, by branch; what B1 charges for, hours and persons are not among them."""

import datetime as dt
from typing import Any

from ronglu.config.plant import packs
from ronglu.facts.basis import finding_rows
from ronglu.store.models import Finding
from tests.cast import SINCE, Cast, cast  # noqa: F401

MARCH_ENDS = dt.date(2026, 3, 31)


def found(cast: Cast, rule: str, part: str, body: str = "QL-B1", **more: Any) -> Finding:
    row = cast.body[body]
    rows = {"severity": "NORM", "opened_on": SINCE} | more
    return Finding.objects.create(
        plant=cast.plant, rule=rule, body=row, subject=f"body:{row.pk}:{part}".rstrip(":"), detail="…", **rows
    )


def test_b7_takes_the_organisation_and_what_can_be_put_right_and_nothing_that_is_charged_elsewhere(cast: Cast) -> None:
    found(cast, "R-ORG-08", "", body="QL-B1-甲", severity="MUST")
    found(cast, "R-LIFE-12", "2026-03-12:5", severity="MUST")
    found(cast, "R-LIFE-09", "excellent:2026-03-12:5")
    found(cast, "R-LIFE-09", "held:2025")
    found(cast, "R-LIFE-03", "2026-02", body="QL-B1-甲")
    found(cast, "R-LIFE-06", "held:2026-02", severity="MUST")
    found(cast, "R-LIFE-06", "drift:2026-02-09:3", severity="NOTE")
    found(cast, "R-LIFE-07", "2026-03-12:8", reason="紧急抢修，会后补议")
    Finding.objects.create(
        plant=cast.plant, rule="R-EDU-01", body=cast.body["QL-B1"], subject="person:7:2025", detail="…", severity="NORM",
        opened_on=SINCE,
    )  # fmt: skip
    rows = finding_rows(plant=cast.plant, book=packs().base.regulations, on=MARCH_ENDS)
    assert [row["record"].split()[0] for row in rows] == ["R-LIFE-09", "R-LIFE-12", "R-ORG-08"]
    assert {row["branch"] for row in rows} == {cast.body["QL-B1"].pk} and {row["item"] for row in rows} == {"B7"}


def test_what_was_cleared_by_the_end_of_the_month_is_not_among_them(cast: Cast) -> None:
    found(cast, "R-LIFE-12", "2026-03-12:5", severity="MUST", cleared_on=MARCH_ENDS)
    book = packs().base.regulations
    assert finding_rows(plant=cast.plant, book=book, on=MARCH_ENDS) == []
    assert len(finding_rows(plant=cast.plant, book=book, on=MARCH_ENDS - dt.timedelta(days=1))) == 1
