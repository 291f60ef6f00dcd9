"""Party bodies through time: what they were called, under whom they stood, what became of them."""

import datetime as dt

import pytest

from ronglu.store.history import approvals_in, history_of, party_tree
from ronglu.store.models import AuditEntry, Body, BodyState, Membership, Person, Post, Succession
from ronglu.work import bodies, people
from ronglu.work.bodies import BadBody, Part
from ronglu.work.dated import NotThen
from tests.work.plant import ON, SINCE, THE_14TH, Story, story  # noqa: F401


def states(body: Body) -> list[tuple[str, dt.date, dt.date | None]]:
    return list(body.states.order_by("from_on").values_list("name", "from_on", "until_on"))


def place_of(person: Person, on: dt.date) -> str:
    return Membership.objects.on(on).get(person=person).body.code


def test_a_renamed_branch_keeps_its_old_name_for_the_days_before(story: Story) -> None:
    bodies.rename(body=story.body["一支部"], name="熔炼一支部", on=THE_14TH, **story.who)
    assert states(story.body["一支部"]) == [("一支部", SINCE, THE_14TH), ("熔炼一支部", THE_14TH, None)]
    assert AuditEntry.objects.filter(verb="bodies.rename", subject="一支部").count() == 1


def test_a_rename_on_the_day_of_founding_corrects_the_name(story: Story) -> None:
    bodies.rename(body=story.body["一支部"], name="熔炼一支部", on=SINCE, **story.who)
    assert states(story.body["一支部"]) == [("熔炼一支部", SINCE, None)]


def test_a_rename_entered_late_reaches_the_later_states_that_still_bore_the_old_name(story: Story) -> None:
    story.add_body("总支", "general", "厂党委")
    bodies.move(body=story.body["一支部"], parent=story.body["总支"], on=dt.date(2026, 6, 1), **story.who)
    bodies.rename(body=story.body["一支部"], name="熔炼一支部", on=THE_14TH, **story.who)
    names = [name for name, _, _ in states(story.body["一支部"])]
    assert names == ["一支部", "熔炼一支部", "熔炼一支部"]


def test_nothing_can_be_changed_before_it_existed(story: Story) -> None:
    with pytest.raises(NotThen, match="没有生效的记录"):
        bodies.rename(body=story.body["一支部"], name="早", on=dt.date(2025, 12, 31), **story.who)


@pytest.mark.covers("S0-04")
def test_a_branch_moved_under_a_general_branch_is_there_from_that_day(story: Story) -> None:
    story.add_body("总支", "general", "厂党委")
    bodies.move(body=story.body["一支部"], parent=story.body["总支"], on=THE_14TH, **story.who)
    tree = party_tree(story.plant)
    names = [[s.name for s in tree.at(day).path(story.body["甲组"].pk)] for day in (dt.date(2026, 3, 13), THE_14TH)]
    assert names == [["厂党委", "一支部", "甲组"], ["厂党委", "总支", "一支部", "甲组"]]


def test_a_cycle_and_a_branch_under_a_group_are_refused_and_nothing_is_stored(story: Story) -> None:
    with pytest.raises(BadBody, match="成环"):
        bodies.move(body=story.body["厂党委"], parent=story.body["甲组"], on=THE_14TH, **story.who)
    with pytest.raises(BadBody, match="二支部：不能设在 甲组 之下"):
        bodies.move(body=story.body["二支部"], parent=story.body["甲组"], on=THE_14TH, **story.who)
    assert BodyState.objects.count() == 5
    assert not AuditEntry.objects.filter(verb="bodies.move").exists()


def test_a_code_is_used_once_in_a_plant(story: Story) -> None:
    with pytest.raises(BadBody, match="已被另一个党组织使用"):
        bodies.create(plant=story.plant, code="B-一支部", name="又一支部", kind="branch", on=SINCE, **story.who)


def test_merged_branches_hand_over_members_groups_and_lines_and_leave_a_trace(story: Story) -> None:
    people.appoint(person=story.person["王书记"], role="secretary", body=story.body["一支部"], on=SINCE, **story.who)
    both = [story.body["一支部"], story.body["二支部"]]
    new = bodies.merge(bodies=both, code="B-合", name="联合支部", on=THE_14TH, **story.who)
    view = party_tree(story.plant).at(THE_14TH)
    assert {state.name for state in view.of_kind("branch")} == {"联合支部"}
    assert view.nodes[story.body["甲组"].pk].parent == new.pk
    assert place_of(story.person["赵安全员"], dt.date(2026, 3, 13)) == "B-二支部"
    assert place_of(story.person["赵安全员"], THE_14TH) == "B-合"
    assert place_of(story.person["李班长"], THE_14TH) == "B-甲组"  # his group went over as it was
    assert [m.unit.code for m in new.mappings.all()] == ["U-一线"]
    assert not Post.objects.on(THE_14TH).exists()
    trace = set(Succession.objects.values_list("before__code", "after__code", "kind"))
    assert trace == {("B-一支部", "B-合", "merge"), ("B-二支部", "B-合", "merge")}
    assert history_of(story.plant).party.problems() == []


