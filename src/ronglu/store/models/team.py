"""党员先锋队 and 突击队: what they are there for, who belongs to them with which share of the work, from which day on."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class Team(Dated):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="teams")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField(
        "类型",
        max_length=20,
        choices=[
            ("pioneer", "党员先锋队"),
            ("shock_tech", "技术攻关突击队"),
            ("shock_rescue", "应急抢险突击队"),
        ],
    )
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="teams")
    purpose = models.TextField("任务")

    class Meta:
        verbose_name = "队伍"
        ordering = ("plant", "kind", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="team_code"), ordered_dates("team")]

    def __str__(self) -> str:
        return self.name


class TeamMember(Dated):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="team_memberships")
    role = models.CharField("身份", max_length=20, choices=[("leader", "队长"), ("member", "队员")])
    # 分工: what this one takes on when the team is called
    duties = models.CharField("分工", max_length=200, blank=True)

    class Meta:
        verbose_name = "队员"
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "from_on"], name="teammember_once"),
            ordered_dates("teammember"),
        ]
