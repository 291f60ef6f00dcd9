"""What goes over the wire. Numbers are decimal text, so that nothing is lost on the way; a bool is not a number."""

import datetime as dt
import re
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

NUMBER = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,9})?$"
# no control characters: a database may choke on a NUL
PLAIN = r"^[^\x00-\x1f]*$"
CODE = Annotated[str, Field(min_length=1, max_length=60, pattern=PLAIN)]
PLANT = Annotated[str, Field(max_length=40, pattern=PLAIN, description="厂的编码；只有一个厂时可不给")]
# dates as text of ten: pydantic alone would take 86400 for 1970-01-02
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
PERIOD = r"^$|^20[0-9]{2}(-[0-9WQH][0-9]?(-[0-9]{2}(/[1-9])?)?)?$"


def _number(given: Any) -> str:
    """The text as written; a JSON number keeps its digits, since the parser never makes a float of it."""
    if isinstance(given, bool) or not isinstance(given, (str, int, Exact)):
        raise ValueError("应为数字或数字文本，如 12.30；true、false 不是数字")
    text = str(given).strip()
    if not re.fullmatch(NUMBER, text, re.ASCII):
        raise ValueError(f"“{text[:40]}”不是数字，或超过 15 位整数、9 位小数")
    return text


class Exact(str):
    """A JSON number with a point, kept as it was written."""


def _day(given: Any) -> Any:
    if isinstance(given, dt.date):
        return given
    if not isinstance(given, str) or not DAY.fullmatch(given):
        raise ValueError("应为日期 年-月-日，如 2026-03-10")
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"没有 {given} 这一天") from None


def _instant(given: Any) -> Any:
    """Plant local time without a zone."""
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?", given, re.ASCII):
        try:
            return dt.datetime.fromisoformat(given)
        except ValueError:
            pass
    raise ValueError("应为厂内时间，不带时区，如 2026-03-10T08:00")


Number = Annotated[
    str,
    BeforeValidator(_number),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": NUMBER}, {"type": "integer", "minimum": -(10**14), "maximum": 10**14}]}
    ),
]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[
    dt.datetime,
    BeforeValidator(_instant),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$",
        }
    ),
]


class Given(Schema):
    """A body from outside: a field we do not know is a mistake to be told, not to be swallowed."""

    model_config = ConfigDict(extra="forbid")


class ReadingOut(Schema):
    id: int
    unit: str
    series: str
    grain: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date
    shift: int = Field(description="生产日内第几班，0 = 不分班")
    version: int
    text: str = Field(description="给的原文")
    value: str | None = Field(description="按该数列小数位取整的值；null = 已用明确标记删除")
    state: str = Field(description="forecast 预报 · audited 审核 · locked 锁定 · superseded 已更正 · rejected 退回")
    known_at: dt.datetime
    place: str = Field(description="来源文件、表、格")


class ReadingPage(Schema):
    items: list[ReadingOut]
    next: int | None = Field(description="下一页的 after；null = 没有了")


class IndicatorOut(Schema):
    code: str
    name: str
    en: str
    unit: str
    direction: str
    rollup: str
    decimals: int
    source: str
    status: str


class ValueOut(Schema):
    period: str
    crew: str = Field(description="这一班由哪个横大班当班；只有班的值才有")
    value: str | None
    numerator: str | None
    denominator: str | None
    plan: str | None
    covered: int
    expected: int
    pending: int


class RunOut(Schema):
    month: str
    number: int
    at: dt.datetime
    sheet: str
    sheet_version: int
    digest: str
    cause: str


class TotalOut(Schema):
    body: str
    scale: str
    applicable: str
    available: str
    won: str
    converted: str | None
    grade: str
    vetoed: bool


class ResultOut(Schema):
    body: str
    item: str
    state: str
    points: str
    won: str | None
    covered: int | None
    expected: int | None


class ResultDetail(ResultOut):
    share: str | None
    basis: dict[str, Any] = Field(description="重算所需的全部依据")


class SheetMonth(Schema):
    run: RunOut
    totals: list[TotalOut]
    results: list[ResultOut]


