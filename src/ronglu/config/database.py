"""How a database address becomes Django's settings; knows SQLite's and PostgreSQL's pragmas only."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;"
)


def database(*, url: str, home: Path) -> dict[str, object]:
    """Settings of the one database: an empty `url` means SQLite in the data folder.

    `postgresql://user:password@host:port/name?option=value`, `sqlite:///absolute/path.sqlite3`.
    """
    if not url:
        return _sqlite(home / "ronglu.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ValueError(
        f"DATABASE_URL 的类型“{parts.scheme}”不认识：应为 postgresql://… 或 sqlite:///…；不填则用数据目录里的 SQLite"
    )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # IMMEDIATE: a writer waits at the start, instead of failing in the middle of a transaction
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
