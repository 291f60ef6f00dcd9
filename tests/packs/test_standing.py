"""What base declares for linkage, 1151, points, the year, honours and the timetable: worked examples, labels, the red list."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.standing.linkage import link
from ronglu.packs import standing
from ronglu.packs.problem import PackError

RULES = standing.load()
EXAMPLES = standing.link_examples()


@pytest.mark.covers("S2-13")
@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one.model}-{no}" for no, one in enumerate(EXAMPLES)])
def test_the_model_gives_what_the_sentence_says(example: standing.LinkExample) -> None:
    found = link(RULES.linkage[example.model], example.inputs)
    if example.missing:
        assert found.value is None and found.reason == f"还没有{example.missing}，暂不联动"
        assert "暂不联动" in example.say
        return
    assert found.value == Decimal(example.value) and f"{found.value} 分" in example.say
    assert (found.coefficient or None) == (Decimal(example.coefficient) if example.coefficient else None)


def test_each_model_has_three_examples_that_a_party_office_can_read() -> None:
    for model in RULES.linkage:
        mine = [one for one in EXAMPLES if one.model == model]
        assert len(mine) >= 3 and any(one.missing for one in mine)
    assert all(re.search(r"[一-鿿]{2}", one.say) and one.say.endswith("。") for one in EXAMPLES)


def test_a_loaded_pack_carries_the_rules() -> None:
    assert packs().standing.linkage.keys() == {"M0", "M1", "M2", "M3", "M4"}


def test_what_is_ours_says_that_it_may_be_changed() -> None:
    notes = (RULES.lift.note, RULES.points.note, RULES.year.note, RULES.honour.note, RULES.timetable.note)
    assert all("系统默认，可修改" in note for note in notes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the declarations that a test may spoil."""
    shutil.copytree(standing.FOLDER, tmp_path / "standing")
    return tmp_path / "standing"


def spoil(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    spoil(folder, "year.yaml", "months: 0.6", "months: 0.7")
    spoil(folder, "lift.yaml", "axis: y, evidence: [indicator]", "axis: z, evidence: [indicator]")
    spoil(folder, "points.yaml", "cap: 60", "cap: 50")
    spoil(folder, "honour.yaml", "  - {code: standard, label: 标准党支部, en: standard branch}\n", "")
    with pytest.raises(PackError) as refused:
        standing.load(folder)
    assert [str(problem) for problem in refused.value.problems] == [
        "base/standing/year.yaml：年度考核：权重合计应为 1，现为 1.1",
        "base/standing/lift.yaml：双提升：业绩力归入的轴“z”不存在",
        "base/standing/points.yaml：党员积分：各维度的上限合计应为 100 分",
        "base/standing/honour.yaml：称号与层级：至少一个层级没有名额限制，其余支部才有处可归",
    ]


@pytest.mark.parametrize(
    ("before", "after", "cited"),
    [
        ("evidence: [effect]\n    fact: mission", "evidence: [recognition]\n    fact: mission", "依据种类“表彰与宣传”（recognition）不得计分"),
        ("fact: indicator_month", "fact: login", "出现“login”，属于登录与在线，不得计分"),
        ("rule: 建议被采用并已实施，效果经核实；只提出不得分", "rule: 每人每月2条建议", "属于按人头下的数量指标，不得计分"),
        ("label: 帮带目标达成", "label: 学习时长达标", "出现“学习时长”，属于学习与阅读时长，不得计分"),
        ("evidence: [closure]\n    fact: action", "evidence: [duty]\n    fact: action", "“应尽职责”只能扣分，不能得分"),
    ],
)  # fmt: skip
def test_a_forbidden_source_of_points_does_not_load_and_the_clause_is_named(
    folder: Path, before: str, after: str, cited: str
) -> None:
    spoil(folder, "points.yaml", before, after)
    with pytest.raises(PackError) as refused:
        standing.load(folder)
    texts = [str(problem) for problem in refused.value.problems]
    assert any(cited in text and "依据 " in text for text in texts), texts


def test_the_lift_obeys_the_red_list_too(folder: Path) -> None:
    spoil(folder, "lift.yaml", "rule: 核实的能力长进：导师签认、考评合格的占应达到的多少", "rule: 年度学时")
    with pytest.raises(PackError, match="学习力：出现“学时”"):
        standing.load(folder)


def test_more_for_the_second_than_for_the_first_is_refused(folder: Path) -> None:
    spoil(folder, "points.yaml", "returns: [1, 0.5, 0.25]", "returns: [0.5, 1]")
    with pytest.raises(PackError, match="递减份额应在 0 到 1 之间，且一件不比前一件多"):
        standing.load(folder)
