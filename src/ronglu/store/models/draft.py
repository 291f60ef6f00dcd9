"""A sheet in the making: edited by the office, proposed by one, approved by another, then a version that never changes."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class DraftState(models.TextChoices):
    DRAFT = "draft", "起草中"
    PROPOSED = "proposed", "待批准"
    PUBLISHED = "published", "已发布"
    DROPPED = "dropped", "已作废"


class SheetDraft(models.Model):
    """`revision` counts the edits: who saves names the one he saw. `hands` are the accounts that edited."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="drafts")
    code = models.CharField("表", max_length=40, default="shuangbai")
    no = models.PositiveSmallIntegerField("号")
    base = models.ForeignKey("store.SheetVersion", models.PROTECT, null=True, related_name="drafts")
    declaration = models.JSONField("内容")
    # item → worked examples as written
    examples = models.JSONField("例子", default=dict)
    # item → what it newly asks people to fill in: fields, people, times a month, replaces
    forms = models.JSONField("新增填报", default=dict)
    from_month = models.PositiveIntegerField("起用月")
    document = models.CharField("授权文件", max_length=200, blank=True)
    why = models.CharField("为什么改", max_length=400, blank=True)
    state = models.CharField("状态", max_length=10, choices=DraftState, default=DraftState.DRAFT)
    revision = models.PositiveIntegerField("第几次改动", default=0)
    hands = models.JSONField("改过的账号", default=list)
    made_by = models.ForeignKey("store.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField("起草于")
    changed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("改于", null=True)
    proposed_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提请于", null=True)
    # why it was sent back or dropped
    reason = models.CharField("退回或作废的理由", max_length=400, blank=True)
    version = models.OneToOneField("store.SheetVersion", models.PROTECT, null=True, related_name="draft")

    class Meta:
        verbose_name = "考核表草案"
        ordering = ("plant", "-no")
        constraints = [models.UniqueConstraint(fields=["plant", "no"], name="draft_no")]


class AdminFact(Dated):
    """A fact that the plant's administrative performance scheme counts already, so that nobody counts it twice (N13)."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="admin_facts")
    fact = models.CharField("事实", max_length=40)
    # a word that narrows the fact to one kind (hazard, relay …); empty: all of it
    type = models.CharField("哪一种", max_length=40, blank=True)
    scheme = models.CharField("行政考核办法", max_length=120)
    label = models.CharField("哪一条", max_length=120)

    class Meta:
        verbose_name = "行政绩效已计的事实"
        ordering = ("plant", "scheme", "label", "from_on")
        constraints = [
            models.UniqueConstraint(
                fields=["plant", "fact", "type", "scheme", "label", "from_on"], name="adminfact_once"
            ),
            ordered_dates("adminfact"),
        ]
