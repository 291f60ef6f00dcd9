"""The invented group: the same every time, as large as promised, with nothing about people that may not be kept."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from ronglu.cli.demo import accounts, moves, org, people, stories
from ronglu.cli.demo.group import group
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import FULL, TODAY
from ronglu.packs.base.loops import NAMES
from ronglu.store.models import Account, BodyState, Finding, Membership, Person, Unit
from tests.cli.houses import made, ronglu, rows

pytestmark = pytest.mark.xdist_group("house")

MODULES = {"smelting", "fire_refining", "electrolysis", "concentrating", "forging"}
# 09 §9.5: number, name, party status (by membership), joined-on, grades, contact at work; the rest is dated rows
KEPT = {"id", "plant_id", "staff_no", "name", "pinyin", "initials", "joined_on", "grades", "contact"}


@pytest.fixture
def crowds(db: None) -> list[Crowd]:
    made = [people.make(org.make(plan), FULL) for plan in group().values()]
    accounts.make(made)
    return made


def test_two_groups_made_apart_are_equal_to_the_last_row(small: Path, tmp_path: Path) -> None:
    one, other = (ronglu(home, "check", "--digest", "--json") for home in (small, made(tmp_path / "other")))
    assert json.loads(one.stdout)["digest"] == json.loads(other.stdout)["digest"]


def test_the_whole_group_has_800_people_40_branches_and_all_five_processes(crowds: list[Crowd]) -> None:
    branches = BodyState.objects.on(TODAY).filter(kind="branch")
    assert Person.objects.count() == 800
    assert branches.count() == 40
    assert set(Unit.objects.filter(kind="line").values_list("module", flat=True)) == MODULES
    assert FULL.months == 12


def test_no_two_people_of_a_plant_have_one_name(crowds: list[Crowd]) -> None:
    for crowd in crowds:
        names = list(Person.objects.filter(plant=crowd.made.plant).values_list("name", flat=True))
        assert len(set(names)) == len(names)


def test_contractors_staff_and_double_posts_are_among_them(crowds: list[Crowd]) -> None:
    kinds = {hand.kind for crowd in crowds for hand in crowd.hands}
    double = [hand for hand in crowds[0].hands if {"secretary", "workshop_head"} <= {role for role, _ in hand.posts}]
    assert kinds == {"regular", "contractor"}
    # four lines, the smelting workshop's general branch, and the two workshops that serve the others
    assert len(double) == 4 + 1 + 2
    assert Membership.objects.filter(basis="service").exists()


@pytest.mark.covers("S1-05")
def test_a_person_is_kept_with_the_allowed_fields_only(crowds: list[Crowd]) -> None:
    assert {field.attname for field in Person._meta.concrete_fields} == KEPT
    contacts = set(Person.objects.exclude(contact="").values_list("contact", flat=True))
    assert contacts
    assert [text for text in contacts if not re.fullmatch(r"内线 \d{4}", text)] == []


def test_the_rules_find_what_was_put_there_and_nothing_else(crowds: list[Crowd]) -> None:
    for crowd in crowds:
        moves.check(crowd)
    found = Finding.objects.exclude(severity="NOTE").order_by("plant__position").values_list("plant__code", "rule")
    assert list(found) == [("qinglan", "R-ORG-14"), ("yunling", "R-ORG-10"), ("baishi", "R-ORG-08")]


def test_every_role_has_somebody_to_log_in_as(crowds: list[Crowd]) -> None:
    shown = accounts.printed(crowds[0])
    assert len({one.role for one in shown}) >= 17
    for one in shown:
        account = Account.objects.get(staff_no=one.staff_no)
        assert account.check_password(accounts.PASSWORD)
        assert not account.must_change


def test_the_leaders_and_two_workers_of_the_terminals_line_are_known_there_by_the_printed_pin(small: Path) -> None:
    text = (small / "demo" / "accounts.txt").read_text("utf-8").partition("交接终端：")[2]
    told = re.findall(r"^  (\d{5}) ", text, re.MULTILINE)
    kept = rows(small, "select a.staff_no from store_pin p join store_account a on a.id = p.account_id order by 1")
    assert [(one,) for one in sorted(told)] == kept and len(kept) == 6
    assert f"PIN {accounts.PIN}" in text
    ((digest,),) = rows(small, "select distinct digest from store_pin")
    assert PBKDF2PasswordHasher().verify(accounts.PIN, digest)
    assert rows(small, "select count(*) from store_auditentry where verb = 'accounts.pin'") == [(6,)]


def test_readings_of_the_showcase_month_say_file_sheet_and_cell(small: Path) -> None:
    silent = rows(
        small,
        "select count(*) from store_reading where month = 202603 and shift_no > 0 and version = 1 and (batch_id is null or place = '')",
    )
    assert silent == [(0,)]
    books = "select i.state, count(*) from store_import i join store_source s on s.id = i.source_id where s.code like {} group by 1"
    assert rows(small, books.format("'%-shift'")) == [("checked", 1), ("done", 4)]
    assert rows(small, books.format("'coal-weigher'")) == [("done", 4)], "the files of the watched folder"


def test_a_slip_waits_for_its_audit_and_the_late_assays_moved_the_score(small: Path) -> None:
    waiting = rows(small, "select reason from store_reading where month = 202603 and state = 'forecast'")
    assert waiting == [("班报小数点错位，按磅单更正",)]
    won = rows(
        small,
        "select r.number, s.won from store_result s join store_run r on r.id = s.run_id "
        "join store_body b on b.id = s.body_id where b.code = 'QL-B-R2' and s.item = 'D2' and r.month = 202603 order by 1",
    )
    assert [number for number, _ in won] == [1, 2]
    assert won[0][1] > won[1][1]


def test_every_loop_tells_of_cases_open_and_settled(small: Path) -> None:
    found = rows(small, "select loop, count(distinct phase) from store_case group by 1")
    # the first year that is reviewed from its beginning ends in December; what the year and the month bring once has begun
    assert {loop for loop, _ in found} == set(NAMES) - {"annual"}
    begun = {"monthly", "quarterly", "tier", "publicity", "title", "flag_member"}
    assert min(int(str(phases)) for loop, phases in found if loop not in begun) >= 3
    hazard = rows(small, "select distinct phase from store_case where loop = 'hazard' order by 1")
    assert [phase for (phase,) in hazard] == ["closed", "dropped", "open", "verifying", "working"]


def test_nothing_in_the_stories_lies_ahead_of_the_day_of_the_demo(small: Path) -> None:
    ahead = "select (select max(raised_at) from store_case), (select max(at) from store_casestep), (select max(at) from store_notice)"
    assert all(str(when) <= "2026-04-10 10:00:00" for when in rows(small, ahead)[0])


def test_who_reports_without_a_name_leaves_a_claim_code_and_nothing_else(small: Path) -> None:
    anonymous = rows(
        small,
        "select s.by_id, s.person_id, c.claim <> '', time(s.at) from store_case c join store_casestep s on s.case_id = c.id "
        "where c.raised_by_id is null and s.move = 'raise' and c.origin <> 'clock'",
    )
    assert set(anonymous) == {(None, None, 1, "00:00:00")}


def test_the_ladder_was_climbed_and_what_came_back_was_opened_again(small: Path) -> None:
    late = "select count(*) from store_case where due_at < '2026-04-07' and phase in ('open', 'working') and rung >= 1"
    assert rows(small, late) > [(0,)]
    again = "select count(*) from store_caselink where kind = 'recurred'"
    assert rows(small, again) > [(0,)]


def test_a_repair_avoided_a_quote_of_820_000_yuan(small: Path) -> None:
    big = "select json_extract(data, '$.quote') - json_extract(data, '$.cost') from store_case where loop = 'job' and state = 'counted'"
    assert 820_000 in [int(str(saved).split(".")[0]) for (saved,) in rows(small, big)]


def test_the_first_plant_has_at_least_thirty_lots_for_a_pareto() -> None:
    assert sum(route["n"]["first"] for route in stories.told()["feedback"]["routes"]) >= 30


def test_zones_are_owned_drawn_and_walked_and_the_label_is_printed(small: Path) -> None:
    token = rows(small, "select token from store_zone where code = 'QL-R1-乙-G'")[0][0]
    printed = (small / "demo" / "accounts.txt").read_text("utf-8")
    owner = rows(
        small,
        "select p.staff_no from store_zoneowner o join store_person p on p.id = o.person_id"
        f" join store_zone z on z.id = o.zone_id where z.token = '{token}' order by o.id",
    )[0][0]
    assert f"/r/{token}/" in printed and f"这个区的责任人：{owner}" in printed
    assert rows(small, "select count(*) from store_zonearea") == [(4,)]
    unowned = (
        "select count(*) from store_zone z where not exists (select 1 from store_zoneowner o where o.zone_id = z.id)"
    )
    assert rows(small, unowned) == [(0,)]
    walked = rows(small, "select state, count(*) from store_round where due_on < '2026-04-10' group by 1")
    assert {state for state, _ in walked} == {"done", "due"}


def test_the_effect_of_a_mission_is_found_true_by_somebody_outside_the_team(small: Path) -> None:
    own = (
        "select count(*) from store_mission m join store_account a on a.id = m.verified_by_id "
        "join store_teammember t on t.team_id = m.team_id and t.person_id = a.person_id"
    )
    assert rows(small, own) == [(0,)]
    assert rows(small, "select count(*) from store_mission where state = 'verified'") > [(0,)]


def test_the_receiving_units_said_how_it_was_month_by_month(small: Path) -> None:
    """Four edges over six months: 24 words due, two never given, one said twice."""
    edges, words = (
        "select count(*) from store_flow",
        "select count(distinct flow_id || '-' || month), count(*) from store_flowword",
    )
    assert rows(small, edges) + rows(small, words) == [(4,), (22, 23)]
    assert rows(small, "select count(*) from store_flowword where word = 'unsatisfied' and reason = ''") == [(0,)]


def test_no_work_is_left_waiting_and_the_boards_are_up_to_date(small: Path) -> None:
    assert rows(small, "select distinct state from store_job") == [("done",)]
    months = "select distinct month from store_indicatorrow where grain = 'month' order by 1"
    assert rows(small, months) == [(202602,), (202603,), (202604,)]


def test_an_improvement_is_credited_once_split_between_two_and_refused_by_the_line(small: Path) -> None:
    """Every claim rests on a measure from before the month; 1 April is a day too late."""
    late = (
        "select count(*) from store_contribution c join store_case m on m.id = c.measure_id "
        "where m.raised_at >= '2026-03-01 08:00:00'"
    )
    assert rows(small, late) == [(0,)]
    shares = "select group_concat(granted) from store_contribution where state = 'credited' group by unit_id, indicator order by count(*)"
    assert rows(small, shares) == [("30",), ("50,30",)]
    refused = "select granted, reason <> '' from store_contribution where state = 'rejected'"
    assert rows(small, refused) == [(0, 1)]
    own = (
        "select count(*) from store_contribution c join store_account a on a.id = c.confirmed_by_id "
        "join store_post p on p.person_id = a.person_id and p.body_id = c.body_id"
    )
    assert rows(small, own) == [(0,)]


def test_offices_were_rated_by_enough_people_and_a_flag_member_was_voted_for_in_secret(small: Path) -> None:
    polls = "select kind, state, withheld from store_poll where kind in ('office', 'secret') order by 1, due_on"
    assert rows(small, polls) == [
        ("office", "published", ""), ("office", "published", ""), ("secret", "published", ""),
    ]  # fmt: skip
    case = rows(
        small,
        "select c.state, (select count(*) from store_caserow r where r.case_id = c.id and r.kind = 'candidate') >= 2, "
        "(select count(*) from store_caserow r where r.case_id = c.id and r.kind = 'chosen') "
        "from store_case c where c.loop = 'flag_member'",
    )
    assert case == [("publicity", 1, 1)]
    assert rows(small, "select state from store_case where loop = 'title'") == [("nominated",)]


@pytest.mark.covers("S0-23")
def test_one_contest_ended_in_a_tie_and_one_still_runs(small: Path) -> None:
    assert rows(small, "select state, count(*) from store_contest group by 1 order by 1") == [
        ("final", 1),
        ("running", 1),
    ]
    (told,) = rows(small, "select outcome from store_contestresult")
    outcome = json.loads(str(told[0]))
    assert max(team["tied"] for team in outcome["teams"]) > 1
    assert outcome["out"] == [["计划停产：月度点检", 3]]
    assert rows(small, "select kit from store_partycampaign order by 1") == [
        ("battle_cost",), ("battle_quality",), ("battle_safety",), ("overhaul",), ("safety_month",),
    ]  # fmt: skip


def test_the_three_battles_have_aims_and_each_its_pair(small: Path) -> None:
    aims = (
        "select kit, count(*), sum(party_id = line_id) from store_battleaim a "
        "join store_partycampaign c on c.id = a.campaign_id group by 1 order by 1"
    )
    assert rows(small, aims) == [("battle_cost", 3, 0), ("battle_quality", 2, 0), ("battle_safety", 2, 0)]


def test_a_feed_brought_a_day_late_restated_three_hours_and_left_a_question(small: Path) -> None:
    told = rows(small, "select name, added, changed, refused from store_feedbatch order by came_at")
    assert told == [
        ("煤秤0408.csv", 24, 0, 0),
        ("煤秤0407补.csv", 24, 0, 0),
        ("煤秤0409.csv", 24, 3, 0),
        ("煤秤0410.csv", 0, 0, 1),
    ]
    assert rows(small, "select code, state, text from store_feedrefusal") == [("scale", "open", "0.208")]
    assert rows(small, "select trouble, silent_since from store_feed") == [("", None)]


def test_the_items_of_organisational_life_are_scored_from_what_was_held(small: Path) -> None:
    """No figure of the office stands in for them; no branch wins nothing, and somewhere something costs."""
    found = rows(
        small,
        "select s.item, s.state, s.won, s.points from store_result s join store_run r on r.id = s.run_id where r.month = 202603 "
        "and r.number = (select max(number) from store_run where month = 202603) "
        "and s.item in ('A1', 'A2', 'A3', 'A4', 'A5', 'A7', 'B1', 'B2', 'B3', 'B4', 'B7')",
    )
    assert {str(state) for _, state, _, _ in found} == {"scored", "nothing"}
    short = {item for item, _, won, points in found if int(str(won)) < int(str(points))}
    assert short >= {"A2", "A3", "A4", "A7", "B1", "B2", "B3", "B4"}
    branches = rows(
        small,
        "select s.body_id, sum(s.won) from store_result s join store_run r on r.id = s.run_id where r.month = 202603 "
        "and s.item like 'B%' group by 1",
    )
    assert len(branches) == 11 and all(int(str(won)) > 0 for _, won in branches)


def test_every_branch_met_and_two_groups_did_not_one_with_a_reason(small: Path) -> None:
    met = (
        "select kind, count(distinct body_id) from store_gathering where state = 'closed' and makeup_of_id is null "
        "and starts_at between '2026-03-01' and '2026-03-31 23:59' and kind in ('assembly', 'committee', 'theme_day') group by 1"
    )
    assert rows(small, met) == [("assembly", 11), ("committee", 11), ("theme_day", 11)]
    missed = (
        "select severity, reason <> '' from store_finding where rule = 'R-LIFE-03' and cleared_on is null order by 2"
    )
    assert rows(small, missed) == [("NORM", 0), ("NORM", 1)]
    made_up = "select count(*) from store_gatheringperson where mark = 'makeup'"
    assert rows(small, made_up) > [(0,)]


def test_nobody_was_at_two_meetings_at_once(small: Path) -> None:
    both = (
        "select count(*) from store_gatheringperson p join store_gathering g on g.id = p.gathering_id "
        "join store_gatheringperson q on q.person_id = p.person_id and q.gathering_id > p.gathering_id "
        "join store_gathering h on h.id = q.gathering_id "
        "where g.state = 'closed' and h.state = 'closed' and p.mark = 'present' and q.mark = 'present' "
        "and g.starts_at < h.ends_at and h.starts_at < g.ends_at"
    )
    assert rows(small, both) == [(0,)]


def test_a_vote_was_discussed_before_and_who_was_elected_sits_on_the_committee(small: Path) -> None:
    votes = "select kind, count(*), sum(discussed_in_id is null) from store_meetingvote group by 1 order by 1"
    assert rows(small, votes) == [("decision", 11, 0), ("election", 1, 1)]
    seated = (
        "select count(*) from store_post p join store_meetingvote v on v.kind = 'election' "
        "join store_gathering g on g.id = v.gathering_id "
        "join store_person e on e.id = p.person_id and v.title like '%' || e.name "
        "where p.role = 'member' and p.body_id = g.body_id and p.from_on = date(g.starts_at)"
    )
    assert rows(small, seated) == [(1,)]


def test_later_commands_stand_on_the_day_of_the_demo(house: Path) -> None:
    ronglu(house, "assess", "2026-04", "--plant", "qinglan")
    assert rows(house, "select date(max(at)) from store_run where month = 202604") == [("2026-04-10",)]


def test_a_second_demo_leaves_the_data_alone(house: Path) -> None:
    refused, kept = ronglu(house, "demo"), ronglu(house, "demo", "--keep")
    assert refused.returncode == 1
    assert "已有数据" in refused.stderr
    assert (kept.returncode, kept.stdout) == (0, "")


def test_a_demo_that_was_broken_off_says_so_and_is_written_anew(house: Path, small: Path) -> None:
    (house / "demo" / "unfinished").touch()
    told, again = ronglu(house, "demo", "--keep"), ronglu(house, "demo", "--small", "--anew")
    assert told.returncode == 1
    assert "--anew" in told.stderr
    assert again.returncode == 0
    one, other = (json.loads(ronglu(home, "check", "--digest", "--json").stdout) for home in (small, house))
    assert one["digest"] == other["digest"]


def test_data_that_are_no_demo_are_never_emptied(house: Path) -> None:
    (house / "demo" / "today").unlink()
    done = ronglu(house, "demo", "--anew")
    assert done.returncode == 1
    assert rows(house, "select count(*) from store_plant") == [(1,)]
