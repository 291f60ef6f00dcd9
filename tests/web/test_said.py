"""What rooms below the pages say reaches an English reader in English: every template by itself, errors through the client."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ronglu.store.models import Import
from ronglu.web import said as spoken
from ronglu.web import sayings
from ronglu.web.english import SHOWN, shown
from ronglu.web.said import english
from ronglu.web.sayings import HAN, HOLE, Saying
from tests.cast import Cast, cast  # noqa: F401
from tests.web.machines import fixed_day, machine  # noqa: F401
from tests.web.test_imports import upload
from tests.work.loops_cast import line, report, step
from tests.work.test_cases import FRIDAY, five
from tools import catalogue, words
from tools.sayings import of_python

WORDS = catalogue.read(words.SAID)[1]
NAMES = ("3", "李师傅", "2026-03-14", "12.5", "转炉线", "王书记", "7", "40")
NUMBERS = ("3", "2026-03-14", "7", "12.5", "2026-03-15", "40", "8", "9")
KNOWN = "书记"
TYPED = re.compile(r"“(合计|删除|上班)”|得 \{0\} 分|\{指标\}|〔|夜|　")


def test_every_sentence_has_english_and_nothing_else_is_kept() -> None:
    wanted = set(words.sentences())
    assert [each.text for each in wanted if not all(WORDS.get(each, ("",)))] == [], "run python -m tools.words"
    assert [each.text for each in WORDS if each not in wanted] == [], "run python -m tools.words"


def test_english_keeps_what_fills_a_sentence_and_has_no_chinese() -> None:
    assert [(m.text, t) for m, (t,) in WORDS.items() if set(HOLE.findall(m.text)) != set(HOLE.findall(t))] == []
    # what is typed into the plant's own files, and marks of the brief, stay as they are
    assert [text for (text,) in WORDS.values() if HAN.search(text) and not TYPED.search(text)] == []


def filled(saying: Saying) -> list[str]:
    """Something for every hole: names and numbers; a known word where it touches the hole before."""
    found = list((NAMES if saying.certain else NUMBERS)[: len(saying.fixed) - 1])
    for place in range(1, len(found)):
        if not saying.fixed[place]:
            found[place - 1 : place + 1] = ["转炉支" if saying.certain else "8", KNOWN]
    return found


def test_every_template_is_found_again_whatever_fills_it() -> None:
    shapes = Counter(re.sub(r"(\{\d+\})+", "{}", saying.zh) for saying in sayings.known())
    with override("en"):
        for saying in sayings.known():
            if "}{" in saying.zh and shapes[re.sub(r"(\{\d+\})+", "{}", saying.zh)] > 1:
                continue  # the same sentence is also said with one thing in that place
            parts = filled(saying)
            text = Saying("", saying.zh).fill(parts)
            if HAN.search(saying.zh) and saying.en not in {"", saying.zh}:
                assert spoken._whole(text, part=True) == saying.fill([spoken._part(each) for each in parts]), saying.zh


@pytest.mark.parametrize(
    ("chinese", "told"),
    [
        ("请填写“地点”\n“甲”没有填。“乙”没有填。", "Fill in “Place”\n“A” is empty. “B” is empty."),
        ("五落实还缺责任、措施", "The five assurances still lack Duty, Measures"),
        ("第 3 行：“十四号”不是日期。“起”应写成 2026-03-14 的样子。", "Row 3: “十四号” is not a date. “From” should look like 2026-03-14."),
        ("张师傅：这一项刚刚被改过，请刷新后再核对", "张师傅: This item has just been changed; reload and check again"),
        ("“验收”是李师傅做的，“核实”须由另一人", "“Checking” was done by 李师傅; “Verify” must be done by another person"),
        ("转炉甲班 3 号炉大修以后出铜口渗漏", "转炉甲班 3 号炉大修以后出铜口渗漏"),
        ("3班", "3班"),
    ],
)  # fmt: skip
def test_what_fills_a_sentence_is_said_too_and_what_people_wrote_stays(chinese: str, told: str) -> None:
    with override("en"):
        assert english(chinese) == told


def test_a_text_of_the_reader_is_not_touched_in_chinese() -> None:
    with override("zh-hans"):
        assert spoken.said("“地点”没有填。") == "“地点”没有填。"


def test_the_collector_reads_what_is_put_together() -> None:
    source = '''
"""第一行"""
def tried(row, unit):
    problems.append(f"第 {row} 行：{unit:>3}不是{'日期' if row else '数'}")
    logger.debug(PATTERN.fullmatch("甲班"))
    raise Wrong("太长，" + f"最多 {row} 字")
'''
    assert list(of_python(source)) == ["第 {0} 行：{1}不是日期", "第 {0} 行：{1}不是数", "太长，最多 {0} 字"]


@pytest.fixture
def anna(cast: Cast, client: Client) -> Any:
    """Somebody of the cast who reads English."""

    def logged_in(name: str) -> Client:
        cast.login(client, name)
        client.post(reverse("set_language"), {"language": "en", "next": "/"})
        return client

    return logged_in


def test_a_field_refused_by_the_kernel_is_told_in_english(cast: Cast) -> None:
    asks = machine(cast, "周统计员").client
    body = {
        "loop": "idea",
        "unit": "QL-R1",
        "fields": {"what": "烟罩加观察孔", "forecast": "很多", "group": "QL-B1-甲"},
    }
    told = asks.post("/api/v1/cases", body, content_type="application/json", headers={"Accept-Language": "en"})
    assert told.status_code == 422 and told.json()["message"].startswith("“很多” in “Forecast benefit”")


def test_a_case_somebody_else_changed_is_told_in_english(cast: Cast, anna: Any) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    given = {"funds": "维修费", "fix_by": "2026-03-13", "fallback": "不需要", "fixer": "陈技术员", "case-seen": 1}
    page = anna("马主任").post(reverse("case_move", args=[case.pk, "settle"]), given).content.decode()
    assert "Somebody else" in page and "刚刚被别人办过" not in page
    assert 'value="维修费"' in page


def test_what_a_pack_still_misses_is_told_in_english(cast: Cast, anna: Any) -> None:
    case = report(cast).case
    five(cast, case)
    page = anna("陈技术员").get(reverse("case", args=[case.pk])).content.decode()
    assert "Measure 1 is not done yet" in page and "还没有完成" not in page


def test_a_file_refused_at_the_door_is_told_in_english(cast: Cast, anna: Any, tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path / "home"
    (tmp_path / "空.csv").write_bytes(b"")
    page = upload(anna("周统计员"), tmp_path / "空.csv")
    assert page.status_code == 422 and not Import.objects.exists()
    assert "The file is empty (0 bytes). Check whether the export worked." in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "english_told", "chinese_told"),
    [
        ("/nothing", "There is no such address", "没有这个地址"),
        ("/cases/YH-2026-0009", "There is no such", "没有这个"),
        ("/readings?unit=QL-R1&series=sm.coal&from=2026-03-10&to=2026-03-01", "The end should not be before the start, and at most", "止日应不早于起日"),
    ],
)  # fmt: skip
def test_the_interface_for_machines_answers_in_the_language_asked_for(
    cast: Cast, asked: str, english_told: str, chinese_told: str
) -> None:
    asks = machine(cast, "孙干事").client
    path = f"/api/v1{asked}"
    told = asks.get(path, headers={"Accept-Language": "en-GB,en;q=0.9"}).json()["message"]
    assert told.startswith(english_told) and not HAN.search(told)
    assert asks.get(path).json()["message"].startswith(chinese_told)


def test_what_is_run_typed_or_kept_in_a_field_is_left_alone() -> None:
    kept = '<input value="“甲”没有填。"><textarea title="“甲”没有填。">“甲”没有填。</textarea><script>"“甲”没有填。>"</script> '
    page = f'<p class="x" title="“&lt;b&gt;”没有填。">“&lt;b&gt;”没有填。</p>{kept}'
    with override("en"):
        told = SHOWN.sub(shown, page)
    assert told == f'<p class="x" title="“&lt;b&gt;” is empty.">“&lt;b&gt;” is empty.</p>{kept}'
