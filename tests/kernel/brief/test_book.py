"""The sentences of a plant over the defaults, and the brief composed of them."""

from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
import yaml

from ronglu.kernel.brief import book, words
from ronglu.kernel.brief.book import BriefTrouble, Fact, Sentences, checked
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp
from ronglu.packs.loader import ROOT

TOLD: dict[str, Any] = yaml.safe_load(Path(ROOT, "base", "brief.yaml").read_text("utf-8"))
BELOW = Fact("day", "below", {"指标": "粗铜", "实际": "9.00 t", "计划": "10.00 t", "差": "1.00 t", "差率": "10.00%"})
LACK = Fact("unread", "missing", {"单元": "转炉线", "未报": "2 班", "应报": "3 班"})


def rules() -> book.BriefRules:
    return book.read(TOLD)


def indicator(unit: str = "t", decimals: int = 2) -> Indicator:
    return Indicator(
        code="X", name="粗铜", en="Blister", unit=unit, direction=Direction.UP, rollup=RollUp.SUM, decimals=decimals
    )  # fmt: skip


def test_the_shipped_sentences_say_what_lacks_and_by_how_much() -> None:
    said = [one.text for one in rules().sentences.compose([LACK, BELOW])]
    assert said == ["粗铜 9.00 t，比计划 10.00 t 少 1.00 t（10.00%）。", "转炉线缺数：未报 2 班（应报 3 班）。"]


def test_the_order_is_that_of_the_headings_and_inside_one_that_of_the_facts() -> None:
    other = Fact("day", "unplanned", {"指标": "阳极铜", "实际": "5 t"})
    parts = [(one.part, one.key) for one in rules().sentences.compose([LACK, other, BELOW])]
    assert parts == [("output", "day.unplanned"), ("output", "day.below"), ("gaps", "unread.missing")]


def test_the_plants_words_stand_over_the_default_until_it_is_taken_back() -> None:
    """Two changes, then back: each is a version, and the default's own version is 0."""
    plain = rules().sentences
    assert plain.versions["day.below"] == 0
    own = plain.changed([("day.below", 1, "{指标}欠 {差}"), ("day.below", 2, "{指标}欠产 {差}")])
    assert (own.texts["day.below"], own.versions["day.below"]) == ("{指标}欠产 {差}", 2)
    assert own.compose([BELOW])[0].text == "粗铜欠产 1.00 t"
    back = own.changed([("day.below", 3, None), ("no.such", 1, "x")])
    assert back.versions["day.below"] == 3 and "no.such" not in back.texts
    assert plain.texts["day.below"] != "{指标}欠产 {差}"


def test_back_to_the_default_brings_the_shipped_words() -> None:
    plain = rules().sentences
    told = plain.changed([("day.below", 1, "{指标}欠 {差}"), ("day.below", 2, None)])
    assert told.texts == plain.texts and told.versions["day.below"] == 2


def test_what_the_plant_leaves_empty_is_not_said() -> None:
    silent = rules().sentences.changed([("day.below", 1, "")])
    assert silent.compose([BELOW]) == ()


def test_a_fact_is_the_same_after_it_was_kept() -> None:
    one = Fact("day", "below", {"指标": "粗铜"}, {"实际": 3})
    assert Fact.of(one.as_data()) == one


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"day.below": None}, "缺“day.below”这一句（当日产量：少于计划）"), ({"day.lower": "x"}, "没有“day.lower”这一句"),
        ({"day.missing": "{指标} {实际}"}, "没有 {实际} 这个空格位"),
    ],
)  # fmt: skip
def test_a_file_that_lacks_a_sentence_or_invents_one_is_refused(change: dict[str, str | None], said: str) -> None:
    texts = {key: text for key, text in (TOLD["sentences"] | change).items() if text is not None}
    with pytest.raises(BriefTrouble, match=r"句|空格位") as why:
        book.read(TOLD | {"sentences": texts})
    assert said in str(why.value)


def test_a_change_is_trimmed_and_an_unknown_sentence_refused() -> None:
    assert checked("day.below", "  {指标}欠 {差}  ") == "{指标}欠 {差}"
    with pytest.raises(BriefTrouble, match=r"没有“day\.nothing”这一句"):
        checked("day.nothing", "x")


def test_per_cent_and_percentage_points_keep_their_names() -> None:
    """98.30 % beside 98.50 % lie 0.20 points apart, which are 0.20 per cent of the plan."""
    assert words.apart(indicator("%"), D("98.3"), D("98.5")) == "0.20 个百分点"
    assert words.rate(D("98.3"), D("98.5")) == "0.20%"
    assert words.apart(indicator("t"), D("98.3"), D("98.5")) == "0.20 t"
    assert (words.amount(indicator("%"), D("98.3")), words.amount(indicator("—"), D("3.1"))) == ("98.30%", "3.10")


def test_no_rate_is_told_over_a_plan_of_nothing_and_no_amount_of_what_is_missing() -> None:
    assert words.rate(D(3), D(0)) == ""
    assert words.amount(indicator(), None) == "" and words.apart(indicator(), None, D(1)) == ""


def test_no_sentence_without_a_pack_is_a_default() -> None:
    assert book.read({}).sentences == Sentences()
