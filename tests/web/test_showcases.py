"""晒业绩 on the page and on the plant's screen: by name, against plan and own past, and ties said in words."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import packs
from ronglu.store.models import IndicatorRow, Showcase, Unit
from ronglu.work import showcases
from tests.cast import AT, Cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.terminals import set_up
from tests.web.test_benchmarks import month
from tests.web.test_teams import get, post, text
from tests.work.effected import board, calendar, coal

CREWS = ("QL-R1-甲", "QL-R1-乙", "QL-R1-丙")
PAST = [f"2025-{no:02}" for no in range(3, 13)] + ["2026-01", "2026-02"]


def past(unit: Unit, base: str, wobble: str) -> None:
    """Twelve months of coal in kilograms a tonne, by turns a little above and below."""
    for no, period in enumerate(PAST):
        month(unit, period, f"{float(base) + (float(wobble) if no % 2 else -float(wobble)):.2f}")


def filled(tmp_path: Path, settings: Any) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03T09:00"
    cast = make_cast()
    calendar(cast)
    board(cast.unit["QL-R1"], coal())
    for code, base, now in zip(CREWS, ("43.10", "43.00", "43.20"), ("43.05", "43.00", "44.90"), strict=True):
        past(cast.unit[code], base, "0.20" if code == "QL-R1-甲" else "0.10")
        month(cast.unit[code], "2026-03", now, plan="43.00")
        month(cast.unit[code], "2026-03", "310.0", code="SM-01", plan="300")
    return cast


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    return filled(tmp_path, settings)


def put(cast: Cast, code: str, *codes: str, words: str = "") -> Showcase:
    return showcases.show(
        unit=cast.unit[code], indicators=codes or ("SM-02",), known=("SM-01", "SM-02"), words=words,
        by=cast.account["李班长"], at=AT,
    )  # fmt: skip


@pytest.mark.covers("S4-01")
def test_a_leader_shows_his_crew_and_takes_it_back_in_the_browser(cast: Cast) -> None:
    offered = get(cast, "李班长", "showcase", "QL-R1-甲").context["form"].fields["indicators"].choices
    assert [code for code, _name in offered] == ["SM-01", "SM-02"]
    assert post(cast, "李班长", "showcase", "QL-R1-甲", indicators=["SM-02"], words="再降一斤").status_code == 302
    page = text(cast, "郑师傅", "showcases")
    assert "转炉甲班" in page and "再降一斤" in page and "43.05" in page
    post(cast, "李班长", "showcase_revoke", "QL-R1-甲")
    assert "现在没有班晒业绩" in text(cast, "郑师傅", "showcases")


@pytest.mark.covers("S4-01")
def test_a_board_stands_against_its_plan_and_its_own_month_before(cast: Cast) -> None:
    """43.05 against 43.00 in the plan, and against 43.30 in February: 43.10 and the 0.20 of an even month."""
    put(cast, "QL-R1-甲")
    page = " ".join(text(cast, "周统计员", "showcases").split())
    assert "较计划 +0.05" in page and "比本班上月 −0.25（上月 43.30）" in page


@pytest.mark.covers("S4-01")
def test_crews_stand_in_the_rosters_order_and_not_by_what_they_reached(cast: Cast) -> None:
    for code in ("QL-R1-丙", "QL-R1-甲", "QL-R1-乙"):
        put(cast, code)
    page = text(cast, "周统计员", "showcases")
    places = [page.index(name) for name in ("转炉甲班", "转炉乙班", "转炉丙班")]
    assert places == sorted(places)
    assert not {"第一", "名次：", "冠军", "最好", "落后", "领先"} & set(page.split())


@pytest.mark.covers("S4-01")
def test_two_crews_within_chance_are_a_tie_in_words(cast: Cast) -> None:
    """甲 and 乙 differ by 0.05; by turns their difference was 0.00 and 0.20, a step of 0.20 each month: limit 0.53."""
    put(cast, "QL-R1-甲")
    put(cast, "QL-R1-乙")
    assert "差别都在平常波动之内，不分高下" in text(cast, "周统计员", "showcases")


@pytest.mark.covers("S4-01")
def test_a_difference_beyond_chance_is_said_without_a_better_or_worse(cast: Cast) -> None:
    """丙 is 1.90 above 乙, whose difference was always 0.20 with no step at all, and 1.85 above 甲."""
    put(cast, "QL-R1-甲")
    put(cast, "QL-R1-丙")
    page = text(cast, "周统计员", "showcases")
    assert "差别大于平常的波动" in page and "不分高下" not in page
    put(cast, "QL-R1-乙")
    page = text(cast, "周统计员", "showcases")
    assert "转炉甲班和转炉丙班、转炉乙班和转炉丙班的差别大于平常的波动，其余不分高下" in page


def test_a_crew_of_which_a_fifth_was_read_is_compared_with_nobody(cast: Cast) -> None:
    """丙's 44.90 is that of the few shifts that were read; the tie of the two others is not said of it."""
    for code in CREWS:
        put(cast, code)
    of_month = IndicatorRow.objects.filter(indicator="SM-02", period="2026-03")
    of_month.filter(unit=cast.unit["QL-R1-丙"]).update(covered=5, expected=24)
    page = text(cast, "周统计员", "showcases")
    assert "大于平常的波动" not in page
    assert "转炉甲班和转炉丙班、转炉乙班和转炉丙班缺数或共同的过去不满八个月，不比" in page


