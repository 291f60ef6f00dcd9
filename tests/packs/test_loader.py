"""Loading tells every fault of a declaration at once, where it stands and what would be right."""

from pathlib import Path

import pytest
import yaml

from ronglu.packs.checks import RULES
from ronglu.packs.loader import ROOT, load
from ronglu.packs.pack import PackError

SERIES = [
    {"code": "ore", "name": "矿", "en": "Ore", "unit": "t", "decimals": 2, "basis": "dry"},
    {"code": "conc", "name": "精矿", "en": "Concentrate", "unit": "t", "decimals": 2, "basis": "dry"},
    {"code": "wet", "name": "湿矿", "en": "Wet ore", "unit": "t", "decimals": 2, "basis": "wet"},
    {"code": "grade", "name": "品位", "en": "Grade", "unit": "%", "decimals": 2, "additive": False},
    {"code": "cost", "name": "费用", "en": "Cost", "unit": "元", "decimals": 2},
    {"code": "events", "name": "超标", "en": "Events", "unit": "次", "decimals": 0},
]
OUTPUT = {
    "code": "CN-01", "name": "处理量", "en": "Ore", "unit": "t", "direction": "up", "rollup": "SUM", "series": "ore", "decimals": 2,
}  # fmt: skip
YIELD = {
    **OUTPUT, "code": "CN-05", "unit": "%", "rollup": "RATIO", "numerator": "conc", "denominator": "ore", "factor": 100,
}  # fmt: skip
del YIELD["series"]
EVENTS = {
    **OUTPUT,
    "code": "SM-14",
    "unit": "次",
    "direction": "down",
    "rollup": "COUNT",
    "series": "events",
    "decimals": 0,
}
INDICATORS = [OUTPUT, YIELD, EVENTS]
TARGET = {"indicator": "CN-01", "weight": 1, "method": "target"}
WIRES = {
    "D1": [TARGET],
    "D2": [{"indicator": "CN-05", "weight": 1, "method": "target_pp", "tol": 1}],
    "D3": [TARGET],
    "D4": [TARGET],
    "E3": [{"indicator": "SM-14", "weight": 1, "method": "count"}],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small world: one module that is right, one plant that uses it, and the clocks of the shipped base."""
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "time.yaml").write_text((ROOT / "base" / "time.yaml").read_text("utf-8"), "utf-8")
    write(
        tmp_path,
        "plants/baishi/plant.yaml",
        {"code": "baishi", "name": "白石选矿厂", "en": "Baishi", "modules": ["milling"]},
    )
    write(tmp_path, "modules/milling/module.yaml", {"code": "milling", "name": "磨矿", "en": "Milling"})
    declare(tmp_path)
    return tmp_path


def write(root: Path, name: str, content: object) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), "utf-8")


def declare(root: Path, *, series=(), indicators=(), wires=None) -> None:
    """The small module with further entries."""
    common = {"source": "试验", "status": "D"}
    write(root, "modules/milling/series.yaml", {**common, "series": [*SERIES, *series]})
    write(root, "modules/milling/indicators.yaml", {**common, "indicators": [*INDICATORS, *indicators]})
    write(root, "modules/milling/wiring.yaml", {**common, "items": WIRES | (wires or {})})


def problems(root: Path, *names: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        load(names or ["baishi"], root=root)
    return [str(problem) for problem in caught.value.problems]


def another(code: str = "CN-09", **changes) -> dict:
    """A further indicator; a field set to None is left out."""
    return {key: value for key, value in {**OUTPUT, "code": code, **changes}.items() if value is not None}


def test_a_right_pack_loads(root):
    pack = load(["baishi"], root=root)
    assert set(pack.indicators) == {"CN-01", "CN-05", "SM-14"} and pack.indicators["CN-05"].module == "milling"


def test_a_new_indicator_is_one_entry_and_nothing_else(root):
    declare(root, indicators=[another(name="精矿量", series="conc")])
    assert load(["baishi"], root=root).indicators["CN-09"].name == "精矿量"


DERIVED = {"rollup": "DERIVED", "series": None}
FAULTS = {
    "an unknown series": ({"series": "nowhere"}, "用到的序列 nowhere 没有声明"),
    "no unit": ({"unit": None}, "没有填写单位"),
    "an unknown unit": ({"unit": "吨吨"}, "单位“吨吨”不认识"),
    "a ratio without denominator": ({"rollup": "RATIO"}, "RATIO 指标没有分母"),
    "a sum with denominator": ({"denominator": "ore"}, "SUM 指标不应有分母"),
    "a mean without weight": ({"rollup": "WMEAN", "series": "grade"}, "WMEAN 指标没有权重"),
    "a mean of two": ({"rollup": "WMEAN", "series": ["grade", "ore"], "weight": "ore"}, "WMEAN 只能取一个"),
    "a counter without event": ({"rollup": "SINCE"}, "SINCE 指标没有清零事件"),
    "a maximum of two": ({"rollup": "MAX", "series": ["ore", "conc"]}, "MAX 指标只能有一个序列"),
    "no series at all": ({"series": None}, "SUM 指标没有序列"),
    "an unknown formula": ({**DERIVED, "derived": "magic"}, "推导公式“magic”不存在"),
    "a formula with too little": ({**DERIVED, "derived": "recovery_gap", "of": ["CN-01"]}, "需要 2 个指标，写了 1 个"),
    "an unknown parent": ({**DERIVED, "derived": "recovery_gap", "of": ["CN-01", "CN-88"]}, "所用指标 CN-88 没有声明"),
    "a circle": ({**DERIVED, "derived": "recovery_gap", "of": ["CN-01", "CN-09"]}, "推导绕成了圈"),
    "a percentage without factor": (
        {"rollup": "RATIO", "series": None, "numerator": "conc", "denominator": "ore", "unit": "%"},
        "单位是 % 而系数是 1",
    ),
    "units that do not fit": (
        {"rollup": "RATIO", "series": None, "numerator": "cost", "denominator": "ore", "unit": "kg/t"},
        "单位 kg/t 与 元 ÷ t 不符",
    ),
    "wet and dry mixed": ({"series": ["ore", "wet"]}, "干基和湿基混用"),
    "grades added up": ({"series": "grade", "unit": "%"}, "不可相加"),
    "a band without edges": ({"direction": "band"}, "目标带指标没有 band"),
    "points without tolerance": ({"method": "points"}, "须以 % 为单位并写明容差"),
    "attainment of a percentage": ({"unit": "%", "method": "attainment"}, "百分数指标不能用完成率判定"),
    "a judged information": ({"direction": "info", "method": "attainment"}, "info 指标只供参考"),
    "a bad code": ({"code": "CN1"}, "指标代码“CN1”写法不对"),
    "a repeated code": ({"code": "CN-01"}, "指标 CN-01 重复"),
    "a misspelt field": ({"direktion": "up"}, "不认识的字段“direktion”"),
    "a wrong direction": ({"direction": "sideways"}, "应为 up、down、band、info 之一"),
    "a bad key": ({"series": "Ore*"}, "看不懂"),
    "bounds upside down": ({"typical": [9, 1]}, "下限不应大于上限"),
    "too many decimals": ({"decimals": 12}, "应为 0 到 9 的整数"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_an_indicator_is_told_with_its_line(root, fault):
    changes, expected = FAULTS[fault]
    declare(root, indicators=[another(**changes)])
    found = problems(root)
    told = [text for text in found if expected in text]
    assert told, found
    assert told[0].startswith("modules/milling/indicators.yaml 第 ")


WIRING = {
    "an item of its own": ({"A1": [TARGET]}, "条目 A1 不由模块指定指标"),
    "an unknown indicator": ({"D3": [{**TARGET, "indicator": "CN-77"}]}, "指标 CN-77 没有声明"),
    "no weight": ({"D3": [{**TARGET, "weight": 0}]}, "权重 0 应大于 0"),
    "a percentage by attainment": ({"D3": [{**TARGET, "indicator": "CN-05"}]}, "是百分数，不能用 target"),
    "points without tolerance": ({"D2": [{**TARGET, "indicator": "CN-05", "method": "target_pp"}]}, "须写明 tol"),
    "a count of tonnes": ({"E3": [{**TARGET, "method": "count"}]}, "与判定方式 count 不符"),
    "an item left out": ({"D4": []}, "没有为条目 D4 指定指标"),
    "an unknown method": ({"D4": [{**TARGET, "method": "guess"}]}, "应为 target、target_pp、count 之一"),
}


@pytest.mark.parametrize("fault", WIRING)
def test_a_fault_of_the_wiring_is_told(root, fault):
    changes, expected = WIRING[fault]
    declare(root, wires=changes)
    assert any(expected in text for text in problems(root)), problems(root)


def test_information_is_never_scored(root):
    declare(root, indicators=[another(direction="info")], wires={"D3": [{**TARGET, "indicator": "CN-09"}]})
    assert any("只供参考，不能计分" in text for text in problems(root))


def test_every_problem_is_told_at_once(root):
    declare(
        root,
        series=[{**SERIES[0], "name": "另一种矿"}],
        indicators=[another(unit=None), another("CN-10", series="nowhere")],
    )
    found = problems(root)
    assert len(found) == 3
    assert [word for word in ("重复", "没有填写单位", "nowhere") if any(word in text for text in found)] == [
        "重复",
        "没有填写单位",
        "nowhere",
    ]


def test_the_list_is_numbered_and_says_how_many_there_are(root):
    declare(root, indicators=[another(unit=None)])
    with pytest.raises(
        PackError, match=r"规则包有 1 处问题：\n  1\. modules/milling/indicators.yaml 第 \d+ 行 CN-09：没有填写单位"
    ):
        load(["baishi"], root=root)


def test_a_reference_to_a_faulty_entry_is_not_a_second_fault(root):
    declare(root, series=[{**SERIES[0], "code": "slag", "unit": None}], indicators=[another(series="slag")])
    assert len(problems(root)) == 1


def test_a_key_written_twice_is_a_fault_and_not_a_silent_choice(root):
    write(root, "modules/milling/module.yaml", "code: milling\nname: 磨矿\nname: 浮选\nen: Milling\n")
    assert problems(root) == ["modules/milling/module.yaml 第 1 行 milling：“name”写了两遍；只留一处"]


def test_a_broken_file_is_told_with_its_line(root):
    write(root, "modules/milling/series.yaml", "series:\n  - {code: a\n  - b")
    (told,) = problems(root)
    assert told.startswith("modules/milling/series.yaml 第 ") and "YAML 写法有误" in told


def test_decimals_of_a_file_stay_exact(root):
    declare(
        root,
        indicators=[another(unit="%", rollup="WMEAN", series="grade", weight="ore", method="points", tolerance=0.1)],
    )
    assert str(load(["baishi"], root=root).indicators["CN-09"].tolerance) == "0.1"


def test_a_plant_takes_no_other_plant_for_a_module(root):
    write(
        root,
        "plants/changhe/plant.yaml",
        {"code": "changhe", "name": "长河锻造厂", "en": "Changhe", "modules": ["baishi", "nothing"]},
    )
    found = problems(root, "changhe")
    assert found == [
        "plants/changhe/plant.yaml：baishi 是另一个厂；一个厂只引用 base 和工艺模块，从不引用别的厂",
        "plants/changhe/plant.yaml：工艺模块 nothing 不存在",
    ]


def test_a_plant_that_is_not_there_is_told_with_those_that_are(root):
    assert problems(root, "nowhere") == ["plants/nowhere：没有这个厂的 plant.yaml；现有：baishi"]


def test_a_folder_and_its_code_must_agree(root):
    write(root, "plants/baishi/plant.yaml", {"code": "changhe", "name": "白石", "en": "Baishi", "modules": ["milling"]})
    assert any("代码 changhe 与文件夹 baishi 不一致" in text for text in problems(root))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"calendar": "lunar"}, "日历 lunar 不存在"), ({"roster": "none"}, "轮班表 none 不存在"),
     ({"roster": "four_two"}, "与日历 day_first 不配")],
)  # fmt: skip
def test_a_plant_names_clocks_that_base_declares_and_that_fit(root, changes, expected):
    plant = {"code": "baishi", "name": "白石", "en": "Baishi", "modules": ["milling"], **changes}
    write(root, "plants/baishi/plant.yaml", plant)
    assert any(expected in text for text in problems(root))


def test_a_plant_may_set_bands_but_only_of_its_own_modules(root):
    plant = {"code": "baishi", "name": "白石", "en": "Baishi", "modules": ["milling"]}
    write(root, "plants/baishi/plant.yaml", {**plant, "overrides": {"SM-06": {"band": [58, 62]}}})
    assert problems(root) == ["plants/baishi/plant.yaml：指标 SM-06 不属于本厂所选模块"]
    write(root, "plants/baishi/plant.yaml", {**plant, "overrides": {"CN-05": {"tolerance": 0.5}}})
    pack = load(["baishi"], root=root)
    assert str(pack.of("baishi").indicators["CN-05"].tolerance) == "0.5"
    assert pack.indicators["CN-05"].tolerance is None


def test_a_module_does_not_read_the_series_of_another(root):
    write(root, "modules/other/module.yaml", {"code": "other", "name": "其他", "en": "Other"})
    write(root, "modules/other/indicators.yaml", {"source": "试验", "indicators": [another("EL-01")]})
    write(root, "modules/other/wiring.yaml", {"source": "试验", "items": WIRES})
    write(
        root,
        "plants/baishi/plant.yaml",
        {"code": "baishi", "name": "白石", "en": "Baishi", "modules": ["milling", "other"]},
    )
    assert any("ore 属于 milling，这里不能引用" in text for text in problems(root))


def test_a_plant_that_names_rows_for_an_item_replaces_those_of_its_modules(root):
    write(
        root,
        "plants/baishi/wiring.yaml",
        {"source": "本厂", "items": {"D1": [{"indicator": "CN-01", "weight": 3, "method": "target"}]}},
    )
    wires = load(["baishi"], root=root).of("baishi").wired("D1")
    assert [(wire.module, int(wire.weight)) for wire in wires] == [("baishi", 3)]
    assert len(load(["baishi"], root=root).of("baishi").wired("D2")) == 1


def test_every_rule_is_a_small_function_with_a_name_of_its_own():
    assert len({rule.__name__ for rule in RULES}) == len(RULES) >= 25


LIMITS = {
    "code": "S-1", "zh": "铜", "en": "Copper", "unit": "%", "source": "厂控", "status": "D",
    "grades": [{"code": "A", "zh": "甲", "en": "A", "limits": [{"of": ["As"], "most": "0.0005"}]}],
}  # fmt: skip


def test_a_plant_declares_its_own_tables_of_limits_and_its_faults_are_told_with_all_others(root):
    write(root, "plants/baishi/grades.yaml", {"note": "厂控", "tables": [LIMITS]})
    pack = load(["baishi"], root=root)
    assert pack.base.grades.tables == ()
    (table,) = pack.of("baishi").base.grades.tables
    assert (table.code, table.note, table.grades[0].limits[0].digits) == ("S-1", "厂控", 4)
    write(root, "plants/baishi/grades.yaml", {"tables": [LIMITS, LIMITS]})
    assert any("grades.yaml" in one and "表 S-1 写了两遍" in one for one in problems(root))
