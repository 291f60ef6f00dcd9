"""Who may see and do what: the rows of 09 §9.5, checked against the cast."""

import datetime as dt

import pytest

from ronglu.store.models import Account, Body, Deputy, Engagement, Mapping, Membership, Person, Post, Unit, UnitState
from ronglu.work.imports_kinds import KINDS
from ronglu.work.roles import RolesProblem, parse, roles
from ronglu.work.scope import scope_of
from tests.cast import OFFICERS, ON, SINCE, Cast, cast  # noqa: F401

LINE_1 = {"QL-R1", "QL-R1-甲", "QL-R1-乙", "QL-R1-丙", "QL-R1-丁"}
BRANCH_1 = {"QL-B1", "QL-B1-甲", "QL-B1-乙"}
ALL_QL = {"QL", "QL-R", "QL-F", "QL-F1", "QL-F1-甲", "QL-PO", "QL-HSE"} | LINE_1
ALL_QL_BODIES = {"QL-C", "QL-B2", "QL-B2-甲", "QL-B3"} | BRANCH_1
ALL_BS = {"BS", "BS-F", "BS-F1"}

# who: units whose boards he sees, bodies whose sheets he sees (by hand from the table of 09 §9.5)
SIGHT: dict[str, tuple[set[str], set[str]]] = {
    "李班长": (LINE_1, BRANCH_1),  # his line's crews; as a member his branch's sheet
    "王书记": (
        LINE_1 | {"QL-R"},
        BRANCH_1,
    ),  # works in the workshop's office: its board, since the crewless place is its own unit
    "何组长": (LINE_1, BRANCH_1),
    "赵安全员": (ALL_QL, set()),  # hazards and boards of the plant, never party scores
    "周统计员": ({"QL-R"} | LINE_1, BRANCH_1),  # the production subtree, and the branches that stand on it
    "陈技术员": ({"QL-R"} | LINE_1, BRANCH_1),
    "马主任": ({"QL-R"} | LINE_1, BRANCH_1),
    "孙干事": (ALL_QL, ALL_QL_BODIES),
    "冯主席": (ALL_QL, set()),
    "吴师傅": (LINE_1, set()),
    "郑师傅": ({"QL-F1", "QL-F1-甲"}, {"QL-B2", "QL-B2-甲"}),
    "高书记": (ALL_QL, ALL_QL_BODIES),
    "邻厂书记": ({"BS-F", "BS-F1"}, {"BS-B1"}),
    "集团": (ALL_QL | ALL_BS, ALL_QL_BODIES | {"BS-B1"}),
    "外人": (set(), set()),
    "系统管理员": (set(), set()),
    "安全管理员": (set(), set()),
    "审计员": (set(), set()),
}
# who sees which persons on the people page
PEOPLE: dict[str, set[str]] = {
    "李班长": {"李班长", "何组长"},
    "王书记": {"李班长", "何组长", "王书记", "马主任", "吴师傅"},
    "何组长": {"李班长", "何组长"},
    "赵安全员": {"赵安全员"},
    "周统计员": {"周统计员"},
    "马主任": {"李班长", "何组长", "王书记", "马主任", "吴师傅", "周统计员", "陈技术员"},
    "吴师傅": {"吴师傅"},
    "邻厂书记": {"邻厂书记"},
    "集团": set(),
    "外人": set(),
    "系统管理员": set(),
    "安全管理员": set(),
    "审计员": set(),
}
# who sees the points of which persons: one's own, and the committee of one's own branch
POINTS: dict[str, set[str]] = {
    "李班长": {"李班长"},
    "何组长": {"何组长"},
    "王书记": {"李班长", "何组长", "王书记", "马主任"},
    "马主任": {"马主任"},
    "孙干事": {"孙干事"},
    "高书记": {"高书记"},
    "吴师傅": {"吴师傅"},
    "集团": set(),
    "外人": set(),
    "审计员": set(),
}


@pytest.mark.parametrize("name", SIGHT)
def test_each_sees_the_boards_and_sheets_of_his_own_scope_and_nothing_else(cast: Cast, name: str) -> None:
    scope = cast.scope(name)
    units, bodies = SIGHT[name]
    assert {unit.code for unit in scope.units("boards.see")} == units
    assert {body.code for body in scope.bodies("sheet.see")} == bodies
    assert {code for code, body in cast.body.items() if body.pk in scope.body_ids} == bodies
    # may() and the query filter never disagree
    assert {code for code, unit in cast.unit.items() if scope.may("boards.see", unit) is None} == units
    assert {code for code, body in cast.body.items() if scope.may("sheet.see", body) is None} == bodies


