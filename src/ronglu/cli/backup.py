"""`ronglu backup FILE`: tables, kept uploads and fact partitions in one file."""

from pathlib import Path

import click

from ronglu.cli.shell import Refusal, as_json, print_json, told


@click.command(name="backup", help="把数据库、上传的原件和事实分区备份成一个文件。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
@told
def command(file: Path, as_data: bool) -> None:
    from django.conf import settings

    from ronglu.cli import archive, database
    from ronglu.config.clock import now

    if file.exists():
        raise Refusal(f"{file} 已存在，备份不覆盖旧文件")
    if not file.parent.is_dir():
        raise Refusal(f"没有文件夹 {file.parent}")
    database.migrate()
    made = archive.write(file, Path(settings.HOME), now())
    if as_data:
        print_json({"file": file.name, "rows": made.rows, "files": made.files, "digest": made.digest})
        return
    click.echo(f"已备份到 {file}：{made.rows} 行，{made.files} 个文件，摘要 {made.digest}")
