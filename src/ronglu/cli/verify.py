"""`ronglu verify`: does every closed month still stand as it was sealed, and does its archive give the same scores again?"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ronglu.cli.shell import as_json, plant_of, print_json, told

if TYPE_CHECKING:
    from ronglu.store.models import Closing, Plant


@click.command(name="verify", help="核验已关账月份的封存：数据库、归档文件和摘要链；有一处不符时退出码为 1。")
@click.option("--plant", "plant_code", default="", help="厂的编码；不写则核验全部")
@click.option("--head", default="", help="外存的链头摘要，核对它还在链上（须同时写 --plant）")
@click.option("--replay", "again", is_flag=True, help="另从归档按当时的考核表、从留存数据按竞赛办法重算一遍，逐项比对")
@as_json
@told
def command(plant_code: str, head: str, again: bool, as_data: bool) -> None:
    from ronglu.store.models import Plant

    plants = [plant_of(plant_code)] if plant_code else list(Plant.objects.all())
    if head and not plant_code:
        raise click.UsageError("--head 是某一个厂的链头：请同时写 --plant")
    found = [one for plant in plants for one in _plant(plant, head.strip().lower(), again)]
    if as_data:
        print_json({"plants": found})
    else:
        for one in found:
            _print(one)
    sys.exit(any(one["faults"] for one in found))


def _plant(plant: "Plant", head: str, again: bool) -> Iterator[dict[str, Any]]:
    from django.conf import settings

    from ronglu.store.models import Seal
    from ronglu.work import seals

    home = Path(settings.HOME)
    faults = seals.verify(plant=plant, archive=home / "archive" / plant.code, known=head)
    if again and not faults:
        faults = list(_replayed(plant, home))
    last = seals.head(plant)
    yield {
        "plant": plant.code, "seals": Seal.objects.filter(plant=plant).count(), "head": last.digest if last else "",
        "replayed": again, "faults": faults,
    }  # fmt: skip


def _replayed(plant: "Plant", home: Path) -> Iterator[str]:
    from ronglu.store.models import Closing

    closed = Closing.objects.filter(plant=plant, state="closed").select_related("run__sheet", "plant").order_by("month")
    for one in closed:
        yield from _month(one, home)
    yield from _contests(plant)


def _contests(plant: "Plant") -> Iterator[str]:
    from ronglu.store.models import ContestResult
    from ronglu.tasks.contests import replayed

    for one in ContestResult.objects.filter(contest__plant=plant).select_related("contest").order_by("pk"):
        if not replayed(one):
            yield f"竞赛“{one.contest.title}”第 {one.version} 次结果，从留存的数据重算不出同样的数"


def _month(closing: "Closing", home: Path) -> Iterator[str]:
    import datetime as dt

    from ronglu.facts.replay import replay, totals
    from ronglu.kernel.time.period import Period
    from ronglu.work import sheets

    month, run = Period.from_yyyymm(closing.month), closing.run
    rows = list(run.results.select_related("body"))
    names = {row.body_id: row.body.code for row in rows}
    archived = {(r.body_id, r.item): (r.state, r.won, r.share) for r in rows}
    sheet, until = sheets.sheet_of(run.sheet), run.at.date() - dt.timedelta(days=1)
    asked = {"home": home, "plant": closing.plant, "month": month, "sheet": sheet, "until": until}
    for one in replay(**asked, partitions=run.partitions, archived=archived):
        yield f"{month} {names[one.body]} {one.item}：存的是 {one.archived}，重算是 {one.replayed}"
    again = totals(sheet=sheet, archived=archived, full={(r.body_id, r.item): r.points for r in rows})
    for kept in run.totals.all():
        if again[kept.body_id, kept.scale] != (kept.applicable, kept.available, kept.won, kept.converted):
            yield f"{month} {names[kept.body_id]} {kept.scale} 合计与各项之和不符"


def _print(one: dict[str, Any]) -> None:
    said = "，并已从归档重算" if one["replayed"] and not one["faults"] else ""
    state = f"有 {len(one['faults'])} 处不符" if one["faults"] else f"{one['seals']} 号封存全部相符{said}"
    click.echo(f"{one['plant']}　{state}　链头 {one['head'] or '（还没有）'}")
    for fault in one["faults"]:
        click.echo(f"　　{fault}")
