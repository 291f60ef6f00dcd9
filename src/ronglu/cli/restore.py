"""`ronglu restore FILE`: a backup into an empty installation."""

from pathlib import Path

import click

from ronglu.cli.shell import Refusal, as_json, print_json, told


@click.command(name="restore", help="把备份恢复到空的数据目录和空库；已有数据时拒绝。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@told
def command(file: Path, as_data: bool) -> None:
    from django.conf import settings

    from ronglu.cli import archive, database

    database.migrate()
    try:
        made = archive.read(file, Path(settings.HOME))
    except (archive.BadArchive, archive.NotEmpty) as refused:
        raise Refusal(str(refused)) from refused
    if as_data:
        print_json({"file": file.name, "rows": made.rows, "files": made.files, "digest": made.digest})
        return
    click.echo(f"已恢复 {made.rows} 行，{made.files} 个文件，摘要 {made.digest}")
