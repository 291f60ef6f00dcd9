"""Scores: the sheet in force, runs over a month, results with everything needed to replay them."""

from django.db import models


class SheetVersion(models.Model):
    """A published sheet, frozen: the whole declaration and its digest."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="sheets")
    code = models.CharField("表", max_length=40, default="shuangbai")
    version = models.PositiveSmallIntegerField("版本")
    from_month = models.PositiveIntegerField("起用月")
    declaration = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    # item → worked examples as written; empty: those the product ships
    examples = models.JSONField("例子", default=dict)
    # the document that put it in force (写进经济责任制的那一份), printed wherever the rules are
    document = models.CharField("授权文件", max_length=200, blank=True)
    published_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("发布于")

    class Meta:
        verbose_name = "考核表版本"
        ordering = ("plant", "code", "version")
        constraints = [models.UniqueConstraint(fields=["plant", "code", "version"], name="sheet_version")]


class Run(models.Model):
    """One computation of one plant's month; the newest one stands, the older ones stay to show the difference."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="runs")
    sheet = models.ForeignKey(SheetVersion, models.PROTECT, related_name="runs")
    month = models.PositiveIntegerField("月份")
    number = models.PositiveIntegerField("次")
    at = models.DateTimeField("计算于")
    by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    # {"readings/202603": "sha256…", …} of every partition it read
    partitions = models.JSONField("事实分区摘要", default=dict)
    digest = models.CharField("结果摘要", max_length=64)
    cause = models.CharField("起因", max_length=200, blank=True)

    class Meta:
        verbose_name = "计分"
        ordering = ("plant", "month", "-number")
        constraints = [models.UniqueConstraint(fields=["plant", "month", "number"], name="run_number")]


class Result(models.Model):
    """One item of one branch: points in hundredths, its state (09-13), and the basis to replay it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="results")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="results")
    item = models.CharField("项", max_length=10)
    state = models.CharField("状态", max_length=20)
    points = models.IntegerField("满分（百分之一）")
    won = models.IntegerField("得分（百分之一）", null=True)
    share = models.BigIntegerField("得分比例（十亿分之一）", null=True)
    covered = models.IntegerField("有数", null=True)
    expected = models.IntegerField("应有", null=True)
    # parts: [{label, num, den, share, weight, …}], from: carried month or imported figure
    basis = models.JSONField("依据", default=dict)

    class Meta:
        verbose_name = "得分"
        constraints = [models.UniqueConstraint(fields=["run", "body", "item"], name="result_once")]


class Total(models.Model):
    """One scale of one branch: applicable, available, won, converted, all in hundredths (09-13, 09-14)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="totals")
    body = models.ForeignKey("store.Body", models.PROTECT, related_name="totals")
    scale = models.CharField("百分", max_length=20)
    applicable = models.IntegerField("适用")
    available = models.IntegerField("已评")
    won = models.IntegerField("得分")
    converted = models.IntegerField("折算", null=True)
    grade = models.CharField("评级", max_length=20, blank=True)
    vetoed = models.BooleanField("否决", default=False)

    class Meta:
        verbose_name = "合计"
        constraints = [models.UniqueConstraint(fields=["run", "body", "scale"], name="total_once")]


class ItemFigure(models.Model):
    """The office's audited figure for an item that is not wired; counts once a second person signed (09-13)."""

    body = models.ForeignKey("store.Body", models.CASCADE, related_name="figures")
    item = models.CharField("项", max_length=10)
    month = models.PositiveIntegerField("月份")
    won = models.IntegerField("得分（百分之一）")
    ground = models.CharField("依据", max_length=400)
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入于")
    signed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签认于", null=True)

    class Meta:
        verbose_name = "导入的项分"
        constraints = [models.UniqueConstraint(fields=["body", "item", "month"], name="figure_once")]


class VetoMark(models.Model):
    """A veto for a month: with evidence, approved by another (09-14, 04 §4.2)."""

    body = models.ForeignKey("store.Body", models.CASCADE, related_name="vetoes")
    month = models.PositiveIntegerField("月份")
    reason = models.CharField("情形", max_length=40)
    evidence = models.CharField("证据", max_length=400)
    entered_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "一票否决"
        constraints = [models.UniqueConstraint(fields=["body", "month", "reason"], name="veto_once")]


class Finding(models.Model):
    """A regulation check that did not hold: opened on a day, cleared on another (B7 counts those older than 30 days)."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="findings")
    rule = models.CharField("规则", max_length=20)
    body = models.ForeignKey("store.Body", models.CASCADE, null=True, blank=True, related_name="findings")
    unit = models.ForeignKey("store.Unit", models.CASCADE, null=True, blank=True, related_name="findings")
    # "body:12", "unit:3", "person:9:书记" …: what the rule was checked on, as a plain key
    subject = models.CharField(max_length=80)
    detail = models.CharField("情况", max_length=300)
    clear_by = models.CharField("怎样消除", max_length=300, blank=True)
    severity = models.CharField("强度", max_length=10)
    opened_on = models.DateField("发现")
    cleared_on = models.DateField("消除", null=True)
    # a NORM rule may be left with a recorded reason
    reason = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "检查发现"
        ordering = ("-opened_on", "rule")
        constraints = [models.UniqueConstraint(fields=["plant", "rule", "subject", "opened_on"], name="finding_once")]
