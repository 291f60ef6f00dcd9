"""A team with a mission, a season's task with a piece, and whatever else the pages of labour need to be there."""

from typing import Any

from ronglu.config.plant import packs
from ronglu.store.models import (
    Achievement,
    Activity,
    Duty,
    HelpRequest,
    Mission,
    ModelPost,
    SeasonShare,
    SeasonTask,
    Studio,
    Team,
)
from ronglu.work import achievements, activities, duties, missions, model_posts, seasons, studios, teams
from ronglu.work import help as asking
from tests.cast import AT, ON, SINCE, Cast

# 王书记 and 邻厂书记 hold most verbs, each in his own plant
BESIDE = {"邻厂书记"}
# who holds missions.verify or seasons.edit, but not over the converter workshop
NOT_OVER_THE_LINE = {"邻厂书记"}


def by(cast: Cast, name: str) -> dict[str, Any]:
    return {"by": cast.account[name], "at": AT}


def award(cast: Cast, title: str = "转炉烟气余热利用", level: str = "province", **other: Any) -> Achievement:
    """A provincial prize of the converters; the same one when asked again."""
    if found := Achievement.objects.filter(kind="award", title=title, level=level).first():
        return found
    said = {"prize": "science", "organ": "省科学技术厅", "paper": "2025-J-3-041", "day": ON} | other
    return achievements.award(
        title=title, level=level, body=cast.body["QL-B1"], unit=cast.unit["QL-R1"], rules=packs().base.awards, **said,
        **by(cast, "陈技术员"),
    )  # fmt: skip


def team(cast: Cast, code: str = "TJ1") -> Team:
    """李班长 leads it, 吴师傅 belongs to it."""
    if found := Team.objects.filter(plant=cast.plant, code=code).first():
        return found
    made = teams.found(
        plant=cast.plant, code=code, name=f"熔炼抢险突击队{code}", kind="shock_rescue", purpose="炉体跑漏、停电抢险",
        body=cast.body["QL-B1"], on=SINCE, **by(cast, "王书记"),
    )  # fmt: skip
    for name, role in (("李班长", "leader"), ("吴师傅", "member")):
        teams.join(team=made, person=cast.person[name], role=role, duties="看天车", on=SINCE, **by(cast, "王书记"))
    return made


def mission(cast: Cast, why: str = "转炉炉口漏水", code: str = "TJ1") -> Mission:
    found = Mission.objects.filter(why=why).first()
    return found or missions.call(team=team(cast, code), unit=cast.unit["QL-R1"], why=why, **by(cast, "马主任"))


def reported(cast: Cast, why: str = "转炉炉口漏水") -> Mission:
    row = mission(cast, why)
    if row.state != "called":
        return row
    return missions.report(mission=row, report="堵漏，换水套", effect="少停炉一天", **by(cast, "李班长"))


def duty(cast: Cast, name: str = "李班长", role: str = "safety") -> Duty:
    found = Duty.objects.filter(person=cast.person[name], role=role).first()
    return found or duties.name(
        person=cast.person[name], role=packs().base.duties[role], body=cast.body["QL-B1-甲"], area="炉前", on=SINCE,
        **by(cast, "王书记"),
    )  # fmt: skip


def post(cast: Cast, name: str = "炉口岗") -> ModelPost:
    found = ModelPost.objects.filter(name=name).first()
    return found or model_posts.set_up(
        body=cast.body["QL-B1"], unit=cast.unit["QL-R1"], name=name, people=[cast.person["李班长"]],
        weakness="炉口粘渣，清理时易烫伤", criteria="本季无烫伤", on=SINCE, review_on=ON.replace(month=2),
        indicator="SM-01", **by(cast, "王书记"),
    )  # fmt: skip


def studio(cast: Cast, name: str = "熔炼创新工作室") -> Studio:
    found = Studio.objects.filter(name=name).first()
    return found or studios.found(
        unit=cast.unit["QL-R"], body=cast.body["QL-B1"], name=name, on=SINCE, topic="降渣含铜", leader="陈技术员",
        **by(cast, "王书记"),
    )  # fmt: skip


def task(cast: Cast, title: str = "清理厂区排水沟渠和雨水井") -> SeasonTask:
    found = SeasonTask.objects.filter(title=title).first()
    return found or seasons.plan(
        season=packs().base.seasons["flood"], year=2026, title=title, unit=cast.unit["QL-R"], area="熔炼车间四周",
        due_on=ON.replace(month=4), **by(cast, "赵安全员"),
    )  # fmt: skip


def share(cast: Cast, part: str = "东侧沟", title: str = "清理厂区排水沟渠和雨水井") -> SeasonShare:
    found = SeasonShare.objects.filter(part=part, task__title=title).first()
    return found or seasons.split(
        task=task(cast, title), body=cast.body["QL-B1-甲"], part=part, due_on=ON.replace(month=4), planned="120",
        measure="米", **by(cast, "赵安全员"),
    )  # fmt: skip


def done(cast: Cast, part: str = "西侧沟") -> SeasonShare:
    row = share(cast, part)
    if row.state != "open":
        return row
    return seasons.finish(share=row, minutes=135, output="清淤", amount="118.5", **by(cast, "何组长"))


def activity(cast: Cast, title: str = "搬运钢板") -> Activity:
    found = Activity.objects.filter(title=title).first()
    return found or activities.record(
        body=cast.body["QL-B1"], day=ON, title=title, minutes=135, people=12, output="为检修搬运", amount="46",
        measure="块", **by(cast, "何组长"),
    )  # fmt: skip


def achievement(cast: Cast, title: str = "自抑结渣装置", kind: str = "innovation") -> Achievement:
    found = Achievement.objects.filter(title=title).first()
    return found or achievements.record(
        kind=kind, title=title, body=cast.body["QL-B1"], unit=cast.unit["QL-R1"], day=ON, problem="炉口低空污染",
        solution="改密封结构", application="转炉炉口", effect="无组织排放下降", **by(cast, "陈技术员"),
    )  # fmt: skip


def question(cast: Cast, topic: str = "炉口清渣", to: str = "李班长") -> HelpRequest:
    found = HelpRequest.objects.filter(topic=topic).first()
    return found or asking.ask(
        plant=cast.plant, topic=topic, question="粘渣怎么清得快？", asked=cast.person[to] if to else None,
        **by(cast, "吴师傅"),
    )  # fmt: skip
