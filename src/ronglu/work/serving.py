"""三联系三服务: where a cadre went, what he served there and what he brought back; what has to be dealt with becomes a case."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Body, Person, Plant, ServeRecord, Unit
from ronglu.work import audits, cases, wording
from ronglu.work.scope import Scope

BRANCH, CREW = "branch", "crew"
LONGEST = 200


class BadServe(IntegrityTrouble):
    """联系服务不能这样登记。"""


@transaction.atomic
def record(
    *, plant: Plant, link: str, serves: Sequence[str], on: dt.date, by: Account, scope: Scope, at: dt.datetime,
    body: Body | None = None, unit: Unit | None = None, heard: str = "", opens: Loop | None = None,
) -> ServeRecord:  # fmt: skip
    """By who went there himself. `opens`: what he heard goes to the problem list in the same breath; no employee is named."""
    wording.known("links", link, what="联系谁")
    if by.person_id is None:
        raise BadServe("由去联系的人自己登记")
    if on > at.date():
        raise BadServe(f"{on} 还没有到，去过以后再记")
    _where(link, plant, body, unit)
    said = heard.strip()
    if len(said) > LONGEST:
        raise BadServe(f"带回什么最多 {LONGEST} 字，现有 {len(said)} 字")
    chosen = [code for code in wording.declared().codes("serves") if code in serves]
    case = None
    if opens is not None:
        if not said or unit is None:
            raise BadServe("开成问题，要写明带回什么，并选一个生产单位")
        given = {"what": said, "source": "site"}
        found = cases.raise_case(
            loop=opens, plant=plant, unit=unit, given=given, at=at, by=by, scope=scope, origin="serving"
        )  # fmt: skip
        case = found.joined or found.case
    row = ServeRecord.objects.create(
        plant=plant, person=Person.objects.get(pk=by.person_id), held_on=on, link=link, serves=chosen, body=body, unit=unit,
        heard=said, case=case, by=by, at=at,
    )  # fmt: skip
    detail = {"link": link, "on": str(on), "case": case.number if case else ""}
    audits.record(verb="serving.record", by=by, at=at, subject=row.person.staff_no, plant=plant, detail=detail)
    return row


def _where(link: str, plant: Plant, body: Body | None, unit: Unit | None) -> None:
    if link == BRANCH and body is None:
        raise BadServe("联系支部，请选哪个支部")
    if link != BRANCH and unit is None:
        raise BadServe("请选去的是哪个生产单位")
    if any(one is not None and one.plant_id != plant.pk for one in (body, unit)):
        raise BadServe("所选的党组织或单位不在本厂")
