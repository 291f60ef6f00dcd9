"""Where readings come from: source profiles, imports and their reports."""

from django.db import models


class Source(models.Model):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="sources")
    code = models.SlugField("编码", max_length=40)
    name = models.CharField("名称", max_length=80)
    profile = models.JSONField("读取方案", default=dict)
    version = models.PositiveSmallIntegerField("版本", default=1)

    class Meta:
        verbose_name = "来源"
        ordering = ("plant", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="source_code")]

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", "已上传"
    READING = "reading", "读取中"
    CHECKED = "checked", "已试读"
    REFUSED = "refused", "已拒绝"
    WRITING = "writing", "写入中"
    DONE = "done", "已入库"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "失败"


class Import(models.Model):
    """One file and what became of it; the report stays whatever the end."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="imports")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="imports")
    # readings, roster, plans, benchmarks, accounts, scores …: which verb takes the rows
    kind = models.CharField("内容", max_length=20, default="readings")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节")
    path = models.CharField(max_length=200)
    state = models.CharField("状态", max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    options = models.JSONField("选择", default=dict)
    counts = models.JSONField("计数", default=dict)
    report = models.JSONField("报告", default=dict)
    created_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("上传于")
    finished_at = models.DateTimeField("完成于", null=True)

    class Meta:
        verbose_name = "导入"
        ordering = ("-created_at", "-id")


class Job(models.Model):
    """Long work as people see it: how far, what it says, may it still be cancelled."""

    kind = models.CharField("工作", max_length=40)
    label = models.CharField("说明", max_length=200)
    plant = models.ForeignKey("store.Plant", models.CASCADE, null=True, related_name="jobs")
    args = models.JSONField(default=dict)
    state = models.CharField(
        "状态",
        max_length=12,
        default="waiting",
        choices=[
            ("waiting", "排队"),
            ("running", "进行中"),
            ("done", "完成"),
            ("failed", "失败"),
            ("cancelled", "已取消"),
        ],
    )
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总量", default=0)
    message = models.TextField("消息", blank=True)
    result = models.JSONField(default=dict)
    created_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("提交于")
    started_at = models.DateTimeField("开始于", null=True)
    finished_at = models.DateTimeField("结束于", null=True)

    class Meta:
        verbose_name = "后台工作"
        ordering = ("-created_at", "-id")
