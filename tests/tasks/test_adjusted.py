"""After an adjustment was agreed to, every face says the same of the closed month: the score that stands, and why it does."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.boards.explain import lines
from ronglu.boards.explain.read import read
from ronglu.boards.sheet.read import read as sheet_of
from ronglu.config.plant import pack_of
from ronglu.store.models import Adjustment, Closing, Result, Run
from ronglu.tasks import assess
from ronglu.work import adjustments, closings
from ronglu.work.queries import agreed, branch_year
from ronglu.work.queries.standing import standing
from ronglu.work.reviews_fill import _lost
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import MARCH, March
from tests.tasks.test_close import LATER, ON, closed, correct, march  # noqa: F401
from tests.web.machines import machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def adjusted(march: March, cast: Cast, settings: Any) -> Closing:
    """42 ÷ 43 became 42 ÷ 44 by a weighbridge slip that came after the close: 7.03 → 5.84."""
    settings.TODAY = f"{ON}T09:00:00"
    done = closed(march, cast)
    correct(march, cast)
    assess.revalue(closing=done, cause="磅单补到", by=None)
    adjustments.approve(adjustment=Adjustment.objects.get(), by=cast.account["高书记"], at=LATER)
    return done


def test_a_score_that_was_adjusted_is_explained_by_the_figures_it_stands_on(adjusted: Closing, cast: Cast) -> None:
    plant, pack = adjusted.plant, pack_of(adjusted.plant.code)
    scope = cast.scope("高书记", on=ON)
    told = read(scope=scope, plant=plant, month=MARCH, body="QL-B1", item="D3", pack=pack)
    assert told is not None
    assert told.cell.won == Decimal("5.84")
    [figure] = [one for one in told.figures if one.code == "SM-02"]
    assert figure.shown == Decimal(44)
    view = sheet_of(scope=scope, plant=plant, month=MARCH)
    assert view is not None
    [line] = [one for one in lines.proof(view=view, pack=pack) if one.item.code == "D3" and one.branch.code == "QL-B1"]
    assert (line.cell.won, line.value) == (Decimal("5.84"), Decimal(44))


def test_a_run_asked_for_by_its_number_is_told_as_it_was(adjusted: Closing, cast: Cast) -> None:
    plant = adjusted.plant
    Run.objects.create(plant=plant, sheet=adjusted.run.sheet, month=202604, number=1, at=LATER, digest="x")
    assert agreed.of_run(adjusted.run_id).keys() == {(cast.body["QL-B1"].pk, "D3")}
    assert agreed.of_run(Run.objects.get(month=202604).pk) == {}


def test_a_machine_reads_the_score_that_stands(adjusted: Closing, cast: Cast) -> None:
    asks = machine(cast, "孙干事")
    status, sheet = asks.get("/results/2026-03")
    [one] = [r for r in sheet["results"] if (r["body"], r["item"]) == ("QL-B1", "D3")]
    assert (status, one["won"]) == (200, "5.84")
    [total] = [t for t in sheet["totals"] if (t["body"], t["scale"]) == ("QL-B1", "fusion")]
    stands = adjustments.standing_totals(adjusted)[cast.body["QL-B1"].pk, "fusion"]
    assert stands.converted is not None
    assert (total["won"], total["converted"]) == (f"{stands.won / 100:.2f}", f"{stands.converted / 100:.2f}")
    detail = asks.get("/results/2026-03/QL-B1/D3")[1]
    assert (detail["won"], detail["basis"]) == ("5.84", Adjustment.objects.get().lines.get().basis)


def test_the_first_page_and_the_next_card_say_what_stands(adjusted: Closing, cast: Cast) -> None:
    [mine] = standing(scope=cast.scope("王书记", on=ON))
    stands = adjustments.standing_totals(adjusted)[cast.body["QL-B1"].pk, "fusion"]
    [scale] = [one for one in mine.scales if one.code == "fusion"]
    assert scale.converted == Decimal(stands.converted or 0) / 100
    assert "D3 −2.16" in _lost({202603: adjusted.run})[cast.body["QL-B1"].pk]


def test_the_branchs_year_counts_what_was_agreed_of_a_month(
    adjusted: Closing, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch_year, "REQUESTS", "D3")
    # any item will do: its line read 43000000 of 10000 at the close, 44000000 after it
    assert branch_year.figures(body=cast.body["QL-B1"], year=2026, on=ON)["request_share"] == Decimal(440_000)


def test_the_command_line_says_that_a_closed_month_is_not_scored_again(adjusted: Closing) -> None:
    from click.testing import CliRunner

    from ronglu.cli import assess as command

    said = CliRunner().invoke(command.command, ["2026-03", "--plant", adjusted.plant.code])
    assert (said.exit_code, Run.objects.count()) == (1, 1)
    assert "2026-03 已关账：得分不再改动" in said.output


def april(adjusted: Closing, cast: Cast, won: int) -> Run:
    """It carries along what March said of an item that is looked at each quarter, and D3 stands for such a one here."""
    run = Run.objects.create(
        plant=adjusted.plant, sheet=adjusted.run.sheet, month=202604, number=1, at=LATER, digest="april"
    )
    Result.objects.create(
        run=run, body=cast.body["QL-B1"], item="D3", state="carried", points=800, won=won, basis={"from": "2026-03"}
    )
    return run


def test_a_month_that_carries_a_score_is_scored_anew_once_that_score_was_adjusted(
    adjusted: Closing, cast: Cast
) -> None:
    may_2 = dt.date(2026, 5, 2)
    run = april(adjusted, cast, 703)
    assert agreed.outdated(run) == LATER
    said = "第 1 次计分之后记录又有变动：请重新计分"
    assert said in closings.blockers(plant=adjusted.plant, month=MARCH + 1, on=may_2)
    Result.objects.filter(run=run).update(won=584)
    assert agreed.outdated(run) is None
    assert said not in closings.blockers(plant=adjusted.plant, month=MARCH + 1, on=may_2)


def test_a_closed_month_that_carries_it_is_reckoned_again_once(adjusted: Closing, cast: Cast) -> None:
    run = april(adjusted, cast, 703)
    who = {"proposed_by": cast.account["孙干事"], "closed_by": cast.account["高书记"]}
    shut = Closing.objects.create(
        plant=adjusted.plant, month=202604, state="closed", run=run, proposed_at=LATER, closed_at=LATER, **who
    )
    assert adjustments.behind(shut)
    Adjustment.objects.create(
        closing=shut, number=1, state="rejected", cause="重新计算", proposed_at=LATER + dt.timedelta(minutes=1)
    )
    assert not adjustments.behind(shut), "looked at, and somebody decided against it"


def test_a_month_carries_what_the_last_run_of_the_other_month_says(march: March, cast: Cast) -> None:
    first = assess.assess_month(plant=march.plant, month=MARCH, at=LATER)
    run = Run.objects.create(plant=march.plant, sheet=first.sheet, month=202604, number=1, at=LATER, digest="april")
    Result.objects.create(
        run=run, body=cast.body["QL-B1"], item="D3", state="carried", points=400, won=352, basis={"from": "2026-03"}
    )
    assert agreed.outdated(run) is None, "7.03 of 8 is 3.515 of 4, rounded half-up"
    correct(march, cast)
    again = assess.assess_month(plant=march.plant, month=MARCH, at=LATER + dt.timedelta(hours=1))
    assert agreed.outdated(run) == again.at
