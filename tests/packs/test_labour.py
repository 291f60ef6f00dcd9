"""The duties and seasons of the base pack: named by the seeds, their contents defaults of ours and labelled so."""

import pytest

from ronglu.config.plant import packs


@pytest.mark.covers("S0-14")
def test_the_three_duties_each_have_a_list_of_what_is_to_be_done() -> None:
    duties = packs().base.duties
    assert [one.zh for one in duties.values()] == ["安全员", "监督员", "质检员"]
    assert all(len(one.lines) >= 2 and one.status == "系统默认" for one in duties.values())


@pytest.mark.covers("S4-25")
def test_the_four_seasons_of_prevention_are_declared_as_defaults() -> None:
    seasons = packs().base.seasons
    assert [one.zh for one in seasons.values()] == ["防汛", "防寒", "防雷", "防暑"]
    assert {one.status for one in seasons.values()} == {"系统默认"}
    # 春季清理排水沟渠: the ditches are cleaned in spring, before the rain
    assert 4 in seasons["flood"].months and "清理厂区排水沟渠和雨水井" in seasons["flood"].tasks
