"""What is declared for the annual plan: themes to take, 三抓三要, the eight stages, programmes and platforms; all of it a plant's to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import Joint
from ronglu.kernel.annual.platform import PostKind, Rhythm
from ronglu.kernel.named_codes import NamedCode

THEME_KINDS = ("year", "campaign", "field", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSeed(NamedCode):
    """`kind`: year 年度主题, campaign 专项主题, field 攻坚领域, source 规划来源; `years` it lasts from the year it is taken."""

    kind: str
    level: str
    years: int
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grip(NamedCode):
    """One of 三抓三要; `of` names by sort which campaigns, meetings and other activities belong under it."""

    aim: str
    aim_en: str
    of: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointSeed(NamedCode):
    """One of 八同: what both sides do in it, and how far into the task's time it falls due, in per cent."""

    says: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStep:
    """A stage of a programme: it ends at `share` per cent of the programme; each branch is given its tasks."""

    zh: str
    en: str
    share: int
    tasks: tuple[str, ...]
    tasks_en: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSeed(NamedCode):
    """`kind`: education 专题教育, ledger 行动方案, standing 常态化; `months` it lasts, 0 without an end (its stages are years)."""

    kind: str
    says: str
    says_en: str
    months: int
    grip: str
    steps: tuple[ProgrammeStep, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSeed(NamedCode):
    category: str
    says: str
    says_en: str
    output: str
    output_en: str
    rhythm: Rhythm
    posts: tuple[PostKind, ...]
    grip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualBook:
    """Everything declared, by code in the order of the file; `status` says whose wording it is."""

    status: str = ""
    themes: Mapping[str, ThemeSeed] = field(default_factory=dict)
    grips: Mapping[str, Grip] = field(default_factory=dict)
    joints: Mapping[Joint, JointSeed] = field(default_factory=dict)
    programmes: Mapping[str, ProgrammeSeed] = field(default_factory=dict)
    categories: Mapping[str, NamedCode] = field(default_factory=dict)
    platforms: Mapping[str, PlatformSeed] = field(default_factory=dict)

    def grip_of(self, sort: str, code: str) -> str:
        """The tag of an activity by its sort (campaign, gathering …) and code; what is named nowhere is 抓基础, the first."""
        found = (one.code for one in self.grips.values() if code in one.of.get(sort, ()))
        return next(found, next(iter(self.grips), ""))


def read(data: Mapping[str, Any]) -> AnnualBook:
    """Reads annual.yaml; everything wrong in it at once. A pack without one declares nothing of the year."""
    if not data:
        return AnnualBook()
    faults = [*_faults(data)]
    if faults:
        raise AnnualTrouble("\n".join(faults))
    return AnnualBook(
        status=str(data["status"]),
        themes=_by_code(_theme(one) for one in data["themes"]),
        grips=_by_code(_grip(one) for one in data["grips"]),
        joints={
            Joint(one["code"]): JointSeed(**_named(one), says=one["says"], share=one["share"]) for one in data["joints"]
        },
        programmes=_by_code(_programme(one) for one in data["programmes"]),
        categories=_by_code(NamedCode(**_named(one)) for one in data["categories"]),
        platforms=_by_code(_platform(one) for one in data["platforms"]),
    )


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    if not data.get("status"):
        yield "annual.yaml 没有写 status：是谁的规定"
    for part in ("themes", "grips", "joints", "programmes", "categories", "platforms"):
        rows: Sequence[Mapping[str, Any]] = data.get(part) or []
        codes = [row.get("code") for row in rows]
        if not rows:
            yield f"{part} 一项也没有"
        yield from (
            f"{part} 的 {row.get('code') or row.get('zh')} 缺少 code、zh 或 en" for row in rows if not _whole(row)
        )
        yield from (f"{part} 里的 {code} 写了两遍" for code in sorted({str(c) for c in codes if codes.count(c) > 1}))
    yield from _joint_faults(data.get("joints") or [])
    for row in data.get("programmes") or []:
        yield from _unsaid(
            row, [row.get("says"), *(task for step in row.get("steps") or [] for task in step.get("tasks") or [None])]
        )
    for row in data.get("platforms") or []:
        yield from _unsaid(row, [row.get("says"), row.get("output")])
    grips = {row.get("code") for row in data.get("grips") or []}
    for row in [*(data.get("programmes") or []), *(data.get("platforms") or [])]:
        if row.get("grip") not in grips:
            yield f"{row.get('code')} 的 grip 应为三抓三要之一，现在是 {row.get('grip')}"
    yield from (
        f"主题 {row.get('code')} 的 kind 应为 {'、'.join(THEME_KINDS)}"
        for row in data.get("themes") or []
        if row.get("kind") not in THEME_KINDS
    )
    categories = {row.get("code") for row in data.get("categories") or []}
    for row in data.get("platforms") or []:
        if row.get("category") not in categories:
            yield f"平台 {row.get('code')} 的 category 没有声明：{row.get('category')}"
        if row.get("rhythm") not in set(Rhythm) or not set(row.get("posts") or ["?"]) <= set(PostKind):
            yield f"平台 {row.get('code')} 的 rhythm 应为 {'、'.join(Rhythm)}，posts 应为 {'、'.join(PostKind)}"


def _joint_faults(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if [row.get("code") for row in rows] != list(Joint):
        yield f"joints 应依次是 {'、'.join(Joint)}"
    shares = [row.get("share") for row in rows]
    if any(not isinstance(one, int) or not 0 <= one <= 100 for one in shares) or shares != sorted(shares):  # type: ignore[type-var]
        yield "joints 的 share 应是 0 到 100、不减小的整数"


def _unsaid(row: Mapping[str, Any], sentences: Sequence[Any]) -> Iterator[str]:
    if not all(isinstance(one, Mapping) and one.get("zh") and one.get("en") for one in sentences):
        yield f"{row.get('code')} 的说明、产出和任务都要写 zh 和 en"


def _whole(row: Mapping[str, Any]) -> bool:
    return all(row.get(key) for key in ("code", "zh", "en"))


def _named(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(row[key]) for key in ("code", "zh", "en")}


def _by_code(rows: Iterator[Any]) -> dict[str, Any]:
    return {one.code: one for one in rows}


def _theme(row: Mapping[str, Any]) -> ThemeSeed:
    return ThemeSeed(
        **_named(row),
        kind=row["kind"],
        level=row.get("level", "plant"),
        years=row.get("years", 1),
        source=tuple(row.get("source", ())),
    )


def _grip(row: Mapping[str, Any]) -> Grip:
    of = {sort: frozenset(map(str, codes)) for sort, codes in (row.get("of") or {}).items()}
    return Grip(**_named(row), aim=row.get("aim", ""), aim_en=row.get("aim_en", ""), of=of)


def _programme(row: Mapping[str, Any]) -> ProgrammeSeed:
    return ProgrammeSeed(
        **_named(row), **_told(row, "says"), kind=row["kind"], months=row["months"], grip=row["grip"],
        steps=tuple(map(_step, row["steps"])), source=tuple(row.get("source", ())),
    )  # fmt: skip


def _step(row: Mapping[str, Any]) -> ProgrammeStep:
    tasks, english = (tuple(one[language] for one in row["tasks"]) for language in ("zh", "en"))
    return ProgrammeStep(zh=row["zh"], en=row["en"], share=row["share"], tasks=tasks, tasks_en=english)


def _told(row: Mapping[str, Any], name: str) -> dict[str, str]:
    """A sentence, and its English beside it."""
    return {name: row[name]["zh"], f"{name}_en": row[name]["en"]}


def _platform(row: Mapping[str, Any]) -> PlatformSeed:
    return PlatformSeed(
        **_named(row), **_told(row, "says"), **_told(row, "output"), category=row["category"], rhythm=Rhythm(row["rhythm"]),
        posts=tuple(PostKind(one) for one in row["posts"]), grip=row["grip"],
    )  # fmt: skip
