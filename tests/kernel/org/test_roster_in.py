"""A roster's header: kept by synonym, refused by name with the reason, asked about, or ignored on the user's word."""

import json
from pathlib import Path

import pytest

from ronglu.kernel.org.roster_in import ForbiddenColumns, HeaderCheck, check_header, load
from tests.kernel.org.cast import pack

COLUMNS = load(pack()["roster"])


def check(*names: object, **more: object) -> HeaderCheck:
    return check_header([names], COLUMNS, **more)  # type: ignore[arg-type]


def test_a_clean_roster_is_ready() -> None:
    found = check(
        "工号", "姓名", "车间", "班组", "所在支部", "党小组", "党员类别", "入党时间\n(yyyy-MM-dd)", "编入依据"
    )
    assert found.ready and found.messages() == []
    assert found.places == {
        "staff_no": 0, "name": 1, "unit": 2, "crew": 3, "body": 4, "group": 5, "status": 6, "joined_on": 7, "basis": 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["身份证号", "公民身份号码", "民族", "宗教信仰", "家庭住址", "现居住地", "健康状况", "党费金额", "支付金额", "工资",
     "应发薪酬", "出生日期", "出生年月(yyyy-MM)", "性别", "学历", "籍贯", "困难党员", "照片", "处分情况", "身份证号/工号"],
)  # fmt: skip
def test_a_forbidden_column_is_refused_by_name_with_its_cell_and_reason(name: str) -> None:
    found = check("工号", "姓名", name)
    assert [column.name for column in found.refused] == [name]
    assert found.messages()[0].startswith(f"C1 “{name}”：") and "删去这一列" in found.messages()[0]
    with pytest.raises(ForbiddenColumns, match="不得保存的列"):
        found.require()


def test_a_forbidden_column_cannot_be_waved_through_by_ignoring_it() -> None:
    found = check("工号", "姓名", "民族", ignore={"民族"}, confirmed={"民族": True})
    assert not found.ready and len(found.refused) == 1


@pytest.mark.parametrize("name", ["民 族", "民族　", " 民族", "*民族", "民族：", "民族（必填）", "\ufeff民族"])
def test_a_forbidden_word_is_seen_through_blanks_and_punctuation(name: str) -> None:
    assert len(check("工号", "姓名", name).refused) == 1


def test_unknown_columns_are_listed_and_ignored_only_if_the_user_says_so() -> None:
    found = check("工号", "姓名", "备注说明", "志愿者")
    assert [column.name for column in found.unknown] == ["备注说明", "志愿者"] and not found.ready
    assert check("工号", "姓名", "备注说明", "志愿者", ignore={"备注说明", "志愿者"}).ready


def test_a_phone_column_is_kept_only_when_confirmed_to_be_the_one_at_work() -> None:
    asked = check("工号", "姓名", "手机号码")
    assert not asked.ready and "工作电话吗" in asked.messages()[0]
    assert check("工号", "姓名", "手机号码", confirmed={"手机号码": True}).places["contact"] == 2
    no = check("工号", "姓名", "手机号码", confirmed={"手机号码": False})
    assert no.ready and "contact" not in no.places


def test_missing_and_doubled_columns_are_named() -> None:
    assert check("姓名", "车间").messages() == ["缺少必需的列“工号”"]
    assert check("工号", "员工编号", "姓名").messages() == ["有两列都是“工号”，请只留一列"]


def test_a_combined_column_counts_when_only_one_of_its_words_is_a_field() -> None:
    assert check("姓名", "学号/工号").places["staff_no"] == 1
    assert [column.name for column in check("工号", "姓名", "单位、职务或职业").unknown] == ["单位、职务或职业"]


def test_titles_above_the_header_are_passed_over() -> None:
    rows = [["某厂党员信息表"], [None, "填报单位：某车间"], ["工号", "姓名", "民族"], ["001", "李班长", "某"]]
    found = check_header(rows, COLUMNS)
    assert found.row == 2 and found.messages()[0].startswith("C3 ")


def form(folder: Path, start: str) -> HeaderCheck:
    headers = json.loads((folder / "party_templates" / "headers.json").read_text(encoding="utf-8"))
    rows = next(value for name, value in headers.items() if name.startswith(start))
    return check_header(rows if isinstance(rows[0], list) else [rows], COLUMNS)


@pytest.mark.parametrize(
    ("name", "refused", "kept"),
    [
        (
            "党员信息表 (",
            ["性别", "身份证号", "民族", "学历", "学位", "籍贯", "出生年月(yyyy-MM)", "困难党员", "家庭住址"],
            ["name", "joined_on", "body"],
        ),
        (
            "发展党员信息表",
            ["性别", "身份证号", "民族", "学历", "学位", "籍贯", "出生年月(yyyy-MM)", "现居住地"],
            ["name", "body", "status"],
        ),
        ("党员信息表 two-row", ["性别"], ["name", "posts", "body", "status", "staff_no", "joined_on"]),
        ("党员 导入", ["性别", "民族", "籍贯", "出生日期", "学历"], ["body", "posts", "name", "joined_on", "status"]),
        ("党费", ["支付金额"], ["name"]),
    ],
)
def test_real_forms_of_party_work_are_refused_for_exactly_their_forbidden_columns(
    test_data: Path, name: str, refused: list[str], kept: list[str]
) -> None:
    found = form(test_data, name)
    assert [column.name for column in found.refused] == refused
    assert [column.field for column in found.kept] == kept


def test_the_form_with_its_title_above_has_its_header_in_the_second_row(test_data: Path) -> None:
    assert form(test_data, "党员信息表 two-row").row == 1
