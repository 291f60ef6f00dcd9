"""A printed ledger: every page can be read alone, and nothing in a cell reaches out of the page."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ronglu.exchange.ledger_pdf import Column, table_pdf
from ronglu.exchange.paper import render
from tests.exchange.papers import printing, sheets

pytestmark = printing
COLUMNS = [Column("序号", number=True), Column("隐患描述", 6), Column("责任单位", 3), Column("销号日期", 2)]


def ledger(count: int, **more: object) -> bytes:
    rows = [(n, f"第 {n} 号槽护栏松动", "磨浮车间", None if n % 2 else "2026-03-14") for n in range(1, count + 1)]
    return table_pdf("事故隐患排查治理台账", columns=COLUMNS, rows=rows, **more)


def test_each_page_repeats_the_heads_and_says_which_page_of_how_many_and_who_printed_it() -> None:
    pages = sheets(ledger(60, footer="赵安全员 2026-04-10 08:00 打印"))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert page.words.count("隐患描述") == 1
        assert f"第 {number} 页，共 {len(pages)} 页" in page.words
        assert "赵安全员 2026-04-10 08:00 打印" in page.words
        assert page.size == (297, 210)


def test_every_row_is_on_the_paper_once() -> None:
    words = "".join(page.words for page in sheets(ledger(60)))
    assert [words.count(f"第 {n} 号槽") for n in range(1, 61)] == [1] * 60


def test_title_and_period_stand_on_the_first_page_and_notes_after_the_last_row() -> None:
    pages = sheets(ledger(60, sub="示范铜冶炼厂 · 2026 年 3 月", notes=["一般隐患立即整改。"]))
    assert "事故隐患排查治理台账" in pages[0].words and "2026 年 3 月" in pages[0].words
    assert "2026 年 3 月" not in pages[-1].words
    assert pages[-1].words.index("第 60 号槽") < pages[-1].words.index("一般隐患立即整改。")


def test_a_period_without_records_says_so() -> None:
    (page,) = sheets(ledger(0))
    assert "本期没有记录" in page.words and "责任单位" in page.words


def test_upright_paper_when_asked() -> None:
    assert sheets(ledger(1, landscape=False))[0].size == (210, 297)


def test_a_row_with_another_number_of_cells_is_no_row() -> None:
    with pytest.raises(ValueError, match="zip"):
        table_pdf("x", columns=COLUMNS, rows=[(1, 2)])


def test_what_people_wrote_stays_text() -> None:
    sly = [(1, '<b>粗</b> <img src="http://127.0.0.1:9/x"> & "引号"\n第二行', "</td></table>", None)]
    (page,) = sheets(table_pdf("台账", columns=COLUMNS, rows=sly))
    assert "<b>粗</b>" in page.words and "第二行" in page.words and "</td></table>" in page.words


def test_the_printer_asks_neither_the_network_nor_the_disk() -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        body = (
            f'<link rel="stylesheet" href="{here}/a.css"><img src="{here}/a.png"><img src="file:///etc/hostname">正文'
        )
        data = render(
            title="x",
            style=f'@import "{here}/b.css"; @font-face {{ font-family: y; src: url({here}/c.woff) }}',
            body=body,
        )
        server.shutdown()
    assert asked == []
    assert "正文" in sheets(data)[0].words
