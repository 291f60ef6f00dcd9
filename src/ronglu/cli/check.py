"""`ronglu check`: is the installation sound? Database, migrations, partitions against tables, the clock, feeds, disk, packs."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from ronglu.cli.shell import as_json, print_json, told

GOOD, WARNING, BAD = "good", "warning", "bad"
WORDS = {GOOD: "正常", WARNING: "注意", BAD: "有错"}
READINGS = "readings"
LONG_AGO = timedelta(minutes=10)
ROOM = 2 * 1024**3
"""Below this much free disk a month's import may not fit."""


@dataclass(frozen=True, slots=True)
class Told:
    what: str
    state: str
    detail: str


@click.command(name="check", help="检查数据库、迁移、事实分区、数据源、磁盘和各厂声明；有错时退出码为 1。")
@click.option("--digest", is_flag=True, help="另算全部数据的摘要（较慢）")
@as_json
@told
def command(digest: bool, as_data: bool) -> None:
    from ronglu.cli import archive

    found = list(checks())
    whole = archive.digest() if digest and all(one.state != BAD for one in found[:2]) else ""
    if as_data:
        print_json({"checks": [asdict(one) for one in found]} | ({"digest": whole} if whole else {}))
    else:
        for one in found:
            click.echo(f"{WORDS[one.state]}　{one.what}：{one.detail}")
        if whole:
            click.echo(f"摘要　{whole}")
    sys.exit(any(one.state == BAD for one in found))


def checks() -> Iterator[Told]:
    from django.conf import settings

    reached = _database()
    yield reached
    if reached.state != BAD:
        moved = _migrations()
        yield moved
        if moved.state != BAD:
            yield _partitions(Path(settings.HOME))
            yield _jobs()
            yield _clock()
            yield from _feeds()
    yield _disk(Path(settings.HOME))
    yield from _packs()


def _database() -> Told:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check")
                if (said := cursor.fetchone()[0]) != "ok":
                    return Told("数据库", BAD, f"SQLite 文件已损坏：{said}")
            cursor.execute("SELECT 1")
    except DatabaseError as why:
        return Told("数据库", BAD, f"连不上：{why}")
    return Told("数据库", GOOD, connection.vendor)


def _migrations() -> Told:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        names = "、".join(f"{one.app_label}.{one.name}" for one, _ in missing[:5])
        return Told("表结构", BAD, f"还差 {len(missing)} 步迁移（{names}），启动 ronglu serve 时会自动补上")
    return Told("表结构", GOOD, "与程序一致")


def _partitions(home: Path) -> Told:
    """What is built must lie on disk as it was recorded; what waits is rebuilt by the next reckoning."""
    from django.db.models import F, Q

    from ronglu.facts import keep, partition
    from ronglu.store.models import Partition
    from ronglu.work.partitions import SCORED

    broken: list[str] = []
    for one in Partition.objects.filter(fact__in=SCORED, built__gt=0).select_related("plant"):
        path = partition.path_of(home, fact=one.fact, plant=one.plant.code, month=one.month)
        name = f"{one.plant.name} {one.month}" + ("" if one.fact == READINGS else f" {one.fact}")
        if not path.exists():
            broken.append(f"{name} 的文件不在")
        elif keep.digest_at(path, one.fact) != one.digest:
            broken.append(f"{name} 与登记的摘要不符")
    if broken:
        return Told("事实分区", BAD, "；".join(broken[:5]) + "。删除 facts 目录后重新计分即可重建")
    found = Partition.objects.filter(fact__in=SCORED)
    # what is counted by months is first built when its month is scored: until then nothing is late
    late = found.filter(built__lt=F("wanted")).exclude(~Q(fact=READINGS), built=0)
    waiting, total = late.count(), found.count()
    if waiting:
        return Told("事实分区", WARNING, f"共 {total} 个，其中 {waiting} 个等待重建（下次计分时进行）")
    return Told("事实分区", GOOD, f"共 {total} 个，与数据库一致")


def _jobs() -> Told:
    from ronglu.store.models import Job

    failed = Job.objects.filter(state="failed").order_by("-created_at")
    if failed:
        return Told("后台工作", WARNING, f"{len(failed)} 项失败，最近：{failed[0].label}，{failed[0].message[:80]}")
    return Told("后台工作", GOOD, f"{Job.objects.filter(state='waiting').count()} 项排队")


def _clock() -> Told:
    """Whether the clock comes round, and what it could not do."""
    from ronglu.config.clock import now
    from ronglu.store.models import TendFault, TendMark

    faults = TendFault.objects.all()
    if faults:
        return Told("时钟", WARNING, f"{len(faults)} 项没有办成，最近：{faults[0].label}，{faults[0].detail[:80]}")
    last = TendMark.objects.filter(name="tend").first()
    if last is None or now() - last.at > LONG_AGO:
        since = f"上次走在 {last.at:%Y-%m-%d %H:%M}" if last else "还没有走过"
        return Told("时钟", WARNING, f"{since}：到期不会催办，请运行 ronglu serve 或 ronglu tend")
    return Told("时钟", GOOD, f"上次走在 {last.at:%Y-%m-%d %H:%M}")


def _feeds() -> Iterator[Told]:
    """Which sources went silent, and which say that something is wrong; an installation without sources is told nothing."""
    from ronglu.config.clock import now
    from ronglu.store.models import Feed
    from ronglu.work.feeds_watch import late

    running = Feed.objects.filter(state="running")
    silent, troubled = late(now()), running.exclude(trouble="").select_related("plant")
    said = [f"{one.plant.name}“{one.name}”静默，{_heard(one.heard_at)}" for one in silent]
    said += [f"{one.plant.name}“{one.name}”：{one.trouble}" for one in troubled]
    if said:
        yield Told("数据源", WARNING, "；".join(said[:5]) + (f"；等 {len(said)} 项" if len(said) > 5 else ""))
    elif count := running.count():
        yield Told("数据源", GOOD, f"{count} 个，都在来数")


def _heard(at: datetime | None) -> str:
    return f"最近听到 {at:%Y-%m-%d %H:%M}" if at else "还没有来过数"


def _disk(home: Path) -> Told:
    free = shutil.disk_usage(home).free
    said = f"数据目录所在磁盘剩余 {free / 1024**3:.1f} GB"
    return Told("磁盘", WARNING if free < ROOM else GOOD, said)


def _packs() -> Iterator[Told]:
    from ronglu.config.plant import packs
    from ronglu.packs.problem import PackError

    try:
        pack = packs()
    except PackError as wrong:
        yield Told("各厂声明", BAD, str(wrong))
        return
    yield Told(
        "各厂声明", GOOD, f"{len(pack.plants)} 个厂，{len(pack.indicators)} 个指标，{len(pack.sheet.items)} 个考核项"
    )
