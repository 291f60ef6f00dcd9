"""`ronglu demo`: makes the invented group in the data folder and prints who may log in."""

import gc
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ronglu.cli.shell import Refusal, as_json, print_json, told

if TYPE_CHECKING:
    from ronglu.cli.demo.build import Built
    from ronglu.cli.demo.scale import Scale

FOLDER, LETTER, CLOCK, UNFINISHED = "demo", "accounts.txt", "today", "unfinished"


@click.command(name="demo", help="写入虚构的演示集团：4 个厂、40 个支部、800 人、12 个月的班读数。")
@click.option("--small", is_flag=True, help="小规模：一个厂、两个月")
@click.option("--keep", is_flag=True, help="已有数据时不动它")
@click.option("--anew", is_flag=True, help="先清空原来的演示数据；别的数据不清")
@as_json
@told
def command(small: bool, keep: bool, anew: bool, as_data: bool) -> None:
    from django.conf import settings

    from ronglu.cli import database
    from ronglu.cli.demo.scale import FULL, SMALL, TODAY

    database.migrate()
    folder = Path(settings.HOME) / FOLDER
    if anew and ((folder / CLOCK).exists() or (folder / UNFINISHED).exists()):
        database.empty(Path(settings.HOME))
    if (folder / UNFINISHED).exists():
        raise Refusal(f"{settings.HOME} 里的演示数据上次没有写完：请用 ronglu demo --anew 重写")
    if database.filled():
        if keep:
            return
        raise Refusal(f"{settings.HOME} 里已有数据，演示集团只写入空的数据目录：请换一个 RONGLU_HOME，或先移走它")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).touch()
    # nothing of what is made forms cycles worth looking for
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    # the group stands on a fixed day, for this process and for `ronglu serve` later
    settings.TODAY = TODAY.isoformat()
    said = make(SMALL if small else FULL, folder, quiet=as_data)
    (folder / UNFINISHED).unlink()
    if as_data:
        print_json(said)


def make(scale: "Scale", folder: Path, *, quiet: bool) -> dict[str, object]:
    from ronglu.cli.demo import accounts, build
    from ronglu.cli.demo.scale import TODAY

    built = build.build(scale, lambda text: None if quiet else click.echo(f"  {text}"))
    text = "\n".join(letter(built))
    (folder / LETTER).write_text(text + "\n", encoding="utf-8")
    (folder / CLOCK).write_text(TODAY.isoformat())
    if not quiet:
        click.echo(text)
    shown = accounts.printed(built.crowds[0])
    return {
        "today": TODAY.isoformat(), "readings": built.readings, "seconds": built.seconds,
        "password": accounts.PASSWORD, "accounts": [asdict(one) for one in shown],
    }  # fmt: skip


def letter(built: "Built") -> list[str]:
    """What is printed, and kept beside the data for the next start."""
    from ronglu.cli.demo import accounts
    from ronglu.cli.demo.scale import TODAY

    lines = [f"演示日期 {TODAY}，全部账号的口令：{accounts.PASSWORD}"]
    for crowd in built.crowds:
        lines.append(crowd.made.plant.name)
        apart = crowd is built.crowds[0]
        shown = [one for one in accounts.printed(crowd) if apart or one.staff_no.isdigit()]
        lines += [f"  {one.staff_no:<10}{one.role}　{one.name}" for one in shown]
    zone = accounts.labelled(built.crowds[0])
    owner = accounts.answers_for(zone)
    lines.append(f"扫码报告：/r/{zone.token}/（{zone.name}），不用登录；这个区的责任人：{owner.staff_no}　{owner.name}")
    lines.append(f"交接终端：用 kiosk 登录后打开 /kiosk/；工号和 PIN {accounts.PIN} 就认得出这几位")
    lines += [f"  {one.staff_no:<10}{one.role}　{one.name}" for one in accounts.at_terminal(built.crowds[0])]
    return [*lines, "试导入：数据目录 demo/ 里的 试导入-正确.xlsx、试导入-有错.xlsx，用“统计员（第二车间）”登录"]
