"""A query on another system's database: read only, since a moment, so many rows at once; its address is never told to anyone."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from ronglu.exchange.feeds.said import BadMessage, Said, from_rows

MOST_ROWS = 50_000
SECONDS = 20
READS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
NEEDS = ("tag", "at", "value")


class NoAnswer(Exception):
    """数据库没有答复；the text is for people and holds neither address nor statement."""


def problems(query: str) -> list[str]:
    """What is wrong with a query before anybody runs it."""
    found = [] if READS.match(query) else ["查询应以 select 或 with 开头"]
    found += ["查询里不能有分号：一次只问一句"] if ";" in query.strip().rstrip(";") else []
    return found + ([] if ":since" in query else ["查询里应有 :since，只取它以后的数"])


def ask(address: str, query: str, *, since: dt.datetime, until: dt.datetime) -> list[Said]:
    """The rows' tag, at, value and, where the query gives them, unit and revised. Nothing is ever written: the transaction is
    read-only where the database can do that, and is rolled back everywhere.
    """
    import sqlalchemy as sa

    try:
        engine = sa.create_engine(address, poolclass=sa.pool.NullPool, hide_parameters=True, **_patience(address))
    except Exception:  # a driver's words may hold host, account or password: they go nowhere
        raise NoAnswer("数据库地址写得不对，或没有装它的驱动") from None
    try:
        with engine.connect() as connection:
            _read_only(connection)
            answer = connection.execute(sa.text(query.strip().rstrip(";")), _moments(query, since, until))
            rows = [dict(row) for row in answer.mappings().fetchmany(MOST_ROWS + 1)]
            connection.rollback()
    except sa.exc.OperationalError:
        raise NoAnswer("数据库连不上，或没有及时答复；请核对地址、账号和网络") from None
    except sa.exc.SQLAlchemyError:
        raise NoAnswer("数据库不接受这条查询；请核对表名、列名，和账号有没有读的权限") from None
    finally:
        engine.dispose()
    return _said(rows)


def _moments(query: str, since: dt.datetime, until: dt.datetime) -> dict[str, dt.datetime]:
    return {"since": since} | ({"until": until} if ":until" in query else {})


def _said(rows: list[Mapping[str, Any]]) -> list[Said]:
    if len(rows) > MOST_ROWS:
        raise NoAnswer(f"一次答了超过 {MOST_ROWS} 行；请把查询收窄，或分段补取")
    if rows and (missing := [name for name in NEEDS if name not in rows[0]]):
        raise NoAnswer(f"答的列里没有 {'、'.join(missing)}；请在查询里用 as 起名")
    try:
        return from_rows(rows)
    except BadMessage as wrong:
        raise NoAnswer(f"答的行里{wrong}") from None


def _patience(address: str) -> dict[str, Any]:
    """How long to wait, in the words of each driver."""
    if address.startswith("postgresql"):
        return {"connect_args": {"connect_timeout": SECONDS, "options": f"-c statement_timeout={SECONDS}000"}}
    if address.startswith("sqlite"):
        return {"connect_args": {"timeout": SECONDS}}
    return {}


def _read_only(connection: Any) -> None:
    words = {
        "postgresql": "SET TRANSACTION READ ONLY", "mysql": "SET SESSION TRANSACTION READ ONLY",
        "mariadb": "SET SESSION TRANSACTION READ ONLY", "oracle": "SET TRANSACTION READ ONLY",
        "sqlite": "PRAGMA query_only = ON",
    }.get(connection.dialect.name)  # fmt: skip
    if words:
        connection.exec_driver_sql(words)
