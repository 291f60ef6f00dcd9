"""People through time: work, membership, posts, and the transfer that splits a month."""

import datetime as dt

import pytest

from ronglu.kernel.org.membership import days_in
from ronglu.kernel.org.span import Span
from ronglu.store.history import members
from ronglu.store.models import AuditEntry, Engagement, Membership, Person, Post
from ronglu.work import people
from ronglu.work.dated import NotThen
from ronglu.work.people import BadPerson
from ronglu.work.queries import org
from tests.work.plant import ON, SINCE, THE_14TH, Story, story  # noqa: F401

MARCH = Span.inclusive(dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def test_a_person_has_only_the_fields_that_may_be_kept() -> None:
    kept = {field.name for field in Person._meta.concrete_fields}
    assert kept == {"id", "plant", "staff_no", "name", "pinyin", "initials", "joined_on", "grades", "contact"}


def test_a_staff_number_is_given_once(story: Story) -> None:
    with pytest.raises(BadPerson, match="工号 Q001 已登记"):
        people.enrol(plant=story.plant, staff_no="Q001", name="另一人", **story.who)


def test_a_surname_is_spelled_as_a_surname(story: Story) -> None:
    person = people.enrol(plant=story.plant, staff_no="Q900", name="曾单", **story.who)
    assert person.pinyin.startswith("zeng") and person.initials[0] == "z"


def test_a_correction_touches_only_undated_fields_and_the_trail_does_not_repeat_them(story: Story) -> None:
    people.correct(person=story.person["李班长"], contact="8123", **story.who)
    assert Person.objects.get(name="李班长").contact == "8123"
    assert "8123" not in str(AuditEntry.objects.get(verb="people.correct").detail)
    with pytest.raises(BadPerson, match="不能保存的字段：birthday"):
        people.correct(person=story.person["李班长"], birthday="1990-01-01", **story.who)


@pytest.mark.covers("S1-02")
def test_a_crew_transfer_suggests_the_new_group_and_a_human_confirms_it(story: Story) -> None:
    li = story.person["李班长"]
    done = people.transfer(person=li, unit=story.unit["乙班"], on=THE_14TH, **story.who)
    assert done.suggestion is not None and done.suggestion.groups == (story.body["乙组"].pk,)
    assert Membership.objects.on(ON).get(person=li).body == story.body["甲组"]  # nothing moved by itself
    assert [one.person for one in org.suggestions(plant=story.plant, on=ON)] == [li.pk]
    people.admit(person=li, body=story.body["乙组"], on=THE_14TH, **story.who)
    assert org.suggestions(plant=story.plant, on=ON) == ()
    assert days_in(members(story.plant), MARCH) == {
        (li.pk, story.body["甲组"].pk): 13,
        (li.pk, story.body["乙组"].pk): 18,
        (story.person["王书记"].pk, story.body["甲组"].pk): 31,
        (story.person["赵安全员"].pk, story.body["二支部"].pk): 31,
    }


@pytest.mark.covers("S1-03")
def test_who_is_in_a_group_by_service_is_not_drawn_after_a_crew(story: Story) -> None:
    wang = story.person["王书记"]
    assert Membership.objects.get(person=wang).basis == "service"
    assert people.transfer(person=wang, unit=story.unit["乙班"], on=THE_14TH, **story.who).suggestion is None
    assert org.suggestions(plant=story.plant, on=ON) == ()


def test_a_transfer_of_a_non_member_suggests_nothing(story: Story) -> None:
    done = people.transfer(person=story.person["外人"], unit=story.unit["甲班"], on=THE_14TH, **story.who)
    assert done.suggestion is None
    stays = list(
        Engagement.objects.filter(person=story.person["外人"]).order_by("from_on").values_list("from_on", "until_on")
    )
    assert stays == [(SINCE, THE_14TH), (THE_14TH, None)]


def test_a_transfer_to_the_same_unit_and_a_second_engagement_are_refused(story: Story) -> None:
    li = story.person["李班长"]
    with pytest.raises(BadPerson, match="无需调动"):
        people.transfer(person=li, unit=story.unit["甲班"], on=ON, **story.who)
    with pytest.raises(BadPerson, match="请用调动"):
        people.engage(person=li, unit=story.unit["乙班"], on=ON, **story.who)


def test_someone_lent_to_another_crew_comes_back_by_himself(story: Story) -> None:
    back = dt.date(2026, 3, 21)
    people.second(person=story.person["李班长"], unit=story.unit["乙班"], on=THE_14TH, until=back, **story.who)
    rows = Engagement.objects.filter(person=story.person["李班长"]).order_by("from_on")
    assert list(rows.values_list("unit__code", "kind", "from_on", "until_on")) == [
        ("U-甲班", "regular", SINCE, THE_14TH),
        ("U-乙班", "seconded", THE_14TH, back),
        ("U-甲班", "regular", back, None),
    ]


def test_a_loan_ends_after_it_begins_and_not_after_the_work_at_home(story: Story) -> None:
    li, away = story.person["李班长"], story.unit["乙班"]
    for until in (THE_14TH, SINCE):
        with pytest.raises(BadPerson, match="借调须在 2026-03-14 之后、原任职截止（未定）之前结束"):
            people.second(person=li, unit=away, on=THE_14TH, until=until, **story.who)
    Engagement.objects.filter(person=li).update(until_on=ON)
    with pytest.raises(BadPerson, match="2026-03-31"):
        people.second(person=li, unit=away, on=THE_14TH, until=dt.date(2026, 4, 1), **story.who)
    people.second(person=li, unit=away, on=THE_14TH, until=ON, **story.who)  # until the last day: nothing to return to
    rows = Engagement.objects.filter(person=li).order_by("from_on")
    assert list(rows.values_list("from_on", "until_on")) == [(SINCE, THE_14TH), (THE_14TH, ON)]


def test_a_person_without_number_or_name_is_not_enrolled(story: Story) -> None:
    for number, name in ((" ", "李班长"), ("Q900", "")):
        with pytest.raises(BadPerson, match="都要填写"):
            people.enrol(plant=story.plant, staff_no=number, name=name, **story.who)


def test_nobody_is_appointed_at_a_unit_before_it_exists_and_the_trail_names_the_place(story: Story) -> None:
    li, before = story.person["李班长"], dt.date(2025, 12, 31)
    with pytest.raises(NotThen):
        people.appoint(person=li, role="crew_leader", unit=story.unit["甲班"], on=before, **story.who)
    people.appoint(person=li, role="crew_leader", unit=story.unit["甲班"], on=SINCE, **story.who)
    people.appoint(person=li, role="leader", body=story.body["甲组"], on=SINCE, **story.who)
    trail = AuditEntry.objects.filter(verb="people.appoint").order_by("pk")
    assert [(one.subject, one.detail["place"]) for one in trail] == [("Q001", "U-甲班"), ("Q001", "B-甲组")]


def test_a_contractor_is_engaged_as_one(story: Story) -> None:
    person = people.enrol(plant=story.plant, staff_no="W001", name="郑师傅", **story.who)
    people.engage(person=person, unit=story.unit["乙班"], kind="contractor", on=ON, **story.who)
    assert Engagement.objects.get(person=person).get_kind_display() == "外委"
    with pytest.raises(BadPerson, match="用工形式"):
        people.engage(person=person, unit=story.unit["乙班"], kind="friend", on=ON, **story.who)


def test_a_member_belongs_to_one_body_at_a_time_and_keeps_his_standing(story: Story) -> None:
    li = story.person["李班长"]
    people.admit(person=li, body=story.body["二支部"], on=THE_14TH, **story.who)
    rows = list(
        Membership.objects.filter(person=li).order_by("from_on").values_list("body__code", "status", "until_on")
    )
    assert rows == [("B-甲组", "full", THE_14TH), ("B-二支部", "full", None)]
    people.admit(person=li, body=story.body["二支部"], on=ON, **story.who)  # already there
    assert Membership.objects.filter(person=li).count() == 2


def test_who_was_never_a_member_needs_a_standing_and_later_becomes_a_full_one(story: Story) -> None:
    person = story.person["外人"]
    with pytest.raises(BadPerson, match="请选择党员类别"):
        people.admit(person=person, body=story.body["乙组"], on=SINCE, **story.who)
    people.admit(person=person, body=story.body["乙组"], status="probationary", on=SINCE, **story.who)
    people.confirm(person=person, on=THE_14TH, **story.who)
    rows = Membership.objects.filter(person=person).order_by("from_on")
    assert list(rows.values_list("status", "from_on", "until_on")) == [
        ("probationary", SINCE, THE_14TH),
        ("full", THE_14TH, None),
    ]
    with pytest.raises(BadPerson, match="已是正式党员"):
        people.confirm(person=person, on=ON, **story.who)


@pytest.mark.covers("S1-05")
def test_one_person_holds_a_party_seat_and_an_administrative_post_and_the_register_shows_both(story: Story) -> None:
    wang = story.person["王书记"]
    people.appoint(person=wang, role="secretary", body=story.body["一支部"], on=SINCE, **story.who)
    post = people.appoint(person=wang, role="workshop_head", unit=story.unit["熔炼车间"], on=SINCE, **story.who)
    people.appoint(person=story.person["李班长"], role="crew_leader", unit=story.unit["甲班"], on=SINCE, **story.who)
    both = org.double_posts(plant=story.plant, on=ON)
    assert [(one.person.name, one.party, one.administrative) for one in both] == [
        ("王书记", ("一支部 · 书记",), ("熔炼车间 · 车间主任",))
    ]
    people.relieve(post=post, on=THE_14TH, **story.who)
    assert org.double_posts(plant=story.plant, on=ON) == ()
    assert len(org.double_posts(plant=story.plant, on=dt.date(2026, 3, 13))) == 1


def test_a_seat_belongs_to_a_committee_a_leader_to_a_group_and_a_role_to_the_table(story: Story) -> None:
    li = story.person["李班长"]
    for role, body in (("secretary", "甲组"), ("leader", "一支部")):
        with pytest.raises(BadPerson, match="党小组设组长"):
            people.appoint(person=li, role=role, body=story.body[body], on=ON, **story.who)
    with pytest.raises(BadPerson, match="不在角色表中"):
        people.appoint(person=li, role="king", unit=story.unit["甲班"], on=ON, **story.who)
    with pytest.raises(BadPerson, match="要么"):
        people.appoint(person=li, role="leader", on=ON, **story.who)
    assert Post.objects.count() == 0


def test_who_leaves_is_nowhere_afterwards_and_his_past_stays(story: Story) -> None:
    li = story.person["李班长"]
    people.appoint(person=li, role="leader", body=story.body["甲组"], on=SINCE, **story.who)
    people.leave(person=li, on=THE_14TH, **story.who)
    for rows in (Engagement, Membership, Post):
        assert rows.objects.get(person=li).until_on == THE_14TH
    page = org.person_page(person=li, on=ON, with_party=True)
    assert len(page.engagements) == 1 and len(page.memberships) == 1


def test_the_page_of_a_person_keeps_party_standing_from_those_who_may_not_see_it(story: Story) -> None:
    li = story.person["李班长"]
    people.appoint(person=li, role="leader", body=story.body["甲组"], on=SINCE, **story.who)
    people.appoint(person=li, role="crew_leader", unit=story.unit["甲班"], on=SINCE, **story.who)
    open_page = org.person_page(person=li, on=ON, with_party=True)
    assert open_page.double and {label for _, label, _ in open_page.posts} == {"组长", "班长（横大班）"}
    assert open_page.memberships[0][1] == "厂党委 · 一支部 · 甲组"
    shut = org.person_page(person=li, on=ON, with_party=False)
    assert shut.memberships == () and not shut.double
    assert [label for _, label, _ in shut.posts] == ["班长（横大班）"]
