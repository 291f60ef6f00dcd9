"""Sources that feed readings without hands: what is declared of each, when it was last heard, and what it sent that was not taken."""

from django.db import models


class FeedKind(models.TextChoices):
    FOLDER = "folder", "文件夹"
    SQL = "sql", "数据库查询"
    PUSH = "push", "接口推送"
    MQTT = "mqtt", "MQTT 主题"


class FeedState(models.TextChoices):
    RUNNING = "running", "接收中"
    PAUSED = "paused", "已暂停"


class Feed(models.Model):
    """`settings` are its kind's own (folder, query, topic); an address with its password is never among them.

    `since` is up to where a database was read. `silent_since` is set while nothing has come for longer than `every`.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="feeds")
    code = models.SlugField("编码", max_length=40)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("方式", max_length=8, choices=FeedKind)
    state = models.CharField("状态", max_length=8, choices=FeedState, default=FeedState.RUNNING)
    settings = models.JSONField("设置", default=dict)
    tags = models.JSONField("点位对应", default=list)
    every = models.PositiveIntegerField("应隔分钟", default=120)
    account = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    started_at = models.DateTimeField("开始接收于")
    since = models.DateTimeField("已读到", null=True)
    asked_at = models.DateTimeField("最近查询", null=True)
    heard_at = models.DateTimeField("最近听到", null=True)
    value_at = models.DateTimeField("最近一个数的时刻", null=True)
    silent_since = models.DateTimeField("静默自", null=True)
    trouble = models.CharField("最近的故障", max_length=300, blank=True)
    trouble_at = models.DateTimeField("故障于", null=True)

    class Meta:
        verbose_name = "数据源"
        ordering = ("plant", "name")
        constraints = [
            models.UniqueConstraint(fields=["plant", "code"], name="feed_code"),
            models.UniqueConstraint(fields=["plant", "name"], name="feed_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FeedBatch(models.Model):
    """One message, file or answer of a query, and what became of its values."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="batches", db_index=False)
    digest = models.CharField("摘要", max_length=64)
    name = models.CharField("名称", max_length=200)
    came_at = models.DateTimeField("来于")
    added = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("更改", default=0)
    unchanged = models.PositiveIntegerField("不变", default=0)
    stale = models.PositiveIntegerField("过时", default=0)
    refused = models.PositiveIntegerField("未收", default=0)

    class Meta:
        verbose_name = "来数"
        ordering = ("-came_at", "-pk")
        indexes = [
            models.Index(fields=["feed", "digest"], name="feed_batch_digest"),
            models.Index(fields=["feed", "-came_at"], name="feed_batch_recent"),
        ]


class RefusalState(models.TextChoices):
    OPEN = "open", "待处理"
    TAKEN = "taken", "已补收"
    DROPPED = "dropped", "不要"


class FeedRefusal(models.Model):
    """A value that could not be taken, as it came; kept until a person decides. The same one again is the same row."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="refusals", db_index=False)
    digest = models.CharField("摘要", max_length=64)
    tag = models.CharField("点位", max_length=120)
    label = models.CharField("时标", max_length=40)
    text = models.CharField("原文", max_length=120)
    unit = models.CharField("单位", max_length=20, blank=True)
    revised = models.CharField("改定于", max_length=40, blank=True)
    # how a value of a file maps, which has no tag of its own
    spot = models.JSONField("对应", default=dict)
    code = models.SlugField("事由", max_length=20)
    why = models.CharField("为什么没有收", max_length=300)
    state = models.CharField("状态", max_length=8, choices=RefusalState, default=RefusalState.OPEN)
    came_at = models.DateTimeField("来于")
    settled_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField("处理于", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "未收的数"
        ordering = ("-came_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["feed", "digest"], name="feed_refusal_once")]
        indexes = [models.Index(fields=["feed", "state"], name="feed_refusal_open")]


class FeedMark(models.Model):
    """When the source itself last revised a slot: what it said earlier and comes later is out of date."""

    channel = models.ForeignKey("store.Channel", models.CASCADE, related_name="+", db_index=False)
    starts_at = models.DateTimeField("起")
    revised = models.DateTimeField("改定于")

    class Meta:
        verbose_name = "改定时刻"
        constraints = [models.UniqueConstraint(fields=["channel", "starts_at"], name="feed_mark_once")]
