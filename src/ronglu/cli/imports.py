"""`ronglu import FILE --plant --source`: the same trial reading and the same writing as in the browser."""

import sys
from pathlib import Path
from typing import Any

import click

from ronglu.cli.shell import Refusal, as_json, month_of, plant_of, print_json, told

SHOWN = 50


@click.command(name="import", help="导入一个读数文件；有错时列出每一处，什么也不写，退出码为 1。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plant", "plant_code", required=True, help="厂的编码")
@click.option("--source", "source_code", required=True, help="读取方案（来源）的编码")
@click.option("--month", default="", help="应有的月份，如 2026-03；不填则由文件说明")
@click.option("--by", "staff_no", default="", help="以谁的名义（工号）；不填则取能导入这些产线的统计员")
@click.option("--reason", default="", help="改动已锁定月份的原因")
@click.option("--dry-run", is_flag=True, help="只试读，不写入")
@as_json
@told
def command(
    file: Path, plant_code: str, source_code: str, month: str, staff_no: str, reason: str, dry_run: bool, as_data: bool
) -> None:
    from ronglu.exchange.problems import Refused

    plant = plant_of(plant_code)
    source = plant.sources.filter(code=source_code).first()
    if source is None:
        known = "、".join(plant.sources.values_list("code", flat=True)) or "（还没有）"
        raise Refusal(f"{plant.name}没有编码为 {source_code} 的读取方案，现有：{known}")
    options = {"month": str(month_of(month))} if month else {}
    try:
        imported = _bring(file, plant, source, staff_no, options, reason=reason, dry_run=dry_run)
    except Refused as refusal:
        raise Refusal(refusal.message) from refusal
    report = imported.report
    if as_data:
        print_json({"import": imported.pk, "state": imported.state, "dry_run": dry_run, **report})
    else:
        click.echo("\n".join(_lines(imported)))
    sys.exit(0 if report.get("ready") else 1)


def _bring(
    file: Path, plant: Any, source: Any, staff_no: str, options: dict[str, str], *, reason: str, dry_run: bool
) -> Any:
    from django.conf import settings

    from ronglu.cli import here, operator
    from ronglu.config.clock import now
    from ronglu.exchange.arrive import arrive
    from ronglu.store.models import Import
    from ronglu.work import imports

    by = operator.writer(plant, "readings.import", _units(source, plant), staff_no)
    click.echo(f"以 {by.staff_no} {by.person.name if by.person else by.label} 的名义导入", err=True)
    with file.open("rb") as content:
        came = arrive(file.name, iter(lambda: content.read(1 << 20), b""), Path(settings.HOME))
    kept = imports.File(file.name, came.digest, came.size, came.path)
    imported = imports.upload(
        plant=plant, kind="readings", file=kept, by=by, at=now(), source=source, options=options
    )  # fmt: skip
    here.do(imports.check(imported=imported, by=by, at=now()), now())
    imported = Import.objects.get(pk=imported.pk)
    if dry_run or not imported.report.get("ready"):
        return imported
    try:
        job = imports.confirm(imported=imported, by=by, at=now(), reason=reason)
    except imports.ImportTrouble as trouble:
        raise Refusal(str(trouble)) from trouble
    here.do(job, now())
    here.rest(plant, now(), after=job.pk)
    return Import.objects.get(pk=imported.pk)


def _units(source: Any, plant: Any) -> frozenset[str]:
    """The lines the profile names; those that only the file's own column names are seen when it is read."""
    profile = source.profile
    named = {*profile.get("lines", {}).values(), profile.get("line", "")}
    named |= {column.get("measure", {}).get("line", "") for column in profile.get("columns", ())}
    return frozenset(plant.units.filter(code__in=named - {""}).values_list("code", flat=True))


def _lines(imported: Any) -> list[str]:
    report = imported.report
    said = [f"{imported.file_name}　{imported.get_state_display()}"]
    if report.get("why"):
        said.append(report["why"])
    for problem in report.get("problems", [])[:SHOWN]:
        at = "!".join(part for part in (problem["sheet"], problem["cell"]) if part)
        word = {"error": "错误", "question": "待定", "note": "说明"}[problem["severity"]]
        said.append(f"  {word}　{at}　{problem['message']}")
    if (found := report.get("found", 0)) > SHOWN:
        said.append(f"  … 另有 {found - SHOWN} 处")
    counts = imported.counts
    if counts:
        said.append("　".join(f"{label} {counts.get(key, 0)}" for key, label in COUNTS.items()))
    return said


COUNTS = {"new": "新增", "changed": "更改", "unchanged": "不变"}