class PlaceOut(Schema):
    code: str
    name: str
    kind: str
    parent: str | None


class LinkOut(Schema):
    body: str
    unit: str


class OrganisationOut(Schema):
    plant: str
    on: dt.date
    units: list[PlaceOut]
    bodies: list[PlaceOut]
    links: list[LinkOut]


class PersonOut(Schema):
    staff_no: str
    name: str
    unit: str


class PeoplePage(Schema):
    items: list[PersonOut]
    next: str | None


class ReadingIn(Given):
    unit: CODE = Field(description="单位编码")
    series: CODE = Field(description="数列编码")
    starts_at: Instant = Field(description="这一格的开始，厂内时间，不带时区")
    value: Number | None = Field(description="数字或数字文本，原样保存；null = 明确删除")
    reason: Annotated[str, Field(max_length=200, pattern=PLAIN)] = Field(default="", description="更正已审核的数时必填")
    grain: Annotated[str, Field(max_length=12, pattern=PLAIN)] = Field(
        default="", description="粒度，同一数列有几个粒度时必填；月末结算填 settlement"
    )


class ReadingsIn(Given):
    plant: PLANT = ""
    rows: list[ReadingIn] = Field(min_length=1, max_length=2000)


class Written(Schema):
    added: int
    changed: int
    unchanged: int


class SaidIn(Given):
    tag: Annotated[str, Field(min_length=1, max_length=120, pattern=PLAIN)] = Field(
        description="点位，按数据源声明的名字"
    )
    at: Annotated[str, Field(min_length=7, max_length=40, pattern=PLAIN)] = Field(
        description="时标：2026-03-10T08:00，可带时区；日、月的数可写 2026-03-10、2026-03"
    )
    value: Number = Field(description="数字或数字文本，原样保存")
    unit: Annotated[str, Field(max_length=20, pattern=PLAIN)] = Field(
        default="", description="与声明的单位不同时填，自动换算"
    )
    revised: Annotated[str, Field(max_length=40, pattern=PLAIN)] = Field(
        default="", description="来源最近改定这个数的时刻；写了就按它分新旧，不按先来后到"
    )


class PushIn(Given):
    plant: PLANT = ""
    values: list[SaidIn] = Field(min_length=1, max_length=5000)


class NotTaken(Schema):
    tag: str
    at: str
    why: str


class Pushed(Schema):
    added: int
    changed: int
    unchanged: int
    stale: int = Field(description="来源已有更新的说法，没有采用")
    refused: int = Field(description="没有收下，已留在数据源的“未收的数”里等人决定")
    again: bool = Field(description="同一条以前收过，这次什么也没有改变")
    problems: list[NotTaken] = Field(description="没有收下的前几个")


class CaseOut(Schema):
    id: int
    number: str
    loop: str
    title: str
    state: str
    phase: str = Field(description="open 待处理 · working 办理中 · verifying 待验收 · closed 已闭环 · dropped 不再办")
    unit: str | None
    zone: str | None
    body: str | None = Field(description="负责的党组织")
    raised_at: dt.datetime
    due_at: dt.datetime | None = Field(description="本状态的期限；零点属于前一天")
    closed_at: dt.datetime | None
    fields: dict[str, Any] = Field(description="按闭环声明的字段；单位、党组织、责任区是编码，人是工号，数是文本")


class CasePage(Schema):
    items: list[CaseOut]
    next: int | None = Field(description="下一页的 after；null = 没有了")


class CaseIn(Given):
    plant: PLANT = ""
    loop: CODE = Field(description="闭环代码，如 hazard")
    unit: Annotated[str, Field(max_length=60, pattern=PLAIN)] = Field(default="", description="单位编码")
    zone: Annotated[str, Field(max_length=60, pattern=PLAIN)] = Field(default="", description="责任区编码")
    body: Annotated[str, Field(max_length=60, pattern=PLAIN)] = Field(default="", description="党组织编码")
    fields: dict[str, str | int | bool | None] = Field(description="提出时的字段，代码见闭环声明")
    confidential: bool = False


class Raised(Schema):
    number: str
    state: str
    joined: str | None = Field(description="因此重新打开的前案")
