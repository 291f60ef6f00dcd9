"""A zone with a label, a case with a file, a pact, a process link: what the table of addresses needs to name them."""

from typing import Any

from ronglu.store.models import Flow, Zone
from ronglu.work import attachments, cases
from tests.cast import AT, SINCE, Cast
from tests.work.loops_cast import LOOPS, report


def label(cast: Cast) -> dict[str, Any]:
    zone, _ = Zone.objects.get_or_create(
        token="scanned",
        defaults={
            "plant": cast.plant, "unit": cast.unit["QL-R1-甲"], "code": "Z9", "name": "包子车道口", "kind": "own",
            "from_on": SINCE,
        },
    )  # fmt: skip
    return {"token": zone.token}


def attached(cast: Cast) -> dict[str, Any]:
    """A picture at the hazard that 吴师傅 reported in 转炉甲班."""
    row = attachments.attach(
        case=report(cast).case, name="x.jpg", data=b"drawn", suffix=".jpg", at=AT, by=cast.account["吴师傅"]
    )
    return {"pk": row.pk}


def hazard(cast: Cast) -> dict[str, Any]:
    """The hazard that 吴师傅 reported in 转炉甲班."""
    return {"pk": report(cast).case.pk}


def flow(cast: Cast) -> dict[str, Any]:
    """The refiners hand their slag to the converters' workshop; who leads only one of them does not end it."""
    ends = {"source": cast.unit["QL-F1"], "target": cast.unit["QL-R"], "from_on": SINCE}
    return {"pk": Flow.objects.get_or_create(**ends, defaults={"plant": cast.plant, "what": "精炼渣"})[0].pk}


def pact(cast: Cast) -> dict[str, Any]:
    """An agreement that 王书记 drafted for his branch; it stands at no unit."""
    given = {"theme": "阳极板质量", "what": "共同改善", "until": "2026-12-31"}
    by, loop = cast.account["王书记"], LOOPS["pact"]
    made = cases.raise_case(
        loop=loop, plant=cast.plant, given=given, at=AT, by=by, scope=cast.scope("王书记"), body=cast.body["QL-B1"]
    )
    return {"pk": made.case.pk}