@pytest.mark.parametrize("name", PEOPLE)
def test_each_sees_only_the_persons_his_post_is_about(cast: Cast, name: str) -> None:
    scope = cast.scope(name)
    assert {person.name for person in scope.people()} == PEOPLE[name]


@pytest.mark.parametrize("name", POINTS)
def test_points_of_a_member_are_for_himself_and_his_branch_committee(cast: Cast, name: str) -> None:
    scope = cast.scope(name)
    assert {person.name for person in scope.people("scores_of_persons.see")} == POINTS[name]
    seen = {other for other, person in cast.person.items() if scope.may("scores_of_persons.see", person) is None}
    assert seen == POINTS[name]


def test_a_workshop_head_knows_his_people_but_not_how_they_stand_in_the_party(cast: Cast) -> None:
    scope = cast.scope("马主任")
    assert scope.may("people.see", cast.person["李班长"]) is None
    assert scope.may("membership.see", cast.person["李班长"]) is not None
    assert cast.scope("王书记").may("membership.see", cast.person["李班长"]) is None


def test_the_crew_leader_enters_on_his_line_and_may_not_audit(cast: Cast) -> None:
    scope = cast.scope("李班长")
    assert scope.may("readings.enter", cast.unit["QL-R1"]) is None
    assert scope.may("readings.enter", cast.unit["QL-F1"]).hidden  # type: ignore[union-attr]
    refusal = scope.may("readings.audit", cast.unit["QL-R1"])
    assert refusal is not None and not refusal.hidden
    assert refusal.reason == "审核读数：您的角色没有这项权限，可找统计／调度、技术员·质检·设备"


def test_the_party_office_does_not_touch_readings(cast: Cast) -> None:
    scope = cast.scope("孙干事")
    refused = {
        verb for verb in ("readings.enter", "readings.import", "readings.audit", "readings.lock") if scope.may(verb)
    }
    assert refused == {"readings.enter", "readings.import", "readings.audit", "readings.lock"}
    assert scope.may("sheet.assess", cast.plant) is None
    assert scope.may("sheet.assess", cast.neighbour).hidden  # type: ignore[union-attr]


def test_an_administrator_brings_in_accounts_and_the_clock_and_nothing_else(cast: Cast) -> None:
    """imports.bring opens the door only; what may come through it is the verb of each kind."""
    scope = cast.scope("系统管理员")
    assert {code for code, kind in KINDS.items() if scope.may(kind.verb) is None} == {"accounts", "holidays"}


@pytest.mark.parametrize("name", ["系统管理员", "安全管理员", "审计员"])
def test_an_administrator_has_no_business_data(cast: Cast, name: str) -> None:
    scope = cast.scope(name)
    held = set(scope.grants) - {"home.see", "rules.see", "feedback.write"}
    assert (
        held
        == {
            "系统管理员": {
                "accounts.manage",
                "calendar.edit",
                "channels.edit",
                "imports.bring",
                "modules.edit",
                "ways.edit",
            },
            "安全管理员": {"permissions.manage"},
            "审计员": {"audit.read"},
        }[name]
    )
    refusal = scope.may("boards.see", cast.unit["QL-R1"])
    assert refusal is not None and refusal.reason == "看指标板：管理员账号不接触业务数据"


def test_the_three_administrators_are_three_different_powers() -> None:
    table = roles().roles
    powers = [
        {verb for verb in table[role].grants if verb in {"accounts.manage", "permissions.manage", "audit.read"}}
        for role in ("system_admin", "security_admin", "auditor")
    ]
    assert powers == [{"accounts.manage"}, {"permissions.manage"}, {"audit.read"}]
    others = set(table) - set(OFFICERS.values())
    assert not any(powers_of & set(table[role].grants) for role in others for powers_of in powers)


def test_the_outsider_is_told_nothing_at_all(cast: Cast) -> None:
    scope = cast.scope("外人")
    assert scope.roles == frozenset() and scope.grants == {} and scope.plant_ids == frozenset()
    assert [verb for verb in roles().verbs if (refusal := scope.may(verb)) is None or not refusal.hidden] == []
    for queryset in (scope.units(), scope.bodies(), scope.people(), scope.plants()):
        assert list(queryset) == []