def test_quantities_are_not_put_side_by_side(cast: Cast) -> None:
    put(cast, "QL-R1-甲", "SM-01")
    put(cast, "QL-R1-乙", "SM-01")
    assert "并排看" not in text(cast, "周统计员", "showcases")


def test_a_chosen_indicator_without_figures_is_missing_and_not_zero(cast: Cast) -> None:
    row = put(cast, "QL-R1-甲", "SM-02", "SM-01")
    type(row.unit.indicator_rows.first()).objects.filter(unit=row.unit, indicator="SM-01").delete()  # type: ignore[union-attr]
    assert "缺数" in text(cast, "周统计员", "showcases")


def test_nobody_else_shows_or_takes_back_a_crews_board(cast: Cast) -> None:
    put(cast, "QL-R1-乙")
    assert get(cast, "李班长", "showcase", "QL-R1-乙").status_code == 404
    assert post(cast, "李班长", "showcase_revoke", "QL-R1-乙").status_code == 404
    assert post(cast, "马主任", "showcase_revoke", "QL-R1-乙").status_code == 403
    assert "收回" not in text(cast, "马主任", "showcases")
    assert Showcase.objects.get().state == "shown"


def test_three_boards_cost_no_more_queries_than_one(cast: Cast) -> None:
    def cost(page: str, client: Client) -> int:
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(page))
        return len(asked)

    desk, screen = cast.login(Client(), "周统计员"), set_up(cast)
    put(cast, "QL-R1-甲")
    put(cast, "QL-R1-乙")
    few = [cost("showcases", desk), cost("kiosk_showcases", screen)]
    put(cast, "QL-R1-丙")
    assert [cost("showcases", desk), cost("kiosk_showcases", screen)] == few


@pytest.mark.covers("S4-01")
def test_the_plants_screen_shows_the_crews_of_its_line_and_asks_nobody_who_he_is(cast: Cast) -> None:
    screen = set_up(cast)
    assert "看各班晒业绩" not in screen.get(reverse("kiosk")).content.decode()
    put(cast, "QL-R1-甲")
    put(cast, "QL-F1-甲")
    assert "看各班晒业绩" in screen.get(reverse("kiosk")).content.decode()
    page = screen.get(reverse("kiosk_showcases")).content.decode()
    assert "转炉甲班" in page and "43.05" in page and "精炼甲班" not in page


@pytest.mark.covers("S4-01")
def test_the_three_activities_are_one_kit_of_contest_board_and_mentoring() -> None:
    kit = packs().base.kits["drive_show_pass"]
    assert kit.contest and [task.zh.partition("：")[0] for task in kit.tasks][:4] == [
        "比干劲",
        "晒业绩",
        "传帮带",
        "传帮带",
    ]


@pytest.fixture
def house(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:
    cast = filled(tmp_path, settings)
    for code, words in zip(CREWS, ("煤耗再降一斤", "", "把炉口管好"), strict=True):
        put(cast, code, "SM-02", "SM-01", words=words)
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    client = house.login(Client(), "李班长")
    for page, args in (("showcases", []), ("showcase", ["QL-R1-甲"])):
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), page)
    screen = set_up(house)
    check(look(reverse("kiosk_showcases"), width=width, cookies=screen.cookies, height=768), "kiosk_showcases")
    check(look(reverse("kiosk"), width=width, cookies=screen.cookies, height=768), "kiosk_home")
