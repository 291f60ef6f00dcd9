"""Small lists of words: whole entries, no code twice, no more aspects than are filled in on a phone."""

from typing import Any

import pytest

from ronglu.kernel.named_codes import NamedCodesTrouble, awards, flows

ONE = {"code": "quality", "zh": "质量", "en": "Quality"}


def test_what_is_declared_is_kept_in_its_order() -> None:
    found = flows({"note": "系统默认", "aspects": [ONE, ONE | {"code": "timely", "zh": "及时"}]})
    assert [(one.code, one.label) for one in found.aspects] == [("quality", "质量"), ("timely", "及时")]
    assert found.note == "系统默认" and flows({}).aspects == ()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([ONE, ONE], "aspects 里的 quality 写了两遍"),
        ([ONE | {"en": ""}], "aspects 里的 quality 缺少 code、zh 或 en"),
        ([{"zh": "质量"}], "aspects 里的 质量 缺少"),
        ([ONE | {"code": f"a{n}"} for n in range(5)], "aspects 最多 4 个，现有 5 个"),
        ([], "aspects 一项也没有"),
    ],
)
def test_a_list_with_a_fault_is_refused_in_words(rows: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(NamedCodesTrouble, match=says):
        flows({"note": "x", "aspects": rows})


def test_awards_have_levels_and_prizes() -> None:
    found = awards({"levels": [ONE], "prizes": [ONE | {"code": "qc"}]})
    assert ([one.code for one in found.levels], [one.code for one in found.prizes]) == (["quality"], ["qc"])
    with pytest.raises(NamedCodesTrouble, match="prizes 一项也没有"):
        awards({"levels": [ONE]})
