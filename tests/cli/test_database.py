"""The tables of a new installation are those that the migrations end at, and laying them down is recorded as done."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.cli.houses import ronglu, rows

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("house")]

Table = tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]


def shape(told: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted(told, key=repr)


def laid(home: Path, table: str) -> Table:
    """Columns, references and indexes as SQLite tells them, in no order: a migration adds a column behind the others."""
    columns = rows(home, f"select name, type, \"notnull\", pk from pragma_table_info('{table}')")
    references = rows(home, f'select "table", "from", "to" from pragma_foreign_key_list(\'{table}\')')
    indexes = rows(
        home,
        f"select case when i.origin = 'c' then i.name else i.origin end, i.\"unique\", group_concat(c.name, ',') "
        f"from pragma_index_list('{table}') i, pragma_index_info(i.name) c group by i.name",
    )
    return shape(columns), shape(references), shape(indexes)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="compares two files")
def test_a_new_database_has_the_tables_the_migrations_end_at(small: Path) -> None:
    """The suite's own tables are the models', shown equal to the migrations' in tests/work/test_migrations.py."""
    migrated = Path(str(connection.settings_dict["NAME"]))
    link = small.parent / "migrated"
    link.mkdir(exist_ok=True)
    (link / "ronglu.sqlite3").unlink(missing_ok=True)
    (link / "ronglu.sqlite3").symlink_to(migrated)
    names = [name for name in connection.introspection.table_names() if name.startswith("store_")]
    found = [
        str(name)
        for (name,) in rows(small, "select name from sqlite_master where type = 'table' and name like 'store_%'")
    ]
    assert sorted(found) == sorted(names)
    for name in names:
        assert laid(small, name) == laid(link, name), name


def test_laid_tables_count_as_migrated(small: Path) -> None:
    done = {str(name) for (name,) in rows(small, "select name from django_migrations where app = 'store'")}
    assert done == {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"}


def test_a_database_that_stands_goes_step_by_step(house: Path) -> None:
    """What is there is never laid down again, and nothing of it is lost."""
    before = rows(house, "select count(*) from store_person")
    done = ronglu(house, "backup", str(house / "kept.zip"))
    assert done.returncode == 0, done.stderr
    assert rows(house, "select count(*) from store_person") == before > [(0,)]
