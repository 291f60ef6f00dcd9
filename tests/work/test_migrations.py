"""The migrations lead to the tables that the models declare, column by column, on whichever database the suite runs.

The other tests get their tables from the models, which is quicker; this one is why they may.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

SRC = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def migrated(transactional_db: None, tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A second database beside the one of the tests, made by a real `migrate` and gone afterwards."""
    file, name, at = tmp_path / "new.sqlite3", f"migrated_{secrets.token_hex(4)}", connection.settings_dict
    url, server = f"sqlite:///{file}", connection.vendor == "postgresql"
    if server:
        url = f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"
        asked(f"CREATE DATABASE {name}")
    made = load_backend(at["ENGINE"]).DatabaseWrapper({**at, "NAME": name if server else str(file)}, "default")
    try:
        migrate(tmp_path, url)
        yield made
    finally:
        made.close()
        if server:
            asked(f"DROP DATABASE {name}")


def asked(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def migrate(home: Path, url: str) -> None:
    """By a process of its own: migrations of others' may speak to the default database only."""
    env = os.environ | {"DATABASE_URL": url, "RONGLU_HOME": str(home), "PYTHONPATH": str(SRC)}
    env["DJANGO_SETTINGS_MODULE"] = "ronglu.config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate"], env=env, cwd=home, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def named(constraint: str) -> bool:
    """SQLite counts those that have no name of their own, in the order in which they came about."""
    return not constraint.startswith(("__", "sqlite_", "fk_"))


def tables(of: BaseDatabaseWrapper) -> dict[str, Any]:
    """What each table of ours looks like; the order of columns tells how it came about, not what it is."""
    found = {}
    with of.cursor() as cursor:
        for name in sorted(of.introspection.table_names(cursor)):
            if not name.startswith("store_"):  # Django's own are Django's care; their history shows in them
                continue
            columns = of.introspection.get_table_description(cursor, name)
            rules = of.introspection.get_constraints(cursor, name).items()
            found[name] = (
                sorted((c.name, str(c.type_code), c.null_ok, str(c.default), c.display_size) for c in columns),
                sorted(str((said, sorted(rule.items(), key=str))) for said, rule in rules if named(said)),
                sorted(str(sorted(rule.items(), key=str)) for said, rule in rules if not named(said)),
                of.introspection.get_relations(cursor, name),
            )
    return found


def test_the_migrations_lead_to_the_tables_of_the_models(migrated: BaseDatabaseWrapper) -> None:
    declared, led_to = tables(connection), tables(migrated)
    assert {model._meta.db_table for model in apps.get_app_config("store").get_models()} <= set(declared)
    assert declared.keys() == led_to.keys()
    assert {name: (led_to[name], now) for name, now in declared.items() if led_to[name] != now} == {}
