"""What people are told, once: the line in the inbox, when it may reach them, the digests made of lines, and the ways out."""

from django.db import models


class Notice(models.Model):
    """`key` names the occasion (case, rung, state entered), so that the same one is never told twice.

    Seen in the inbox at once. `from_at` is when it may reach the person elsewhere; until that is reckoned it is "new".
    """

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="notices")
    person = models.ForeignKey("store.Person", models.CASCADE, related_name="notices")
    case = models.ForeignKey("store.Case", models.CASCADE, null=True, related_name="notices")
    kind = models.CharField("事由", max_length=20)
    text = models.CharField("内容", max_length=200)
    at = models.DateTimeField("时间")
    from_at = models.DateTimeField("可送达于")
    key = models.CharField(max_length=120)
    state = models.CharField(
        "送达",
        max_length=10,
        default="new",
        # an urgent one waits for no shift and no digest
        choices=[
            ("new", "新"),
            ("hushed", "新，不露时刻"),
            ("urgent", "紧急"),
            ("waiting", "待送"),
            ("put", "已编入摘要"),
            ("none", "仅站内"),
        ],
    )

    class Meta:
        verbose_name = "提醒"
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["state", "from_at"], name="notice_due"),
            models.Index(fields=["person", "at"], name="notice_person"),
        ]


class NoticeChannel(models.Model):
    """Where a plant's digests go besides the inbox: a chat robot or e-mail. The address is a secret and is never shown whole."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="channels")
    unit = models.ForeignKey("store.Unit", models.CASCADE, null=True, related_name="+")
    kind = models.CharField("类型", max_length=20)
    label = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=400)
    state = models.CharField("状态", max_length=10, default="on", choices=[("on", "启用"), ("off", "停用")])

    class Meta:
        verbose_name = "通知渠道"
        constraints = [models.UniqueConstraint(fields=["plant", "label"], name="notice_channel")]


class Digest(models.Model):
    """One message on its way out: to a channel or to a person's mail box, at most one a shift; `key` names outlet and shift.

    What it says is frozen: counts, numbers and titles. Whoever sends takes it first; one taken long ago is taken again.
    """

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="digests")
    channel = models.ForeignKey(NoticeChannel, models.CASCADE, null=True, related_name="digests")
    person = models.ForeignKey("store.Person", models.CASCADE, null=True, related_name="digests")
    key = models.CharField(max_length=160, unique=True)
    title = models.CharField("题目", max_length=120)
    lines = models.JSONField("内容", default=list)
    state = models.CharField(
        "状态",
        max_length=10,
        default="waiting",
        choices=[("waiting", "待送"), ("taken", "送出中"), ("sent", "已送"), ("failed", "未送成")],
    )
    at = models.DateTimeField("编成于")
    # when it may be taken: at once, a while after a failure, and long after it was taken by one who never came back
    next_at = models.DateTimeField("可取于")
    tries = models.PositiveSmallIntegerField("次数", default=0)
    sent_at = models.DateTimeField("送出于", null=True)
    detail = models.CharField("未送成的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "提醒摘要"
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["state", "next_at"], name="digest_due")]
