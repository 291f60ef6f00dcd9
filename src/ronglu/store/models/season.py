"""Seasonal prevention (防汛、防寒、防雷、防暑): a task of the year, and the pieces of its area that groups take over."""

from django.db import models


class SeasonTask(models.Model):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="season_tasks")
    # a code of the base pack's seasons
    season = models.CharField("季节", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    title = models.CharField("任务", max_length=120)
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="season_tasks")
    area = models.CharField("区域", max_length=200)
    due_on = models.DateField("期限")
    state = models.CharField(
        "状态",
        max_length=20,
        default="open",
        choices=[
            ("open", "进行中"),
            ("done", "完成"),
            ("dropped", "取消"),
        ],
    )
    reason = models.CharField("取消原因", max_length=200, blank=True)
    set_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "季节任务"
        ordering = ("due_on", "id")
        constraints = [models.UniqueConstraint(fields=["plant", "season", "year", "title"], name="seasontask_once")]
        indexes = [models.Index(fields=["plant", "year", "due_on"], name="seasontask_due")]


class SeasonShare(models.Model):
    """One group's piece. Minutes are whole minutes of all who took part; output is text as given, exact, in `unit`."""

    task = models.ForeignKey(SeasonTask, models.CASCADE, related_name="shares")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="season_shares")
    part = models.CharField("片区", max_length=120)
    due_on = models.DateField("期限")
    planned = models.CharField("工作量", max_length=40, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    state = models.CharField(
        "状态",
        max_length=20,
        default="open",
        choices=[
            ("open", "未完成"),
            ("done", "已完成，待检查"),
            ("checked", "已检查"),
        ],
    )
    minutes = models.PositiveIntegerField("用工（分钟）", default=0)
    output = models.CharField("干了什么", max_length=200, blank=True)
    amount = models.CharField("完成量", max_length=40, blank=True)
    done_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("完成时间", null=True)
    # what the checker found; on an open piece: why it came back
    remark = models.CharField("检查意见", max_length=200, blank=True)
    checked_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("检查时间", null=True)

    class Meta:
        verbose_name = "季节任务分片"
        ordering = ("task", "id")
        constraints = [models.UniqueConstraint(fields=["task", "body", "part"], name="seasonshare_once")]
        indexes = [models.Index(fields=["body", "state", "due_on"], name="seasonshare_due")]
