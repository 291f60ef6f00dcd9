"""Cases of the closed loops: one row a case with its state in one column, steps that are only added to, and lines of its own."""

from django.db import models

from ronglu.store.models.append import AppendOnly


class LoopVersion(models.Model):
    """A declaration that cases were raised under: its shape and digest, kept so that a change without a new version is seen."""

    loop = models.CharField("闭环", max_length=40)
    version = models.PositiveSmallIntegerField("版本")
    shape = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("登记于")

    class Meta:
        verbose_name = "闭环版本"
        ordering = ("loop", "version")
        constraints = [models.UniqueConstraint(fields=["loop", "version"], name="loop_version")]


class Case(models.Model):
    """`seen` counts the steps: who acts says which one he saw, and only one of two wins. `data` holds the declared fields.

    An anonymous case has no raiser, no origin finer than the day, and the digest of a claim code instead.
    """

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="cases")
    loop = models.CharField("闭环", max_length=40)
    version = models.PositiveSmallIntegerField("声明版本")
    number = models.CharField("编号", max_length=40)
    title = models.CharField("题目", max_length=120)
    state = models.CharField("状态", max_length=40)
    phase = models.CharField("阶段", max_length=10)
    seen = models.PositiveIntegerField("步数", default=0)
    data = models.JSONField("内容", default=dict)
    # where it is and who answers for it
    unit = models.ForeignKey("store.Unit", models.PROTECT, null=True, related_name="cases")
    zone = models.ForeignKey("store.Zone", models.PROTECT, null=True, related_name="cases")
    body = models.ForeignKey("store.Body", models.PROTECT, null=True, related_name="cases")
    raised_by = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="raised_cases")
    raised_at = models.DateTimeField("提出于")
    claim = models.CharField("取件码摘要", max_length=64, blank=True)
    secrecy = models.CharField(
        "公开范围", max_length=12, default="open", choices=[("open", "公开"), ("confidential", "保密")]
    )
    # whose turn it is: a person, or the roles and parties that the state names
    holder = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="held_cases")
    turn = models.CharField("轮到", max_length=120, blank=True)
    entered_at = models.DateTimeField("进入本状态于")
    due_at = models.DateTimeField("期限", null=True)
    # when the clock looks at it next, and how far up the ladder it is
    next_at = models.DateTimeField("下次催办", null=True)
    rung = models.SmallIntegerField("催办级", default=-1)
    flag = models.CharField("提请", max_length=40, blank=True)
    closed_at = models.DateTimeField("闭环于", null=True)
    # plant, place and kind as one text: how a second report of the same thing is found
    recur_key = models.CharField(max_length=120, blank=True)
    origin = models.CharField("来源", max_length=20, default="web")
    batch = models.ForeignKey("store.Import", models.PROTECT, null=True, related_name="cases")
    source_key = models.CharField("原台账行", max_length=64, blank=True)

    class Meta:
        verbose_name = "闭环事项"
        ordering = ("-raised_at", "-id")
        constraints = [models.UniqueConstraint(fields=["plant", "number"], name="case_number")]
        indexes = [
            models.Index(fields=["next_at"], name="case_next"),
            models.Index(fields=["holder", "due_at"], name="case_holder"),
            # the same question for a whole plant, for a unit and for a party body: what waits for a role, the oldest first
            models.Index(fields=["plant", "turn", "due_at"], name="case_turn"),
            models.Index(fields=["unit", "turn", "due_at"], name="case_unit_turn"),
            models.Index(fields=["body", "turn", "due_at"], name="case_body_turn"),
            models.Index(fields=["plant", "loop", "phase", "raised_at"], name="case_loop"),
            # the list of a loop, newest first: found without sorting a hundred thousand
            models.Index(fields=["plant", "loop", "raised_at"], name="case_raised"),
            models.Index(fields=["unit", "loop", "phase"], name="case_unit"),
            models.Index(fields=["raised_by", "phase"], name="case_raiser"),
            models.Index(fields=["recur_key", "closed_at"], name="case_recur"),
            models.Index(fields=["claim"], name="case_claim"),
            models.Index(fields=["plant", "source_key"], name="case_source"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseStep(models.Model):
    """One move of a case: only ever added. `person` is whose act it was (a deputy acts for himself)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    no = models.PositiveIntegerField("序号")
    move = models.CharField("动作", max_length=40)
    before = models.CharField("原状态", max_length=40, blank=True)
    after = models.CharField("新状态", max_length=40)
    at = models.DateTimeField("时间")
    by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    reason = models.TextField("理由", blank=True)
    # what this step filled in or changed, so that an earlier value is never lost
    data = models.JSONField("填写", default=dict)
    due_at = models.DateTimeField("期限", null=True)
    origin = models.CharField("来源", max_length=20, default="web")

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "经过"
        ordering = ("case", "no")
        constraints = [models.UniqueConstraint(fields=["case", "no"], name="step_once")]
        indexes = [models.Index(fields=["due_at"], name="step_due")]


class CaseParty(models.Model):
    """Who is named in a case, as what; who was replaced stays in the steps."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    role = models.CharField("身份", max_length=40)
    person = models.ForeignKey("store.Person", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "当事人"
        constraints = [models.UniqueConstraint(fields=["case", "role", "person"], name="party_once")]
        indexes = [models.Index(fields=["person", "case"], name="party_person")]


class CaseRow(models.Model):
    """A line of a case: a measure, a bid, a milestone, a defect. A line that closes goes open → done → passed, or back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rows")
    kind = models.CharField("明细", max_length=40)
    no = models.PositiveSmallIntegerField("序号")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[
            ("noted", "已记"),
            ("open", "待办"),
            ("done", "待验收"),
            ("passed", "已验收"),
            ("dropped", "已撤"),
        ],
    )
    data = models.JSONField("内容", default=dict)
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("期限", null=True)
    added_by = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("登记于")
    done_by = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("完成于", null=True)
    # who settled it: passed it, or gave it up
    passed_by = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    passed_at = models.DateTimeField("验收或撤销于", null=True)
    returned = models.PositiveSmallIntegerField("退回次数", default=0)
    # as of a case: when the clock looks at an open line next, and how far up the ladder it is
    next_at = models.DateTimeField("下次催办", null=True)
    rung = models.SmallIntegerField("催办级", default=-1)

    class Meta:
        verbose_name = "明细"
        ordering = ("case", "kind", "no")
        constraints = [models.UniqueConstraint(fields=["case", "kind", "no"], name="row_once")]
        indexes = [
            models.Index(fields=["person", "state", "due_on"], name="row_person"),
            models.Index(fields=["state", "due_on"], name="row_due"),
            models.Index(fields=["next_at"], name="row_next"),
        ]


class CaseLinks(models.QuerySet["CaseLink"]):
    def standing(self) -> "CaseLinks":
        return self.filter(undone_at=None)


class CaseLink(models.Model):
    """Two cases that belong together, and why. One that was undone stays with its day; linked again it is a row more."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked_from")
    kind = models.CharField(
        "关系",
        max_length=20,
        choices=[
            ("recurred", "再次发生"),
            ("merged", "并入"),
            ("similar", "相似"),
            ("adopted", "推广采用"),
            ("follows", "由此产生"),
        ],
    )
    at = models.DateTimeField("登记于")
    no = models.PositiveSmallIntegerField("第几次", default=1)
    undone_at = models.DateTimeField("解除于", null=True)
    undone_by = models.ForeignKey("store.Account", models.PROTECT, null=True, related_name="+")

    objects = CaseLinks.as_manager()

    class Meta:
        verbose_name = "关联"
        constraints = [models.UniqueConstraint(fields=["case", "other", "kind", "no"], name="link_once")]


class CaseComment(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="comments")
    at = models.DateTimeField("时间")
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")
    text = models.TextField("内容")

    class Meta:
        verbose_name = "留言"
        ordering = ("case", "id")


class Attachment(models.Model):
    """A picture (re-encoded, without location) or a document of a case; the file lies under its digest."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=120)
    suffix = models.CharField(max_length=8)
    size = models.PositiveIntegerField("字节")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField("时间")
    person = models.ForeignKey("store.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "附件"
        ordering = ("case", "id")
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="attachment_once")]


class CaseNumber(models.Model):
    """The running number of a loop's cases in a plant and year: counted up inside the transaction that raises one."""

    plant = models.ForeignKey("store.Plant", models.CASCADE, related_name="+")
    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [models.UniqueConstraint(fields=["plant", "prefix", "year"], name="case_number_once")]
