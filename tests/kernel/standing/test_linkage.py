"""Party × administration: the table of the domain reference to the digit, and what no model may do whatever its inputs."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.standing.errors import InputTrouble, ModelTrouble
from ronglu.kernel.standing.link_load import build_model, read_params
from ronglu.kernel.standing.linkage import ROUNDING, link
from ronglu.packs import standing

MODELS = standing.load().linkage
ADMIN = st.decimals(0, 150, places=2)
PARTY = st.decimals(0, 100, places=2)


@pytest.mark.covers("S2-13")
@pytest.mark.parametrize(
    ("model", "inputs", "value", "coefficient"),
    [
        ("M1", {"admin": 105, "party": 92}, "96.60", "0.9200"),
        ("M2", {"admin": 105, "score.party": 92, "sat.party": "0.95"}, "91.77", "0.8740"),
        ("M3", {"admin": 105, "party": 92}, "105.00", "1.0000"),
    ],
)  # fmt: skip
def test_the_examples_of_the_reference_come_out_to_the_digit(
    model: str, inputs: dict[str, str | int], value: str, coefficient: str
) -> None:
    found = link(MODELS[model], inputs)
    assert (str(found.value), str(found.coefficient)) == (value, coefficient)
    assert (found.value_h, found.coefficient_tt) == (int(D(value) * 100), int(D(coefficient) * 10_000))


def test_a_leader_can_follow_how_his_coefficient_came_to_be_0_97() -> None:
    found = link(MODELS["M3"], {"admin": "101.5", "party": "88.4"})
    assert [(step.label, step.expression, step.value) for step in found.steps] == [
        ("系数", "党建 88.4 分，达到 80 分这一档", "0.97"),
        ("行政绩效 × 系数", "101.5 × 0.97", "98.455"),
        ("四舍五入", "98.455 取两位小数", "98.46"),
    ]
    assert found.inputs == (("行政绩效分", "101.5 分"), ("党建百分（折算）", "88.4 分"))
    assert (found.unrounded, found.rounding) == ("98.455", ROUNDING)
    assert found.formula == "联动分 = 行政绩效分 × 党建分所在档的系数"


def test_two_lines_are_weighted_and_each_is_shown() -> None:
    lines = [
        {"code": "duty", "label": "责任制", "weight": "0.6"},
        {"code": "org", "label": "支部建设", "weight": "0.4"},
    ]
    params = read_params(MODELS["M2"], {"lines": lines})
    assert [need.code for need in MODELS["M2"].needs(params)] == [
        "admin", "score.duty", "sat.duty", "score.org", "sat.org",
    ]  # fmt: skip
    given_ = {"admin": 100, "score.duty": 90, "sat.duty": "0.9", "score.org": 80, "sat.org": 1}
    found = link(MODELS["M2"], given_, params)
    # 0.6×0.9×0.9 + 0.4×0.8×1 = 0.486 + 0.32
    assert (str(found.value), str(found.coefficient)) == ("80.60", "0.8060")


def test_a_missing_score_is_not_zero_and_says_what_is_missing() -> None:
    found = link(MODELS["M2"], {"admin": 105, "sat.party": None})
    assert (found.value, found.value_h, found.coefficient_tt, found.label) == (None, None, None, "暂不联动")
    assert found.reason == "还没有党建责任制·得分、党建责任制·满意度，暂不联动"
    assert found.inputs[2] == ("党建责任制·满意度", "缺")


def test_a_bonus_that_nobody_gave_counts_nothing_and_says_so() -> None:
    found = link(MODELS["M4"], {"score.business": 100, "score.base": 90, "score.vitality": 80})
    assert (str(found.value), found.inputs[0]) == ("91.00", ("加减分", "0（没有）"))
    assert found.coefficient is None


def test_a_sum_that_falls_below_nothing_stops_at_nothing() -> None:
    found = link(MODELS["M4"], {"score.business": 5, "score.base": 0, "score.vitality": 0, "bonus": -5})
    assert str(found.value) == "0.00"
    assert found.steps[-2].expression == "2＋0＋0－5，不低于 0"


def test_all_numbers_out_of_bounds_are_told_at_once() -> None:
    with pytest.raises(InputTrouble) as refused:
        link(MODELS["M2"], {"admin": 160, "score.party": "92.123", "sat.party": 95, "luck": 1})
    assert refused.value.problems == (
        "不认识“luck”，这个模型要的是：admin、sat.party、score.party",
        "行政绩效分应在 0 到 150 之间，现为 160",
        "党建责任制·得分最多 2 位小数，现为 92.123",
        "党建责任制·满意度应在 0 到 1 之间，现为 95，95% 请写 0.95",
    )


def test_what_is_not_a_number_is_refused_in_words() -> None:
    with pytest.raises(InputTrouble, match="行政绩效分：“九十”不是数"):
        link(MODELS["M1"], {"admin": "九十", "party": 90})


def test_the_product_warns_that_it_can_only_reduce_pay() -> None:
    assert "只会减少兑现" in MODELS["M1"].warning
    assert [model.status.label for model in MODELS.values() if model.code == "M3"] == ["系统默认，可修改"]


def test_the_old_scheme_replays_from_the_declaration_a_scheme_kept() -> None:
    kept = build_model(MODELS["M0"].declaration)
    assert kept == MODELS["M0"]
    assert str(link(kept, {"quarter": "93.5"}).value) == "93.50"
    banded = build_model(MODELS["M3"].declaration)
    assert read_params(banded, banded.params.as_data()) == banded.params


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"bands": [{"at_least": 90, "coefficient": 1}]}, "最后一档从 0 起"),
        ({"bands": [{"at_least": 80, "coefficient": "0.9"}, {"at_least": 0, "coefficient": 1}]}, "不能比分数高的一档还高"),
        ({"bands": [{"at_least": 0, "coefficient": 3}]}, "不超过 2"),
        ({"bands": [{"at_least": 0, "coefficient": "x"}]}, "应为数"),
        ({"rows": []}, "缺少“bands”"),
    ],
)  # fmt: skip
def test_bands_that_make_no_sense_are_refused(params: dict[str, object], problem: str) -> None:
    with pytest.raises(ModelTrouble, match=problem):
        read_params(MODELS["M3"], params)


def test_weights_that_do_not_add_up_are_refused() -> None:
    lines = [{"code": "a", "label": "甲", "weight": "0.6"}, {"code": "b", "label": "乙", "weight": "0.5"}]
    with pytest.raises(ModelTrouble, match=r"权重合计应为 1，现为 1\.1"):
        read_params(MODELS["M4"], {"lines": lines})


def test_a_model_without_a_number_its_arithmetic_needs_is_refused() -> None:
    broken = {**MODELS["M1"].declaration, "inputs": MODELS["M1"].declaration["inputs"][:1]}
    with pytest.raises(ModelTrouble, match="inputs 应恰好是 admin、party"):
        build_model(broken)
    with pytest.raises(ModelTrouble, match="算法“magic”不存在"):
        build_model({**MODELS["M1"].declaration, "by": "magic"})


@given(admin=ADMIN, party=PARTY)
def test_the_product_is_exact_rounded_once_and_never_raises_pay(admin: D, party: D) -> None:
    found = link(MODELS["M1"], {"admin": admin, "party": party})
    assert found.value == round_fraction(Fraction(admin) * Fraction(party) / 100, 2)
    assert found.value <= round(admin, 2)


@given(model=st.sampled_from(["M1", "M3"]), admin=ADMIN, low=PARTY, high=PARTY)
def test_a_better_party_score_never_lowers_the_result(model: str, admin: D, low: D, high: D) -> None:
    low, high = sorted((low, high))
    one, two = (link(MODELS[model], {"admin": admin, "party": party}).value for party in (low, high))
    assert one is not None and two is not None and one <= two


@given(admin=ADMIN, score=PARTY, sat=st.decimals(0, 1, places=4))
def test_rates_stay_between_nothing_and_the_administrative_score(admin: D, score: D, sat: D) -> None:
    found = link(MODELS["M2"], {"admin": admin, "score.party": score, "sat.party": sat})
    assert found.value is not None and 0 <= found.value <= admin