def test_a_split_gives_everyone_and_every_group_a_new_place(story: Story) -> None:
    story.add_person("周统计员", body="一支部")
    body, groups = story.body["一支部"], story.body
    parts = [
        Part(code="B-1", name="一支部甲", groups=[groups["甲组"]], members=[story.person["周统计员"]]),
        Part(code="B-2", name="一支部乙", groups=[groups["乙组"]]),
    ]
    first, second = bodies.split(body=body, into=parts, on=THE_14TH, **story.who)
    view = party_tree(story.plant).at(THE_14TH)
    assert body.pk not in view
    assert (view.nodes[groups["甲组"].pk].parent, view.nodes[groups["乙组"].pk].parent) == (first.pk, second.pk)
    assert place_of(story.person["周统计员"], THE_14TH) == "B-1"
    assert place_of(story.person["周统计员"], dt.date(2026, 3, 13)) == "B-一支部"


def test_a_split_that_forgets_a_group_or_a_member_is_refused_by_name(story: Story) -> None:
    story.add_person("周统计员", body="一支部")
    parts = [Part(code="B-1", name="甲", groups=[story.body["甲组"]]), Part(code="B-2", name="乙")]
    with pytest.raises(BadBody, match="没有去处的党小组：乙组"):
        bodies.split(body=story.body["一支部"], into=parts, on=THE_14TH, **story.who)
    parts[1] = Part(code="B-2", name="乙", groups=[story.body["乙组"]])
    with pytest.raises(BadBody, match="没有去处的党员：周统计员"):
        bodies.split(body=story.body["一支部"], into=parts, on=THE_14TH, **story.who)
    assert Succession.objects.count() == 0


def test_a_body_with_members_or_groups_is_not_dissolved_and_an_empty_one_is(story: Story) -> None:
    with pytest.raises(BadBody, match="仍有党员"):
        bodies.dissolve(body=story.body["二支部"], on=THE_14TH, **story.who)
    with pytest.raises(BadBody, match="仍有下级党组织"):
        bodies.dissolve(body=story.body["一支部"], on=THE_14TH, **story.who)
    bodies.dissolve(body=story.body["乙组"], on=THE_14TH, **story.who)
    assert states(story.body["乙组"]) == [("乙组", SINCE, THE_14TH)]
    assert story.body["乙组"].mappings.get().until_on == THE_14TH


def test_an_election_an_extension_and_the_next_election_are_told_apart(story: Story) -> None:
    body = story.body["一支部"]
    due, later = dt.date(2029, 2, 1), dt.date(2029, 12, 1)
    bodies.elect(body=body, on=dt.date(2026, 2, 1), ends_on=due, **story.who)
    bodies.extend(body=body, until=later, approval="青党复〔2029〕1号", on=dt.date(2029, 1, 10), **story.who)
    bodies.rename(body=body, name="熔炼一支部", on=dt.date(2029, 3, 1), **story.who)
    bodies.elect(body=body, on=dt.date(2029, 11, 20), ends_on=dt.date(2032, 11, 20), **story.who)
    terms = history_of(story.plant).terms
    assert [(t.elected_on, t.due_on, t.extended_to, t.approved) for t in terms] == [
        (dt.date(2026, 2, 1), due, later, True),
        (dt.date(2029, 11, 20), dt.date(2032, 11, 20), None, False),
    ]


def test_an_extension_without_an_approval_cannot_be_recorded(story: Story) -> None:
    body = story.body["一支部"]
    bodies.elect(body=body, on=dt.date(2026, 2, 1), ends_on=dt.date(2029, 2, 1), **story.who)
    with pytest.raises(BadBody, match="须填写上级批复"):
        bodies.extend(body=body, until=dt.date(2029, 6, 1), approval=" ", on=ON, **story.who)


def test_the_first_row_of_a_body_says_nothing_about_its_election_but_a_seat_with_a_term_does(story: Story) -> None:
    ends = dt.date(2027, 5, 10)
    first = story.body["一支部"].states.get()
    first.term_ends_on = ends
    first.save()
    assert [term.elected_on for term in history_of(story.plant).terms] == [None]
    people.appoint(
        person=story.person["王书记"], role="secretary", body=story.body["一支部"],
        on=dt.date(2026, 2, 3), term_ends_on=ends, **story.who,
    )  # fmt: skip
    assert [term.elected_on for term in history_of(story.plant).terms] == [dt.date(2026, 2, 3)]


def test_approvals_are_kept_by_what_they_are_about_and_withdrawn_with_an_empty_text(story: Story) -> None:
    body = story.body["一支部"]
    bodies.approve(body=body, rule="R-ORG-04", text="青党复〔2026〕2号", on=ON, **story.who)
    bodies.approve(body=body, rule="R-ORG-09", text="首届两年", on=ON, **story.who)
    text = body.states.get(from_on=ON).approval
    assert approvals_in(text) == {"R-ORG-04": "青党复〔2026〕2号", "R-ORG-09": "首届两年"}
    assert {(a.rule, a.span.from_on) for a in history_of(story.plant).approvals} == {("R-ORG-04", ON), ("R-ORG-09", ON)}
    bodies.approve(body=body, rule="R-ORG-04", text="", on=ON, **story.who)
    assert body.states.get(from_on=ON).approval == "R-ORG-09：首届两年"


def test_an_approval_without_a_key_is_taken_for_the_rules_that_ask_for_one() -> None:
    assert approvals_in("青党复〔2025〕3号") == {"": "青党复〔2025〕3号"}
    assert approvals_in("") == {}
