"""A query on another system's database: read only, since a moment, so many rows at once; its address is never told to anyone."""

import datetime as dt
import re
import time
from collections.abc import Mapping
from typing import Any

from ronglu.exchange.feeds.said import BadMessage, Said, from_rows

MOST_ROWS = 50_000
SECONDS = 20
READS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
QUOTED = re.compile(r"'[^']*'|\"([^\"]*)\"|`([^`]*)`")
WRITES = re.compile(
    r"\b(insert|update|delete|merge|into|drop|alter|create|truncate|grant|revoke|copy|call|exec|execute|attach|detach"
    r"|pragma|vacuum|lock|uescape)\b",
    re.IGNORECASE,
)
REACHES = re.compile(
    r"\b(pg_\w+|lo_\w+|dblink\w*|query_to_xml\w*|set_config|load_file|load_extension|readfile|writefile|utl_\w+|dbms_\w+"
    r"|xp_\w+|sp_\w+|openrowset|opendatasource|openquery|sleep|benchmark)\s*\(",
    re.IGNORECASE,
)
"""Functions that read files, other machines or other sessions, or only waste time: no reading comes from them."""
HIDES = ("--", "/*", "#", "\\", "$$")
NEEDS = ("tag", "at", "value")


class NoAnswer(Exception):
    """数据库没有答复；the text is for people and holds neither address nor statement."""


def problems(query: str) -> list[str]:
    """What is wrong with a query before anybody runs it. A second wall only: the first is what the account may do."""
    found = [] if READS.match(query) else ["查询应以 select 或 with 开头"]
    found += ["查询里不能有分号：一次只问一句"] if ";" in query.strip().rstrip(";") else []
    found += [f"查询里不能有注释和转义（{one}）" for one in HIDES if one in query]
    bare = QUOTED.sub(lambda one: f" {one[1] or one[2] or ''} ", query)
    found += ["查询里的引号没有成对"] if any(one in bare for one in "'\"`") else []
    found += [f"查询只能读，不能有 {one}" for one in dict.fromkeys(word.lower() for word in WRITES.findall(bare))]
    found += [f"查询里不能用函数 {one}" for one in dict.fromkeys(word.lower() for word in REACHES.findall(bare))]
    return found + ([] if ":since" in query else ["查询里应有 :since，只取它以后的数"])


def ask(address: str, query: str, *, since: dt.datetime, until: dt.datetime) -> list[Said]:
    """The rows' tag, at, value and, where the query gives them, unit and revised. Nothing is ever written: the transaction is
    read-only where the database can do that, and is rolled back everywhere.
    """
    rows = _rows(address, query, since, until, most=MOST_ROWS + 1, seconds=SECONDS)
    if len(rows) > MOST_ROWS:
        raise NoAnswer(f"一次答了超过 {MOST_ROWS} 行；请把查询收窄，或分段补取")
    return _said(rows)


def peek(address: str, query: str, *, since: dt.datetime, until: dt.datetime, most: int, seconds: int) -> list[Said]:
    """Only the first rows of the answer, and only for so long."""
    return _said(_rows(address, query, since, until, most=most, seconds=seconds))


def _rows(
    address: str, query: str, since: dt.datetime, until: dt.datetime, *, most: int, seconds: int
) -> list[Mapping[str, Any]]:
    import sqlalchemy as sa

    if problems(query):
        raise NoAnswer("；".join(problems(query)))
    try:
        engine = sa.create_engine(
            address, poolclass=sa.pool.NullPool, hide_parameters=True, **_patience(address, seconds)
        )
    except Exception:  # a driver's words may hold host, account or password: they go nowhere
        raise NoAnswer("数据库地址写得不对，或没有装它的驱动") from None
    asked = sa.text(query.strip().rstrip(";")).execution_options(stream_results=True)
    try:
        with engine.connect() as connection:
            _read_only(connection, seconds)
            answer = connection.execute(asked, _moments(query, since, until))
            rows: list[Mapping[str, Any]] = [dict(row) for row in answer.mappings().fetchmany(most)]
            answer.close()
            connection.rollback()
    except sa.exc.OperationalError:
        raise NoAnswer("数据库连不上，或没有及时答复；请核对地址、账号和网络") from None
    except sa.exc.SQLAlchemyError:
        raise NoAnswer("数据库不接受这条查询；请核对表名、列名，和账号有没有读的权限") from None
    except Exception:  # drivers also raise what is no error of a database: a host that is no name, a package they lack
        raise NoAnswer("数据库的驱动出了错；请核对地址和驱动是否装全") from None
    finally:
        engine.dispose()
    return rows


def _moments(query: str, since: dt.datetime, until: dt.datetime) -> dict[str, dt.datetime]:
    return {"since": since} | ({"until": until} if ":until" in query else {})


def _said(rows: list[Mapping[str, Any]]) -> list[Said]:
    if rows and (missing := [name for name in NEEDS if name not in rows[0]]):
        raise NoAnswer(f"答的列里没有 {'、'.join(missing)}；请在查询里用 as 起名")
    try:
        return from_rows(rows)
    except BadMessage as wrong:
        raise NoAnswer(f"答的行里{wrong}") from None


def _patience(address: str, seconds: int) -> dict[str, Any]:
    """How long to wait, in the words of each driver."""
    if address.startswith("postgresql"):
        return {"connect_args": {"connect_timeout": seconds, "options": f"-c statement_timeout={seconds}000"}}
    if address.startswith("sqlite"):
        return {"connect_args": {"timeout": seconds}}
    return {}


def _read_only(connection: Any, seconds: int) -> None:
    """Nothing is written, and what runs too long is stopped, each as far as the database can do it."""
    name = connection.dialect.name
    words = {
        "postgresql": ("SET TRANSACTION READ ONLY",), "oracle": ("SET TRANSACTION READ ONLY",),
        "mysql": ("SET SESSION TRANSACTION READ ONLY", f"SET SESSION max_execution_time = {seconds}000"),
        "mariadb": ("SET SESSION TRANSACTION READ ONLY", f"SET SESSION max_statement_time = {seconds}"),
        "sqlite": ("PRAGMA query_only = ON",),
    }.get(name, ())  # fmt: skip
    for one in words:
        connection.exec_driver_sql(one)
    if name == "sqlite":
        until = time.monotonic() + seconds
        connection.connection.driver_connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
