"""The four invented plants choose modules and know nothing of each other."""

import ast
from pathlib import Path

import pytest

from ronglu.packs.loader import ROOT, load, plants_available

CHOICES = {
    "baishi": ("白石选矿厂", ("concentrating",)),
    "changhe": ("长河锻造厂", ("forging",)),
    "qinglan": ("青岚冶炼厂", ("smelting", "fire_refining")),
    "yunling": ("云岭精炼厂", ("fire_refining", "electrolysis")),
}


@pytest.fixture(scope="module")
def pack():
    return load(plants_available())


def test_the_plants_and_their_modules(pack):
    assert {code: (plant.name, plant.modules) for code, plant in pack.plants.items()} == CHOICES


def test_a_plant_sees_its_own_indicators_only(pack):
    assert {code[:2] for code in pack.of("baishi").indicators} == {"CN", "SM"}
    assert {one.module for one in pack.of("baishi").indicators.values()} == {"concentrating"}
    assert {one.module for one in pack.of("yunling").wires} == {"fire_refining", "electrolysis"}
    assert set(pack.of("qinglan").plants) == {"qinglan"}


def test_a_plant_declares_products_of_its_own(pack):
    assert pack.of("changhe").indicators["FG-04c"].name == "环件成品率"
    assert "FG-04c" not in load([], modules=["forging"]).indicators


def test_a_plant_sets_its_own_band(pack):
    assert [str(edge) for edge in pack.of("qinglan").indicators["SM-06"].band] == ["58", "62"]
    assert [str(edge) for edge in pack.indicators["SM-06"].band] == ["50", "70"]


def test_the_sheet_and_the_clocks_of_base_come_with_the_pack(pack):
    assert len(pack.sheet.items) == 33
    assert pack.plants["baishi"].calendar in pack.base.time.calendars


def test_the_template_can_be_copied_but_is_no_plant(pack, tmp_path):
    assert "template" not in plants_available()
    assert load(["template"]).plants["template"].modules == ("smelting",)


def test_no_plant_and_no_module_imports_another():
    for folder, allowed in (("plants", ("base", "modules")), ("modules", ("base",))):
        for path in (ROOT / folder).rglob("*.py"):
            for name in imported(path):
                if name.startswith("ronglu.packs."):
                    assert name.split(".")[2] in allowed, f"{path.relative_to(ROOT)} imports {name}"


def imported(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
