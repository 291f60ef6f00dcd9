"""The two trees and their map; persons only for those whose pages show them."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from ronglu.config import clock
from ronglu.web.api.auth import scope_for
from ronglu.web.api.errors import ANSWERS, not_found
from ronglu.web.api.schemas import PLAIN, PLANT, Day, LinkOut, OrganisationOut, PeoplePage, PersonOut, PlaceOut
from ronglu.work.queries import served

router = Router(tags=["组织"])


@router.get("", response={200: OrganisationOut, **ANSWERS}, operation_id="getOrganisation", summary="两棵树与对应")
def get_organisation(
    request: HttpRequest, plant: PLANT = "", on: Annotated[Day | None, Query(description="哪一天；不给就是今天")] = None
) -> OrganisationOut:
    """当天的生产单位、党组织和它们的对应，不含个人。"""
    scope = scope_for(request, "org:read", "org.see")
    where = served.plant(scope=scope, code=plant, verb="org.see")
    if where is None:
        raise not_found("厂", "query.plant")
    day = on or clock.today()
    found = served.organisation(plant=where, on=day)
    return OrganisationOut(
        plant=where.code,
        on=day,
        units=[_place(one) for one in found.units],
        bodies=[_place(one) for one in found.bodies],
        links=[LinkOut(body=body, unit=unit) for body, unit in found.links],
    )


@router.get("/people", response={200: PeoplePage, **ANSWERS}, operation_id="listPeople", summary="范围内的人员")
def list_people(
    request: HttpRequest,
    plant: PLANT = "",
    after: Annotated[str, Field(max_length=40, pattern=PLAIN)] = "",
    limit: Annotated[int, Field(ge=1, le=1000)] = 200,
) -> PeoplePage:
    """只有工号、姓名、单位；集团没有这项权限。"""
    scope = scope_for(request, "org:read", "people.see")
    where = served.plant(scope=scope, code=plant, verb="people.see")
    if where is None:
        raise not_found("厂", "query.plant")
    rows = served.people(scope=scope, plant=where, after=after, limit=limit + 1)
    items = [PersonOut(staff_no=person.staff_no, name=person.name, unit=unit) for person, unit in rows[:limit]]
    return PeoplePage(items=items, next=items[-1].staff_no if len(rows) > limit else None)


def _place(one: served.Place) -> PlaceOut:
    return PlaceOut(code=one.code, name=one.name, kind=one.kind, parent=one.parent)