def test_the_neighbour_sees_none_of_our_plant_though_he_holds_high_posts_in_his(cast: Cast) -> None:
    scope = cast.scope("邻厂书记")
    assert [plant.code for plant in scope.plants()] == ["baishi"]
    ours = [unit for code, unit in cast.unit.items() if code.startswith("QL")]
    assert all(scope.may("boards.see", unit).hidden for unit in ours)  # type: ignore[union-attr]


def test_who_is_lent_to_the_neighbour_keeps_the_rights_of_his_post_to_the_plant_of_the_post(cast: Cast) -> None:
    zhou = cast.person["周统计员"]
    Engagement.objects.create(person=zhou, unit=cast.unit["BS-F1"], kind="seconded", from_on=ON)
    scope = cast.scope("周统计员")
    assert [plant.code for plant in scope.plants("org.see").order_by("code")] == ["baishi", "qinglan"]
    for verb in ("calendar.edit", "imports.bring", "readings.audit"):
        assert scope.may(verb, cast.plant) is None
        assert scope.may(verb, cast.neighbour).hidden  # type: ignore[union-attr]
        assert [plant.code for plant in scope.plants(verb)] == ["qinglan"]


def test_a_deputy_has_the_posts_of_the_absent_for_those_days_and_no_others(cast: Cast) -> None:
    Deputy.objects.create(
        absent=cast.person["王书记"],
        deputy=cast.person["吴师傅"],
        named_by=cast.account["王书记"],
        from_on=dt.date(2026, 3, 10),
        until_on=dt.date(2026, 3, 13),
    )
    assert "branch_committee" not in cast.scope("吴师傅", dt.date(2026, 3, 9)).roles
    on_leave = cast.scope("吴师傅", dt.date(2026, 3, 12))
    assert on_leave.stands_in_for == {cast.person["王书记"].pk}
    assert {body.code for body in on_leave.bodies()} == BRANCH_1
    # the posts, not the person: the absent one's own points stay his own and the committee's
    assert "branch_committee" not in cast.scope("吴师傅", dt.date(2026, 3, 13)).roles


def test_a_deputy_does_not_hand_on_what_he_was_lent(cast: Cast) -> None:
    for absent, deputy in (("王书记", "吴师傅"), ("吴师傅", "郑师傅")):
        Deputy.objects.create(
            absent=cast.person[absent],
            deputy=cast.person[deputy],
            named_by=cast.account["王书记"],
            from_on=ON,
            until_on=dt.date(2026, 3, 20),
        )
    assert "branch_committee" not in cast.scope("郑师傅").roles


def test_a_post_that_ended_gives_nothing_from_that_day_on(cast: Cast) -> None:
    Post.objects.filter(person=cast.person["王书记"]).update(until_on=dt.date(2026, 3, 14))
    assert "branch_committee" in cast.scope("王书记", dt.date(2026, 3, 13)).roles
    assert "branch_committee" not in cast.scope("王书记", dt.date(2026, 3, 14)).roles


def test_the_map_moves_the_scope_on_the_day_it_changes(cast: Cast) -> None:
    Engagement.objects.filter(person=cast.person["王书记"]).update(until_on=ON)  # leave only what the post brings
    Mapping.objects.filter(body=cast.body["QL-B1"]).update(until_on=dt.date(2026, 3, 15))
    Mapping.objects.filter(body__code__startswith="QL-B1-").update(until_on=dt.date(2026, 3, 15))
    Mapping.objects.create(body=cast.body["QL-B1"], unit=cast.unit["QL-F1"], from_on=dt.date(2026, 3, 15))
    assert {u.code for u in cast.scope("王书记", dt.date(2026, 3, 14)).units()} == LINE_1
    assert {u.code for u in cast.scope("王书记", dt.date(2026, 3, 15)).units()} == {"QL-F1", "QL-F1-甲"}


def test_an_account_out_of_use_has_no_scope(cast: Cast) -> None:
    Account.objects.filter(pk=cast.account["孙干事"].pk).update(is_active=False)
    cast.account["孙干事"].refresh_from_db()
    assert cast.scope("孙干事").roles == frozenset()


