"""`ronglu feed`: declares feeds from a file, lists them, looks at one now, fills one back."""

from pathlib import Path
from typing import Any

import click

from ronglu.cli.shell import Refusal, as_json, plant_of, print_json, told


@click.group(name="feed", help="数据源：声明、列出、立即取一次、补取。")
def command() -> None:
    pass


@command.command(name="declare", help="按一个 YAML 文件声明（或更新）数据源；写法见 docs/how-to/feeds.md。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option("--by", "staff_no", default="", help="以谁的名义入库（工号）；不填则取能导入这些产线的统计员")
@told
def declare(file: Path, plant_code: str, staff_no: str) -> None:
    import yaml

    from ronglu.cli import operator
    from ronglu.config.clock import now
    from ronglu.config.plant import pack_of
    from ronglu.exchange.feeds.declared import read
    from ronglu.work import feeds
    from ronglu.work.queries.feeds import missing

    plant = plant_of(plant_code)
    try:
        found = read(yaml.safe_load(file.read_text("utf-8")), series=pack_of(plant.code).series)
    except yaml.YAMLError as why:
        raise Refusal(f"{file.name} 不是合格的 YAML") from why
    problems = found.problems + missing(
        plant=plant, lines=found.lines, kind=found.kind, source=str(found.settings.get("source", ""))
    )
    if problems:
        raise Refusal("\n".join(problems))
    account = operator.writer(plant, "readings.import", found.lines, staff_no)
    given = feeds.Declared(
        code=found.code, name=found.name, kind=found.kind, every=found.every, settings=found.settings, tags=found.tags
    )
    try:
        feed = feeds.declare(plant=plant, declared=given, account=account, by=None, at=now())
    except feeds.FeedTrouble as trouble:
        raise Refusal(str(trouble)) from trouble
    click.echo(f"已声明数据源“{feed.name}”（{feed.get_kind_display()}），以 {account.staff_no} 的名义入库")
    click.echo("\n".join(_next(plant, feed)))


@command.command(name="list", help="列出数据源：状态、最近听到、故障。")
@as_json
@told
def listed(as_data: bool) -> None:
    from ronglu.store.models import Feed

    rows = list(Feed.objects.select_related("plant"))
    if as_data:
        names = ("code", "name", "kind", "state", "heard_at", "value_at", "silent_since", "trouble")
        print_json([{"plant": one.plant.code, **{name: getattr(one, name) for name in names}} for one in rows])
        return
    for one in rows:
        heard = f"{one.heard_at:%Y-%m-%d %H:%M}" if one.heard_at else "还没有来过数"
        words = [one.plant.code, one.code, one.name, one.get_kind_display(), one.get_state_display(), heard]
        click.echo("　".join([*words, *filter(None, ["静默" if one.silent_since else "", one.trouble])]))


@command.command(name="run", help="立即看一次文件夹或数据库。")
@click.argument("code")
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@told
def run(code: str, plant_code: str) -> None:
    from ronglu.config.clock import now
    from ronglu.tasks import feeds as work

    feed = _feed(plant_code, code)
    if feed.kind not in work.LOOKS:
        raise Refusal(f"“{feed.name}”是{feed.get_kind_display()}，由来源送来，不能去取")
    brought = work.look(feed, at=now())
    feed.refresh_from_db()
    if feed.trouble:
        raise Refusal(f"“{feed.name}”：{feed.trouble}")
    click.echo("有新的数" if brought else "没有新的数")


@command.command(name="backfill", help="从某一天起重新查询；已有的数不会重复。")
@click.argument("code")
@click.argument("since")
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option("--by", "staff_no", required=True, help="工号")
@told
def backfill(code: str, since: str, plant_code: str, staff_no: str) -> None:
    import datetime as dt

    from ronglu.cli import operator
    from ronglu.config.clock import now
    from ronglu.work import feeds

    feed = _feed(plant_code, code)
    try:
        day = dt.date.fromisoformat(since)
        feeds.back_fill(
            feed=feed, since=day, by=operator.writer(feed.plant, "feeds.tend", frozenset(), staff_no), at=now()
        )
    except feeds.FeedTrouble as trouble:
        raise Refusal(str(trouble)) from trouble
    except ValueError as why:
        raise Refusal(f"“{since}”不是日期，应写成 2026-03-01") from why
    click.echo(f"下一次从 {since} 取起")


def _feed(plant_code: str, code: str) -> Any:
    plant = plant_of(plant_code)
    feed = plant.feeds.select_related("plant", "account").filter(code=code).first()
    if feed is None:
        known = "、".join(plant.feeds.values_list("code", flat=True)) or "（还没有）"
        raise Refusal(f"{plant.name}没有编码为 {code} 的数据源，现有：{known}")
    return feed


def _next(plant: Any, feed: Any) -> list[str]:
    """What is still to be done for it to run."""
    from ronglu.config import feeds as places

    where = places.folder(plant.code, feed.code, str(feed.settings.get("folder", "")))
    return {
        "folder": [f"把文件放进 {where}"],
        "sql": ["" if places.address(plant.code, feed.code) else f"还要设数据库地址：在数据目录的 {places.FILE} 里写一行 {plant.code}-{feed.code}: …"],
        "mqtt": ["ronglu serve 会开始听；没有用它的，用 ronglu listen"],
        "push": [f"来源 POST 到 /api/v1/feeds/{feed.code}，带写读数的令牌"],
    }[feed.kind]  # fmt: skip
