"""Labels for zones: what hangs on the wall is read by a person and by a phone."""

import pytest
import zxingcpp

from ronglu.exchange.labels_pdf import Label, qr, zone_labels
from tests.exchange.papers import printing, properties, sheets

pytestmark = printing
PLANT = "示范铜冶炼厂"


def address(number: int) -> str:
    return f"http://10.20.30.40:8000/r/k7Qw2-{number:06d}/"


def labels(count: int) -> list[Label]:
    return [Label(f"电解槽面 {n} 区", f"责任人 李班长 · Z-{n:02d}", address(n)) for n in range(1, count + 1)]


def test_a_phone_reads_the_address_of_each_zone_from_its_label() -> None:
    first, second = sheets(zone_labels(labels(14), plant=PLANT))
    assert first.codes == {address(n) for n in range(1, 13)}
    assert second.codes == {address(13), address(14)}


def test_a_person_reads_the_zone_its_keeper_the_plant_and_the_address_in_chinese() -> None:
    (page,) = sheets(zone_labels(labels(1), plant=PLANT))
    for words in (PLANT, "电解槽面 1 区", "责任人 李班长 · Z-01", "手机扫一扫", address(1)):
        assert words in page.words
    assert page.size == (210, 297)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_twelve_labels_fill_a_page_and_no_page_is_empty(count: int, pages: int) -> None:
    assert len(sheets(zone_labels(labels(count), plant=PLANT))) == pages


def test_long_names_shrink_instead_of_pushing_the_page_apart() -> None:
    name = "二选厂磨浮车间浮选工段北侧药剂制备间与储存间（含室外卸药平台、围堰和事故池）第二责任区"
    deep = "https://ronglu.example.cn/some/prefix/r/AbCdEf12345678901234567890/"
    (page,) = sheets(zone_labels([Label(name, "包片 王书记；责任人 赵安全员、周统计员", deep)] * 12, plant=PLANT))
    assert name in page.words and "周统计员" in page.words
    assert page.codes == {deep}


def test_a_name_with_signs_of_html_is_printed_as_it_is_and_fetches_nothing() -> None:
    sly = '<img src="file:///etc/hostname">&<b>炉</b>'
    (page,) = sheets(zone_labels([Label(sly, "", address(1))], plant=PLANT))
    assert "炉" in page.words and "<b>" in page.words


def test_a_label_with_a_hole_is_still_read() -> None:
    (page,) = sheets(zone_labels(labels(1), plant=PLANT))
    label = page.image.crop((0, 0, page.image.width // 3, page.image.height // 4))
    millimetre = page.image.width / 210
    torn = tuple(int(side * millimetre) for side in (36, 46, 43, 53))  # 49 of the 790 square millimetres of the code
    assert label.crop(torn).convert("L").getextrema() == (0, 255)
    label.paste("white", torn)
    assert [found.text for found in zxingcpp.read_barcodes(label)] == [address(1)]


def test_the_code_has_its_white_rim() -> None:
    assert 'viewBox="0 0 37 37"' in qr("http://10.20.30.40/r/abcdefgh/")  # 29 modules and 4 on each side


def test_the_file_says_its_title_and_not_who_or_when() -> None:
    told = properties(zone_labels(labels(1), plant=PLANT))
    assert told.keys() == {"Title", "Producer"} and told["Title"] == f"{PLANT} 责任区标签"


def test_no_zone_no_paper() -> None:
    with pytest.raises(ValueError, match="没有要打印的标签"):
        zone_labels([], plant=PLANT)
