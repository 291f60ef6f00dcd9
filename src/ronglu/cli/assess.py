"""`ronglu assess 2026-03 --plant qinglan`: scores a month and keeps the run, or with --dry-run only shows it."""

from collections.abc import Iterable
from typing import Any

import click

from ronglu.cli.shell import Refusal, as_json, month_of, plant_of, print_json, told


@click.command(name="assess", help="给一个厂的一个月计分。")
@click.argument("month")
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option("--dry-run", is_flag=True, help="只算不存")
@as_json
@told
def command(month: str, plant_code: str, dry_run: bool, as_data: bool) -> None:
    from ronglu.config.clock import now
    from ronglu.tasks.assess import compute, scored
    from ronglu.work import results
    from ronglu.work.closings import Closed
    from ronglu.work.sheets import NoSheet

    plant, period = plant_of(plant_code), month_of(month)
    try:
        if dry_run:
            outcome = compute(plant=plant, month=period, at=now())[1]
            digest, number = results.digest_of(outcome), None
        else:
            run, outcome = scored(plant=plant, month=period, at=now(), cause="命令行计分")
            digest, number = run.digest, run.number
    except (NoSheet, Closed) as refused:
        raise Refusal(str(refused)) from refused
    rows = list(totals(outcome.totals, period))
    if as_data:
        print_json({"plant": plant.code, "month": month, "run": number, "digest": digest, "totals": rows})
        return
    for row in rows:
        click.echo(f"{row['branch']}　{row['scale_name']} 得 {row['won']}/{row['available']}　折算 {row['converted']}")
    click.echo(f"{'试算，未存' if number is None else f'第 {number} 次计分'}　摘要 {digest[:12]}")


def totals(found: Iterable[Any], month: Any) -> Iterable[dict[str, str]]:
    """One row a branch and scale, points as people write them."""
    from ronglu.kernel.measure.rounding import from_scaled
    from ronglu.store.models import BodyState

    found = list(found)
    names = dict(
        BodyState.objects.filter(body__in={t.body for t in found}, from_on__lte=month.last)
        .order_by("from_on")
        .values_list("body_id", "name")
    )
    for one in found:
        yield {
            "branch": names[one.body],
            "scale": one.scale,
            "scale_name": {"party": "党建百分", "fusion": "生产融合百分"}.get(one.scale, one.scale),
            "won": str(from_scaled(one.won, 2)),
            "available": str(from_scaled(one.available, 2)),
            "applicable": str(from_scaled(one.applicable, 2)),
            "converted": "—" if one.converted is None else str(from_scaled(one.converted, 2)),
            "grade": one.grade,
        }