def test_a_person_who_left_gets_nothing_back_by_someones_absence(cast: Cast) -> None:
    Deputy.objects.create(
        absent=cast.person["王书记"], deputy=cast.person["外人"], named_by=cast.account["王书记"], from_on=SINCE
    )
    assert cast.scope("外人").roles == frozenset()


def test_a_retired_member_still_belongs_to_his_branch(cast: Cast) -> None:
    Engagement.objects.filter(person=cast.person["郑师傅"]).update(until_on=dt.date(2026, 3, 1))
    scope = cast.scope("郑师傅")
    assert scope.roles == {"staff", "member"}
    assert {body.code for body in scope.bodies()} == {"QL-B2", "QL-B2-甲"}


def test_a_shift_terminal_shows_its_line_and_no_list_of_persons(cast: Cast) -> None:
    kiosk = Account.objects.create_user("kiosk-1", "x", roles=[f"kiosk@unit:{cast.unit['QL-R1'].pk}"])
    scope = scope_of(kiosk, on=ON)
    assert {unit.code for unit in scope.units()} == LINE_1
    assert scope.plant_ids == {cast.plant.pk}
    assert list(scope.people()) == [] and scope.may("search") is not None


@pytest.mark.parametrize("name", SIGHT)
def test_building_a_scope_costs_at_most_eight_queries(
    cast: Cast, name: str, django_assert_max_num_queries: "object"
) -> None:
    account = Account.objects.get(pk=cast.account[name].pk)
    with django_assert_max_num_queries(0 if name in ("系统管理员", "安全管理员", "审计员") else 8):  # type: ignore[operator]
        scope_of(account, on=ON)


def test_a_cycle_in_the_tree_does_not_hang_the_request(cast: Cast) -> None:
    UnitState.objects.filter(unit=cast.unit["QL-R"]).update(parent=cast.unit["QL-R1"])
    assert {unit.code for unit in cast.scope("马主任").units()} == {"QL-R"} | LINE_1


def test_a_verb_nobody_declared_is_our_mistake_not_a_refusal(cast: Cast) -> None:
    with pytest.raises(KeyError, match="没有声明的动作"):
        cast.scope("李班长").may("readings.anything")


def test_roles_with_an_unknown_verb_or_reach_are_refused_all_at_once() -> None:
    wrong = {
        "verbs": {"a": {"zh": "甲"}},
        "roles": [
            {"code": "x", "zh": "某", "en": "X", "held": {"by": "post"}, "grants": {"b": "here", "a": "far"}},
            {"code": "x", "zh": "某", "en": "X", "held": {"by": "magic"}, "grants": {}},
        ],
    }
    with pytest.raises(RolesProblem) as caught:
        parse(wrong)
    assert len(str(caught.value).split("；")) == 5


def test_every_role_of_the_table_is_declared() -> None:
    # the rows of 09 §9.5 from top to bottom; 统计/调度 and 技术员·质检·设备 share one each
    assert set(roles().roles) >= {
        "staff",
        "member",
        "crew_leader",
        "statistician",
        "workshop_head",
        "group_leader",
        "branch_committee",
        "party_office",
        "discipline_office",
        "safety_officer",
        "technician",
        "union",
        "named",
        "kiosk",
        "finance",
        "plant_committee",
        "group_reader",
        "system_admin",
        "security_admin",
        "auditor",
    }


def test_a_body_or_unit_of_a_closed_year_stays_visible_to_those_who_see_the_whole_plant(cast: Cast) -> None:
    UnitState.objects.filter(unit=cast.unit["QL-F1"]).update(until_on=dt.date(2026, 1, 1))
    assert cast.scope("孙干事").may("boards.see", Unit.objects.get(code="QL-F1")) is None
    assert cast.scope("孙干事").may("sheet.see", Body.objects.get(code="QL-B2")) is None


def test_a_member_moved_on_the_fourteenth_is_seen_by_the_new_branch_from_that_day(cast: Cast) -> None:
    Membership.objects.filter(person=cast.person["何组长"]).update(until_on=dt.date(2026, 3, 14))
    Membership.objects.create(
        person=cast.person["何组长"], body=cast.body["QL-B2-甲"], status="full", from_on=dt.date(2026, 3, 14)
    )
    name = Person.objects.get(name="何组长")
    assert cast.scope("王书记", dt.date(2026, 3, 13)).may("scores_of_persons.see", name) is None
    assert cast.scope("王书记", dt.date(2026, 3, 14)).may("scores_of_persons.see", name) is not None
