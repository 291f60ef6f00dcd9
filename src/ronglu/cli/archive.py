"""A backup file: every table as plain lines, the kept uploads and the fact partitions, with a digest of each.

The tables are written as JSON lines, not as a database file, so that a backup of SQLite can be restored into PostgreSQL
and the other way round. Secrets of the installation (the session key) are not in it.
"""

import datetime as dt
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from ronglu.store.lines import BATCH, digest_of, lines

FORM = 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "imports", "facts", "archive", "demo")
SCRATCH = ("facts/tmp/",)


class BadArchive(Exception):
    """The file is no backup, or not one this version can read."""


class NotEmpty(Exception):
    """Restored only into an empty installation."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was written or read: rows and files, and the digest of the tables."""

    rows: int
    files: int
    digest: str


def write(path: Path, home: Path, at: dt.datetime) -> Told:
    """One file, complete or not there at all. The tables are read in one snapshot, whoever writes meanwhile."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        # passwords' hashes and what is confidential lie in it: for nobody but who made it
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as pack:
            tables = _write_tables(pack)
            files = {name: _write_file(pack, home, name) for name in kept(home)}
            manifest = {
                "form": FORM, "at": at.isoformat(), "migration": migration(), "tables": tables, "files": files,
                "digest": whole(tables),
            }  # fmt: skip
            pack.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return Told(sum(t["rows"] for t in tables.values()), len(files), manifest["digest"])


def read(path: Path, home: Path) -> Told:
    """Into empty tables and folders; files are checked first, the tables before they stay."""
    try:
        with zipfile.ZipFile(path) as pack:
            manifest = _manifest(pack)
            refuse_filled(home)
            for name, said in manifest["files"].items():
                _check_file(pack, name, said)
            with transaction.atomic():
                read_back = {name: {"sha256": _read_table(pack, name)} for name in manifest["tables"]}
                _sequences()
                if whole(read_back) != manifest["digest"]:
                    raise BadArchive("写入后的数据与备份的摘要不一致，已全部撤回")
                found = digest()
                for name in manifest["files"]:
                    target = home / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(pack.read(f"home/{name}"))
    except zipfile.BadZipFile as why:
        raise BadArchive(f"{path.name} 不是备份文件") from why
    return Told(sum(t["rows"] for t in manifest["tables"].values()), len(manifest["files"]), found)


def tables() -> list[type[models.Model]]:
    return sorted(apps.get_app_config("store").get_models(), key=lambda model: model.__name__)


def digest() -> str:
    """One text for everything in the tables: equal digests, equal data, whatever the database."""
    with _snapshot():
        return whole({model.__name__: {"sha256": digest_of(lines(_rows(model)))[0]} for model in tables()})


def _rows(model: type[models.Model]) -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = model.objects.all()  # type: ignore[attr-defined]
    return found


def whole(found: dict[str, dict[str, Any]]) -> str:
    text = "\n".join(f"{name} {found[name]['sha256']}" for name in sorted(found))
    return hashlib.sha256(text.encode()).hexdigest()


def migration() -> str:
    """The newest migration of the store; a backup is restored into the same or a newer form of the tables."""
    applied = [name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"]
    return max(applied)


def kept(home: Path) -> list[str]:
    """Files of the data folder that belong to a backup, as paths below it."""
    found = [p for folder in FOLDERS for p in sorted((home / folder).rglob("*")) if p.is_file()]
    names = [p.relative_to(home).as_posix() for p in found]
    return [name for name in names if not name.startswith(SCRATCH) and not name.endswith(".new")]


def refuse_filled(home: Path) -> None:
    if any(model.objects.exists() for model in tables()) or kept(home):  # type: ignore[attr-defined]
        raise NotEmpty(
            f"{home} 或它的数据库里已有数据；恢复只写入空的数据目录，请换一个 RONGLU_HOME（和 DATABASE_URL）"
        )


@contextmanager
def _snapshot() -> Iterator[None]:
    """One state of all tables. PostgreSQL shows each statement the newest rows unless told otherwise, before the first one."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write_tables(pack: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with _snapshot():
        for model in tables():
            with pack.open(f"tables/{model.__name__}.jsonl", "w") as out:
                sha, rows = hashlib.sha256(), 0
                for line in lines(_rows(model)):
                    sha.update(line)
                    out.write(line)
                    rows += 1
            found[model.__name__] = {"rows": rows, "sha256": sha.hexdigest()}
    return found


def _manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(pack.read(MANIFEST))
    except (KeyError, ValueError) as why:
        raise BadArchive("文件里没有备份清单，不是熔炉的备份") from why
    if found.get("form") != FORM or found["migration"] > migration():
        raise BadArchive(f"备份来自更新的版本（{found.get('migration')}），请先升级再恢复")
    return found


def _read_table(pack: zipfile.ZipFile, name: str) -> str:
    """The digest of what now stands in the table, by the fields that the backup has: later ones have their defaults."""
    model = next((m for m in tables() if m.__name__ == name), None)
    if model is None:
        raise BadArchive(f"备份里的表 {name} 本版本没有")
    fields = {field.attname: field for field in model._meta.concrete_fields}
    batch: list[models.Model] = []
    names: frozenset[str] = frozenset()
    with pack.open(f"tables/{name}.jsonl") as kept_lines:
        for line in kept_lines:
            row = json.loads(line)
            names = frozenset(row)
            batch.append(model(**{at: _value(fields[at], value) for at, value in row.items()}))
            if len(batch) == BATCH:
                model.objects.bulk_create(batch)  # type: ignore[attr-defined]
                batch = []
    model.objects.bulk_create(batch)  # type: ignore[attr-defined]
    return digest_of(lines(_rows(model), names))[0]


def _value(field: Any, value: Any) -> Any:
    return value if isinstance(field, models.JSONField) or field.is_relation else field.to_python(value)


def _sequences() -> None:
    """The next new row must not take a number that came with the backup."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _write_file(pack: zipfile.ZipFile, home: Path, name: str) -> str:
    content = (home / name).read_bytes()
    pack.writestr(f"home/{name}", content)
    return hashlib.sha256(content).hexdigest()


def _check_file(pack: zipfile.ZipFile, name: str, sha: str) -> None:
    inside = PurePosixPath(name)
    if ".." in inside.parts or not set(inside.parts[:1]) & set(FOLDERS):
        raise BadArchive(f"备份里的文件路径“{name}”不在数据目录之内")
    if f"home/{name}" not in pack.NameToInfo:
        raise BadArchive(f"备份里缺少文件 home/{name}")
    if hashlib.sha256(pack.read(f"home/{name}")).hexdigest() != sha:
        raise BadArchive(f"备份里的文件 {name} 已损坏")
