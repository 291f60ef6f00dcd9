"""Results of persons (履职) and of crews (横大班): a run over a month beside that of the branches, in tables of its own."""

from django.db import models


class AssessedRun(models.Model):
    """One computation of one sheet that is not about branches; the newest number of a month stands. `declaration` is the sheet."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="assessed")
    code = models.CharField("表", max_length=40)
    month = models.PositiveIntegerField("月份")
    number = models.PositiveIntegerField("次")
    declaration = models.JSONField("考核表")
    digest = models.CharField("结果摘要", max_length=64)
    at = models.DateTimeField("计算于")
    by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "履职与班组计分"
        ordering = ("plant", "code", "month", "-number")
        constraints = [models.UniqueConstraint(fields=["plant", "code", "month", "number"], name="assessedrun_number")]


class AssessedResult(models.Model):
    """One item of one person or one crew. `subject` is a plain key, since UNIQUE does not hold over empty columns."""

    run = models.ForeignKey(AssessedRun, models.CASCADE, related_name="results")
    subject = models.CharField(max_length=40)
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="assessed")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, related_name="assessed")
    item = models.CharField("项", max_length=10)
    state = models.CharField("状态", max_length=20)
    points = models.IntegerField("满分（百分之一）")
    won = models.IntegerField("得分（百分之一）", null=True)
    share = models.BigIntegerField("得分比例（十亿分之一）", null=True)
    basis = models.JSONField("依据", default=dict)

    class Meta:
        verbose_name = "履职与班组得分"
        constraints = [models.UniqueConstraint(fields=["run", "subject", "item"], name="assessedresult_once")]


class AssessedTotal(models.Model):
    """The whole of one person or crew, in hundredths; `converted` is empty where nothing was due."""

    run = models.ForeignKey(AssessedRun, models.CASCADE, related_name="totals")
    subject = models.CharField(max_length=40)
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="assessed_totals")
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, related_name="assessed_totals")
    applicable = models.IntegerField("适用")
    available = models.IntegerField("已评")
    won = models.IntegerField("得分")
    converted = models.IntegerField("折算", null=True)

    class Meta:
        verbose_name = "履职与班组合计"
        constraints = [models.UniqueConstraint(fields=["run", "subject"], name="assessedtotal_once")]
