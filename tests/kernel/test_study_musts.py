"""三必须 and study time as values: which links of a study chain are missing, and how long a meeting was."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.gathering import education
from ronglu.kernel.gathering.education import EducationTrouble, hours_of
from ronglu.kernel.gathering.musts import DISCUSSED, GROUNDED, TIED, Musts, StudyLine, musts

STUDY = StudyLine(id="s", kind="study")
POLICY = StudyLine(id="s", kind="study", policy=True)


def talk(about: str = "s", id: str = "t", **more: bool) -> StudyLine:  # noqa: A002
    return StudyLine(id=id, kind="discuss", about=about, **more)


def action(about: str, id: str = "a", **more: bool) -> StudyLine:  # noqa: A002
    return StudyLine(id=id, kind="resolution", about=about, decides=True, **more)


@pytest.mark.covers("S1-17")
def test_a_whole_chain_misses_nothing_and_a_decision_ends_it() -> None:
    found = musts(POLICY, [talk(), action("t")])
    assert found == Musts(discussions=1, linked=1, work_items=1, grounded=1, decided=True)
    assert found.missing == ()


@pytest.mark.covers("S1-17")
def test_each_missing_link_is_named_once_and_what_hangs_on_it_is_not_counted_again() -> None:
    assert musts(STUDY, []).missing == (DISCUSSED,)
    assert musts(POLICY, [talk()]).missing == (TIED,)
    assert musts(STUDY, [talk(), action("t")]).missing == (GROUNDED,)
    assert musts(STUDY, [talk(id="t"), talk(id="u"), action("t")]).missing == (TIED, GROUNDED)


def test_a_line_the_guide_laid_and_nobody_spoke_to_is_no_discussion() -> None:
    assert musts(POLICY, [talk(said=False)]).missing == (DISCUSSED,)
    # a resolution that came of it says that it took place
    assert musts(POLICY, [talk(said=False), action("t")]).missing == ()


def test_an_indicator_ties_the_talk_to_work_but_decides_nothing() -> None:
    found = musts(POLICY, [talk(work=True)])
    assert (found.missing, found.decided) == ((), False)
    assert musts(POLICY, [talk(work=True, decides=True)]).decided


def test_work_rests_on_the_policy_of_the_line_it_hangs_on() -> None:
    assert musts(STUDY, [talk(policy=True), action("t")]).missing == ()
    assert musts(STUDY, [talk(), action("t", policy=True)]).missing == ()


def test_what_hangs_on_another_study_or_in_a_ring_is_not_this_chain() -> None:
    assert musts(POLICY, [talk(about="other"), action("t")]).missing == (DISCUSSED,)
    assert musts(POLICY, [talk(about="u", id="t"), talk(about="t", id="u")]).missing == (DISCUSSED,)


@pytest.mark.parametrize(("minutes", "hours"), [(60, "1"), (90, "1.5"), (50, "1"), (40, "0.5"), (480, "8"), (720, "8")])
def test_study_time_is_counted_in_halves_and_a_day_is_eight(minutes: int, hours: str) -> None:
    start = dt.datetime(2026, 3, 10, 8)
    assert hours_of(start, start + dt.timedelta(minutes=minutes)) == Decimal(hours)


def test_lists_that_are_declared_wrong_are_refused_with_every_fault() -> None:
    rows = {
        "relay_days": 0,
        "audiences": [{"code": "a", "zh": "甲", "en": "A", "who": "all"}, {"code": "b"}],
        "forms": [{"code": "f", "zh": "乙", "en": "F", "audience": "none"}] * 2,
    }
    with pytest.raises(EducationTrouble) as told:
        education.read(rows)
    for words in ("who 应为", "没有写 standard", "b 缺少", "none 没有声明", "f 写了两遍", "relay_days"):
        assert words in str(told.value)
