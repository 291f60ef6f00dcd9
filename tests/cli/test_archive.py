"""The backup file itself, on whichever database the suite runs: equal after a drill, whole or not at all."""

import datetime as dt
import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from ronglu.cli import archive
from ronglu.store.models import Account, AuditEntry, Person, PlanStop, Plant
from tests.cast import Cast, make_cast
from tests.cli.houses import ronglu
from tests.facts.plant_month import make_march

AT = dt.datetime(2026, 4, 10, 10)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("house")]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A plant month in the tables, an upload and a partition in the folder, and the backup of both."""
    cast: Cast = make_cast()
    make_march(plant=cast.plant, line=cast.unit["QL-R1"], by=cast.account["周统计员"])
    AuditEntry.objects.create(at=AT, verb="people.enrol", detail={"备注": ["甲", None, 1]})
    for name in ("imports/a.xlsx", "facts/readings/qinglan/202603.parquet", "facts/tmp/spill", "static/app.css"):
        path = tmp_path / "home" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode())
    archive.write(tmp_path / "a.zip", tmp_path / "home", AT)
    return tmp_path / "a.zip"


def emptied() -> None:
    """As a new installation: no rows in any table of ours."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        names = [connection.ops.quote_name(model._meta.db_table) for model in archive.tables()]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")


def test_after_the_drill_everything_is_equal_and_new_rows_get_new_numbers(kept: Path, tmp_path: Path) -> None:
    before, newest = archive.digest(), Plant.objects.latest("pk").pk
    emptied()
    assert archive.digest() != before
    told = archive.read(kept, tmp_path / "new")
    assert archive.digest() == before == told.digest
    assert AuditEntry.objects.get().detail == {"备注": ["甲", None, 1]}
    assert Plant.objects.create(code="later", name="后来的厂").pk > newest


def test_nobody_else_on_the_machine_reads_a_backup(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_a_group_backed_up_from_sqlite_is_equal_on_whatever_database_it_is_restored_to(
    small: Path,
    tmp_path: Path,
) -> None:
    saved = json.loads(ronglu(small, "backup", str(tmp_path / "group.zip"), "--json").stdout)
    told = archive.read(tmp_path / "group.zip", tmp_path / "new")
    assert told.digest == saved["digest"] == archive.digest()


def test_uploads_and_partitions_come_along_scratch_and_static_files_do_not(kept: Path, tmp_path: Path) -> None:
    emptied()
    archive.read(kept, tmp_path / "new")
    found = {p.relative_to(tmp_path / "new").as_posix() for p in (tmp_path / "new").rglob("*") if p.is_file()}
    assert found == {"imports/a.xlsx", "facts/readings/qinglan/202603.parquet"}


def test_one_changed_value_changes_the_digest(kept: Path) -> None:
    before = archive.digest()
    Person.objects.filter(name="吴师傅").update(contact="内线 2001")
    assert archive.digest() != before


def test_a_house_with_data_refuses_and_keeps_what_it_has(kept: Path, tmp_path: Path) -> None:
    before = archive.digest()
    with pytest.raises(archive.NotEmpty, match="已有数据"):
        archive.read(kept, tmp_path / "new")
    assert archive.digest() == before


def test_a_folder_with_uploads_is_not_empty_either(kept: Path, tmp_path: Path) -> None:
    emptied()
    with pytest.raises(archive.NotEmpty):
        archive.read(kept, tmp_path / "home")


def altered(kept: Path, name: str, content: bytes) -> Path:
    other = kept.with_name("other.zip")
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return other


def test_a_line_that_was_changed_in_the_file_is_noticed_and_nothing_stays(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as pack:
        people = pack.read("tables/Person.jsonl").replace("吴师傅".encode(), "武师傅".encode())
    emptied()
    with pytest.raises(archive.BadArchive, match="摘要不一致"):
        archive.read(altered(kept, "tables/Person.jsonl", people), tmp_path / "new")
    assert not Account.objects.exists()


def test_a_path_that_leads_out_of_the_data_folder_is_refused(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as pack:
        manifest = json.loads(pack.read("manifest.json"))
    manifest["files"] = {"../outside.txt": "0"}
    emptied()
    with pytest.raises(archive.BadArchive, match="不在数据目录之内"):
        archive.read(altered(kept, "manifest.json", json.dumps(manifest).encode()), tmp_path / "new")


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"files": {"imports/none.xlsx": "0"}}, "home/imports/none.xlsx"), ({"files": {"": "0"}}, "不在数据目录之内"),
     ({"tables": {"Plant": {}, "Unit": {}, "Nothing": {}}}, "Nothing")],
)  # fmt: skip
def test_what_the_list_names_and_the_file_lacks_is_told_in_words(
    kept: Path, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    with zipfile.ZipFile(kept) as pack:
        manifest = json.loads(pack.read("manifest.json")) | changed
    emptied()
    with pytest.raises(archive.BadArchive, match=said):
        archive.read(altered(kept, "manifest.json", json.dumps(manifest).encode()), tmp_path / "new")
    assert not Plant.objects.exists()


@pytest.mark.parametrize(("content", "said"), [(b"not a zip", "不是备份文件"), (None, "没有备份清单")])
def test_another_file_is_no_backup(db: None, tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "x.zip"
    if content is None:
        with zipfile.ZipFile(file, "w") as pack:
            pack.writestr("a.txt", "a")
    else:
        file.write_bytes(content)
    with pytest.raises(archive.BadArchive, match=said):
        archive.read(file, tmp_path / "new")


def test_a_backup_of_a_newer_version_is_refused(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as pack:
        manifest = json.loads(pack.read("manifest.json")) | {"migration": "9999_later"}
    emptied()
    with pytest.raises(archive.BadArchive, match="请先升级"):
        archive.read(altered(kept, "manifest.json", json.dumps(manifest).encode()), tmp_path / "new")


def test_a_backup_from_before_a_column_was_added_is_restored_and_the_column_has_its_default(
    kept: Path, tmp_path: Path
) -> None:
    """As the form before 0002 wrote them: stops knew no proposer. Another count of fields is another digest."""
    with zipfile.ZipFile(kept) as pack:
        manifest = json.loads(pack.read("manifest.json")) | {"migration": "0001_initial"}
        rows = [json.loads(line) for line in pack.read("tables/Unit.jsonl").splitlines()]
    said = {"pk": rows[0]["id"], "reason": "大修"}
    old = (
        json.dumps({
            "approved_by_id": None, "from_on": "2026-03-01", "id": 1, "reason": said["reason"],
            "unit_id": said["pk"], "until_on": None,
        }, ensure_ascii=False, sort_keys=True) + "\n"
    ).encode()  # fmt: skip
    manifest["tables"]["PlanStop"] = {"rows": 1, "sha256": hashlib.sha256(old).hexdigest()}
    manifest["digest"] = archive.whole(manifest["tables"])
    emptied()
    older = altered(kept, "tables/PlanStop.jsonl", old)
    archive.read(altered(older.rename(kept), "manifest.json", json.dumps(manifest).encode()), tmp_path / "new")
    assert list(PlanStop.objects.values_list("reason", "set_by", "set_at")) == [("大修", None, None)]
