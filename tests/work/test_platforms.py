"""Platforms: owner, rule, output and cadence, what each use brought, and which posts and categories nothing reaches."""

import datetime as dt

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.platform import PostKind
from ronglu.store.models import Platform, PlatformUse
from ronglu.work import platforms
from ronglu.work.queries import platforms as queries
from tests.cast import ON, Cast, cast  # noqa: F401
from tests.work.planned import FIRST, meeting, platform, said

pytestmark = pytest.mark.django_db


def used(
    cast: Cast, row: Platform, day: dt.date = ON, output: str = "渣含铜降下来了", body: str = "QL-B1"
) -> PlatformUse:
    return platforms.use(platform=row, body=cast.body[body], day=day, output=output, **said(cast, "王书记"))


@pytest.mark.covers("S1-25")
def test_the_registry_is_five_categories_of_twelve_platforms_with_owner_rule_and_output(cast: Cast) -> None:
    for code in packs().base.annual.platforms:
        platform(cast, code)
    rows = queries.registry(plant=cast.plant, year=2026, on=ON)
    assert len(rows) == 12 and {one.platform.category for one in rows} == set(packs().base.annual.categories)
    assert all(one.platform.owner and one.platform.rule and one.platform.output and one.platform.rhythm for one in rows)
    found = queries.coverage(rows, packs().base.annual.categories)
    assert found.bare == () and found.posts[PostKind.SERVICE] == 4
    with pytest.raises(AnnualTrouble, match="已经登记"):
        platform(cast, "project")


@pytest.mark.covers("S1-25")
def test_posts_that_nothing_reaches_are_told(cast: Cast) -> None:
    platform(cast)
    found = queries.coverage(queries.registry(plant=cast.plant, year=2026, on=ON), packs().base.annual.categories)
    assert found.bare == ("service", "skill", "safety", "measure", "quality")


@pytest.mark.covers("S1-25")
def test_a_use_says_what_came_out_and_ends_the_silence(cast: Cast) -> None:
    row = platform(cast)  # monthly, since January
    (before,) = queries.registry(plant=cast.plant, year=2026, on=ON)
    assert (before.silent, before.last, before.uses) == (True, None, 0)
    used(cast, row, dt.date(2026, 2, 27))
    used(cast, row, dt.date(2026, 3, 3), body="QL-B2")
    (after,) = queries.registry(plant=cast.plant, year=2026, on=ON)
    assert (after.silent, after.last, after.uses, after.bodies) == (False, dt.date(2026, 3, 3), 2, 2)


def test_a_meeting_held_on_it_says_the_rest(cast: Cast) -> None:
    row, held = platform(cast), meeting(cast)
    use = platforms.use(platform=row, body=cast.body["QL-B1"], day=ON, gathering=held, **said(cast, "王书记"))
    assert (use.output, use.gathering) == ("形势任务党课", held)
    with pytest.raises(Exception, match="请填写产出"):
        used(cast, row, output=" ")


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), dt.date(2026, 3, 11)])
def test_no_use_before_it_stood_or_after_today(cast: Cast, day: dt.date) -> None:
    row = platform(cast)
    with pytest.raises(AnnualTrouble, match="日期应在平台启用"):
        used(cast, row, day)


def test_a_plant_changes_what_it_took_and_ends_it_with_a_day(cast: Cast) -> None:
    row = platform(cast)
    platforms.change(platform=row, name="炉前攻关组", posts=["production"], **said(cast, "孙干事"))
    assert (row.name, row.posts, row.rule) == (
        "炉前攻关组",
        ["production"],
        packs().base.annual.platforms["project"].says,
    )
    with pytest.raises(AnnualTrouble, match="至少一类"):
        platforms.change(platform=row, posts=[], **said(cast, "孙干事"))
    used(cast, row, dt.date(2026, 3, 2))
    with pytest.raises(AnnualTrouble, match="也晚于最近一次活动 2026-03-02"):
        platforms.end(platform=row, on=dt.date(2026, 3, 2), reason="合并", **said(cast, "孙干事"))
    platforms.end(platform=row, on=dt.date(2026, 3, 9), reason="并入另一个", **said(cast, "孙干事"))
    assert queries.registry(plant=cast.plant, year=2026, on=ON) == []


def test_a_platform_ended_meanwhile_stays_ended(cast: Cast) -> None:
    row = platform(cast)
    before = Platform.objects.get(pk=row.pk)
    platforms.end(platform=row, on=ON, reason="合并", **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="已经停用"):
        platforms.change(platform=before, name="炉前攻关组", **said(cast, "孙干事"))
    row.refresh_from_db()
    assert row.until_on == ON


def test_two_platforms_of_one_name_never_stand_at_a_time(cast: Cast) -> None:
    """Whatever day they begin on: each would be counted in its category."""
    row = platform(cast)
    with pytest.raises(AnnualTrouble, match="已有平台“项目经理制”"):
        platform(cast, code="", on=dt.date(2026, 2, 1))
    other = platform(cast, "reading")
    with pytest.raises(AnnualTrouble, match="已有平台“项目经理制”"):
        platforms.change(platform=other, name="项目经理制", **said(cast, "孙干事"))
    platforms.end(platform=row, on=ON, reason="合并", **said(cast, "孙干事"))
    assert platform(cast, on=ON).name == "项目经理制"


def test_a_meeting_of_another_branch_is_no_use_of_this_one(cast: Cast) -> None:
    row = platform(cast)
    with pytest.raises(AnnualTrouble, match="应是转炉党支部或它的党小组开的"):
        platforms.use(
            platform=row, body=cast.body["QL-B1"], day=FIRST, gathering=meeting(cast, "QL-B2"), **said(cast, "王书记")
        )
    mine = meeting(cast, "QL-B1-甲")
    used = platforms.use(platform=row, body=cast.body["QL-B1"], day=FIRST, gathering=mine, **said(cast, "王书记"))
    assert used.gathering == mine


def test_a_year_that_is_over_has_the_platforms_that_stood_then(cast: Cast) -> None:
    first, then = dt.date(2025, 3, 1), dt.datetime(2025, 5, 6, 9)
    row = platform(cast, "reading", on=first)
    platforms.use(
        platform=row, body=cast.body["QL-B1"], day=dt.date(2025, 5, 5), output="一条改进", **said(cast, "王书记", then)
    )
    platforms.end(platform=row, on=dt.date(2026, 2, 1), reason="合并", **said(cast, "孙干事"))
    platform(cast)

    def names(year: int) -> list[tuple[str, int]]:
        return [(one.platform.name, one.uses) for one in queries.registry(plant=cast.plant, year=year, on=ON)]

    assert (names(2025), names(2026)) == ([("青年读书会", 1)], [("项目经理制", 0)])
