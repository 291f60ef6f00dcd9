"""One sentence: its slots, what falls away, and what is refused with the right word beside it."""

import pytest

from ronglu.kernel.brief.sentence import LONGEST, fill, problems
from ronglu.kernel.brief.topics import PARTS, SAMPLES, TOPICS, Topic, When, found, keys


def place(key: str) -> tuple[Topic, When]:
    there = found(key)
    assert there is not None
    return there


def faults(text: str, key: str = "day.below") -> list[str]:
    topic, when = place(key)
    return problems(text, topic=topic, when=when)


def test_slots_are_filled_and_a_stretch_without_its_figure_falls_away() -> None:
    text = "{指标} {实际}，少 {差}〔（{差率}）〕〔；原因：{原因}〕。"
    assert fill(text, {"指标": "粗铜", "实际": "9 t", "差": "1 t", "差率": "10.00%"}) == "粗铜 9 t，少 1 t（10.00%）。"


def test_a_slot_without_a_figure_outside_brackets_is_a_dash_and_never_a_nought() -> None:
    assert fill("{指标} {实际}", {"指标": "粗铜"}) == "粗铜 —"


def test_an_unknown_slot_is_named_with_the_one_that_was_meant_and_all_there_are() -> None:
    [said] = faults("{指标}比{计戈}少")
    assert "没有 {计戈} 这个空格位，是不是要写 {计划}" in said
    assert "{指标}、{实际}、{计划}、{差}、{差率}" in said


def test_where_a_figure_is_missing_no_slot_speaks_of_it() -> None:
    """A template cannot say "0 t" of what was never reported."""
    [said] = faults("{指标} {实际}", "day.missing")
    assert "没有 {实际} 这个空格位" in said
    for key, topic, when in keys():
        if when.code == "missing":
            assert not {"实际", "累计", "年累计", "预计", "差"} & set(when.slots), key
            assert when.must, topic.code


def test_what_is_missing_or_urgent_must_be_said_and_the_rest_may_be_left_out() -> None:
    assert faults("", "day.missing") == ["“当日产量：缺数”这一句必须写：缺数和要紧的事不能不说"]
    assert faults("   ", "hazard.open") != []
    assert faults("", "day.unplanned") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{指标", "花括号不成对"), ("指标}", "花括号不成对"), ("{指标}〔（{差率}）", "〔〕不成对"), ("〔{差}〔{差率}〕〕", "一层套着一层"),
        ("{指标}〔，很好〕", "〔，很好〕里没有空格位"), ("{指标}\n{实际}", "写在一行里"), ("字" * (LONGEST + 1), f"最多 {LONGEST} 字，现在 301 字"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(text: str, said: str) -> None:
    assert any(said in one for one in faults(text)), faults(text)


def test_several_faults_are_told_at_once() -> None:
    assert len(faults("{甲}{乙}{指标")) == 3


def test_every_topic_has_a_heading_and_every_slot_a_sample() -> None:
    assert {one.part for one in TOPICS.values()} == set(PARTS)
    slots = {slot for _, _, when in keys() for slot in when.slots}
    assert slots == set(SAMPLES)
    assert len({key for key, _, _ in keys()}) == sum(len(one.whens) for one in TOPICS.values())
