"""The tables of a test run: made from the models in two seconds, where the migrations take half a minute per worker.

That the migrations lead to the very same tables is what tests/work/test_migrations.py shows, on both databases.
"""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def note_migrations() -> None:
    """As after `migrate`: a backup says which form of the tables it holds."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        recorder.record_applied(app, name)
