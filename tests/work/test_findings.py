"""Findings as rows: opened from the day of the change, cleared when put right, counted by B7 after thirty days."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.facts.basis import finding_rows
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.store.models import AuditEntry, Finding
from ronglu.store.rulebook import EDITED, regulations
from ronglu.work import bodies, findings, people, rule_edits
from ronglu.work.findings import BadFinding
from ronglu.work.queries import org_findings
from ronglu.work.queries.places import Places
from tests.work.plant import AT, ON, SINCE, THE_14TH, Story, story  # noqa: F401


def run(story: Story, on: dt.date) -> findings.Refreshed:
    return findings.refresh_findings(plant=story.plant, on=on, at=AT)


def rows(rule: str, body: str) -> list[tuple[dt.date, dt.date | None]]:
    found = Finding.objects.filter(rule=rule, body__code=f"B-{body}").order_by("opened_on")
    return list(found.values_list("opened_on", "cleared_on"))


def charged(story: Story, on: dt.date) -> set[str]:
    """Rules whose findings cost a branch a point that day: what the score itself reads, and its filter."""
    found = finding_rows(plant=story.plant, book=regulations(story.plant), on=on)
    return {row["record"].split()[0] for row in found if row["open_days"] > 30}


def test_a_group_without_a_leader_is_found_from_its_first_day_and_cleared_by_appointing_one(story: Story) -> None:
    run(story, ON)
    assert rows("R-ORG-08", "甲组") == [(SINCE, None)]
    people.appoint(person=story.person["李班长"], role="leader", body=story.body["甲组"], on=ON, **story.who)
    run(story, ON + dt.timedelta(days=1))
    assert rows("R-ORG-08", "甲组") == [(SINCE, ON + dt.timedelta(days=1))]
    assert rows("R-ORG-08", "乙组") == [(SINCE, None)]


def test_the_second_run_of_a_day_changes_nothing(story: Story) -> None:
    first = run(story, ON)
    again = run(story, ON)
    assert AuditEntry.objects.filter(verb="findings.refresh").count() == 1
    assert first.opened and (again.opened, again.cleared) == ((), ()) and again.standing == len(first.opened)


def test_a_run_that_only_opens_is_in_the_trail_too(story: Story) -> None:
    done = run(story, ON)
    entry = AuditEntry.objects.get(verb="findings.refresh")
    assert entry.detail == {"on": "2026-03-31", "opened": len(done.opened), "cleared": 0}


def test_a_finding_that_comes_back_is_a_new_one(story: Story) -> None:
    seat = people.appoint(
        person=story.person["李班长"], role="leader", body=story.body["甲组"], on=THE_14TH, **story.who
    )
    run(story, dt.date(2026, 3, 1))
    run(story, THE_14TH)
    people.relieve(post=seat, on=ON, **story.who)
    run(story, ON)
    assert rows("R-ORG-08", "甲组") == [(SINCE, THE_14TH), (ON, None)]


def test_a_clearing_that_was_a_mistake_of_the_records_is_taken_back(story: Story) -> None:
    seat = people.appoint(
        person=story.person["李班长"], role="leader", body=story.body["甲组"], on=THE_14TH, **story.who
    )
    run(story, dt.date(2026, 3, 1))
    run(story, THE_14TH)
    people.relieve(post=seat, on=THE_14TH, **story.who)  # he never took the seat
    run(story, ON)
    assert rows("R-ORG-08", "甲组") == [(SINCE, None)]


def test_a_finding_names_its_rule_its_place_and_what_clears_it(story: Story) -> None:
    run(story, ON)
    row = Finding.objects.get(rule="R-ORG-08", body__code="B-甲组")
    assert (row.severity, row.detail) == ("MUST", "甲组没有组长")
    assert "组长" in row.clear_by and row.subject == f"body:{story.body['甲组'].pk}"
    unit = Finding.objects.filter(rule="R-ORG-02", unit=story.unit["机关"])
    assert [(one.body, one.detail) for one in unit] == [(None, "机关有正式党员 2 名，没有编入任何（联合）党支部")]


def test_the_words_follow_the_facts_while_the_finding_stays_the_same(story: Story) -> None:
    run(story, ON)
    before = Finding.objects.get(rule="R-ORG-05")
    assert before.detail == "厂党委有党员 3 名，不足 100 名，设党委须有上级批复"
    story.add_person("周统计员", body="二支部")
    run(story, ON)
    after = Finding.objects.get(rule="R-ORG-05")
    assert after.pk == before.pk and "4 名" in after.detail


def test_the_superior_s_approval_clears_what_it_is_about(story: Story) -> None:
    run(story, THE_14TH)
    bodies.approve(body=story.body["厂党委"], rule="R-ORG-05", text="集团党复〔2026〕1号", on=ON, **story.who)
    run(story, ON)
    assert rows("R-ORG-05", "厂党委") == [(SINCE, ON)]


def test_a_norm_may_be_left_with_a_reason_and_a_must_may_not(story: Story) -> None:
    run(story, ON)
    norm = Finding.objects.get(rule="R-ORG-02", body__code="B-二支部")
    must = Finding.objects.get(rule="R-ORG-05")
    findings.give_reason(finding=norm, reason="机关单独设支部，已报备", by=story.by, at=AT)
    with pytest.raises(BadFinding, match="不能只登记理由；消除办法：设立党委"):
        findings.give_reason(finding=must, reason="下次再说", by=story.by, at=AT)
    rows = finding_rows(plant=story.plant, book=regulations(story.plant), on=ON)
    left = {row["record"] for row in rows}
    assert f"R-ORG-02 {norm.subject}" not in left and f"R-ORG-02 body:{story.body['一支部'].pk}" in left


def test_b7_counts_what_is_open_for_more_than_thirty_days_in_a_branch_and_no_notes(story: Story) -> None:
    run(story, dt.date(2026, 2, 28))
    assert Finding.objects.filter(severity="NOTE").exists()  # terms that were never recorded
    assert Finding.objects.filter(rule="R-ORG-05").exists()  # of the committee, which has no sheet
    counts = {day: charged(story, SINCE + dt.timedelta(days=day)) for day in (30, 31)}
    assert counts == {30: set(), 31: {"R-ORG-02", "R-ORG-07", "R-ORG-08"}}  # 07: no secretary


def test_what_was_cleared_by_the_end_of_the_month_is_not_counted(story: Story) -> None:
    run(story, dt.date(2026, 2, 28))
    Finding.objects.filter(rule="R-ORG-08").update(cleared_on=ON)
    assert "R-ORG-08" not in charged(story, ON)
    assert "R-ORG-08" in charged(story, ON - dt.timedelta(days=1))


def test_the_page_says_of_a_finding_what_the_score_takes(story: Story) -> None:
    run(story, ON)
    places = Places(story.plant, ON)
    told = org_findings.shown(Finding.objects.filter(cleared_on=None), places=places, on=ON)
    assert {one.rule for one in told if one.counts} == charged(story, ON)


def test_the_plant_s_own_threshold_holds_from_its_day(story: Story) -> None:
    edit = {"rule": "R-ORG-05", "values": {"members": Decimal(3)}}
    with pytest.raises(RuleProblem, match="没有参数"):
        rule_edits.set_threshold(
            plant=story.plant, rule="R-ORG-05", values={"people": Decimal(3)}, from_on=ON, **story.who
        )
    rule_edits.set_threshold(plant=story.plant, **edit, from_on=THE_14TH, **story.who)
    story.plant.refresh_from_db()
    run(story, dt.date(2026, 3, 13))
    assert rows("R-ORG-05", "厂党委") == [(SINCE, None)]
    run(story, THE_14TH)
    assert rows("R-ORG-05", "厂党委") == [(SINCE, THE_14TH)]


def test_rules_of_all_chapters_may_be_edited_and_each_kind_of_row_is_kept(story: Story) -> None:
    switch = {"rule": "R-LIFE-05", "from_on": str(ON), "enabled": True}
    story.plant.settings[EDITED] = [switch]
    story.plant.save()
    for times in (2, 3):
        rule_edits.set_threshold(
            plant=story.plant, rule="R-LIFE-05", values={"times": Decimal(times)}, from_on=ON, **story.who
        )
    story.plant.refresh_from_db()
    assert story.plant.settings[EDITED] == [
        switch, {"rule": "R-LIFE-05", "values": {"times": "3"}, "from_on": str(ON)},
    ]  # fmt: skip
    book = regulations(story.plant)
    rule = book.get("R-LIFE-05", on=ON)
    assert rule is not None and (rule.enabled, rule.number("times"), len(book.chapter("safety").rules)) == (True, 3, 7)
    assert {one.chapter for one in findings.rulebook(story.plant).rules} == {"organisation"}


def test_a_refresh_costs_the_same_number_of_queries_at_one_branch_and_at_many(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        story.add_body(f"{number}支部", "branch", "厂党委")
    with django_assert_max_num_queries(16):
        run(story, ON)
