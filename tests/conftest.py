"""What every test may count on: a data folder of its own, the shared test data, a browser, and the marks of the suite."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as made_up

from ronglu.cli.database import note_migrations
from tests.support.outcomes import Outcomes
from tests.support.workers import Workers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# how long an example takes is the machine's business: speed is shown by the bench, never asserted here
made_up.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
made_up.load_profile("any machine")
ROOT = Path(__file__).resolve().parent.parent
TABLES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test` and `make docs` ask for."""
    group = parser.getgroup("ronglu")
    group.addoption("--outcomes", metavar="FILE", help="write how many tests passed, failed and were skipped")
    group.addoption("--proofs", metavar="FILE", help="write which inventory rows which tests proved")
    group.addoption("--tables-only", action="store_true", help="only tests that use the database, without the browser")


def pytest_configure(config: pytest.Config) -> None:
    """Listen in the main process; workers only mark their items."""
    is_worker = hasattr(config, "workerinput")
    config.pluginmanager.register(
        Outcomes(
            counts=None if is_worker else config.getoption("outcomes"),
            proofs=None if is_worker else config.getoption("proofs"),
        ),
        "ronglu-outcomes",
    )
    config.pluginmanager.register(Workers(), "ronglu-workers")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what touches tables runs again."""
    if not config.getoption("tables_only"):
        return
    chosen = [item for item in items if uses_tables(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def uses_tables(item: pytest.Item) -> bool:
    """Whether a test asks for the database, itself or through a fixture."""
    return bool(item.get_closest_marker("django_db") or TABLES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """A test that read a page as an English reader leaves the words of the next one alone."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A RONGLU_HOME of this process, so that a test never meets the data of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    files = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": home / "files"}}
    }
    # a slow password hash is right for people and wrong for a thousand tests
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    (home / "static").mkdir()
    with override_settings(HOME=home, STATIC_ROOT=home / "static", STORAGES=files, PASSWORD_HASHERS=hashers):
        yield home


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as at a plant: in memory Django lends all threads of the tests' server one single connection, and two
    requests at once would write into one transaction. Whether a file outlives a power cut is nothing to a test."""
    chosen = connections["default"].settings_dict
    chosen["TEST"]["MIGRATE"] = False
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["TEST"]["NAME"] = str(tmp_path_factory.mktemp("tables") / "ronglu.sqlite3")
        chosen["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """`--no-migrations` would hide them from the commands too, and there is nothing left to save."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables from the models, in two seconds instead of half a minute a worker, with the migrations noted as done.

    That the migrations lead to the very same tables is what tests/work/test_migrations.py shows, on both databases.
    """
    with django_db_blocker.unblock():
        note_migrations()


@pytest.fixture(scope="session", autouse=True)
def one_minute() -> Iterator[None]:
    """A session notes its last click by the minute: one that turns between two looks would cost one of them a write."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ronglu.web.middleware.minute", lambda: 29_000_000)
        yield


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The shared test data (RONGLU_TEST_DATA, else ../shared/data beside the repository)."""
    folder = Path(os.environ.get("RONGLU_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("没有测试数据：用 RONGLU_TEST_DATA 指明它的目录 · no test data folder, set RONGLU_TEST_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium, headless; its traffic stays on this machine."""
    program = Path(os.environ.get("RONGLU_CHROMIUM", "/usr/bin/chromium"))
    if not program.exists():
        pytest.skip("没有 Chromium:请安装 chromium · no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    # playwright's loop runs in this thread, and Django would take every query for one from inside it
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(program), headless=True, args=CHROMIUM)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, to be put into a page that is looked at."""
    program = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not program.exists():
        pytest.skip("没有 axe-core：先运行 make test · axe-core was not fetched, run `make test`")
    return program.read_text("utf-8")
