"""Responsibility zones (责任区): what they hold, who answers for them from a day on, and where they lie on a drawing."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class ZoneKind(models.TextChoices):
    """How a zone was laid out, and also in which duty somebody answers for it (双管双负责)."""

    OWN = "own", "岗位责任区"
    CARE = "care", "协管区"
    AREA = "area", "包片"


class WorkClass(models.TextChoices):
    """What is looked after, and what checklists are about (S3-12)."""

    EQUIPMENT = "equipment", "设备"
    SAFETY = "safety", "安全"
    CLEAN = "clean", "清洁文明生产"


class Lead(models.TextChoices):
    """In what the members of a zone go ahead (S4-15)."""

    MATERIAL = "material", "物料消耗"
    UPKEEP = "upkeep", "设备维保"
    REFORM = "reform", "技术改革"
    INNOVATION = "innovation", "创新创效"


class Zone(Dated):
    """`until_on` is the day from which it is closed; `size` is in hundredths of a square metre, None where not measured."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="zones")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="zones")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=8, choices=ZoneKind)
    state = models.CharField("状态", max_length=8, default="active", choices=[("active", "在用"), ("closed", "停用")])
    size = models.PositiveBigIntegerField("面积（0.01 m²）", null=True, blank=True)
    leads = models.JSONField("带头工作", default=list, blank=True)
    # what a 包片 is taken for (S4-16)
    task = models.CharField("任务", max_length=200, blank=True)
    target = models.CharField("目标", max_length=200, blank=True)
    # stands in the address behind the QR code; says nothing about the zone
    token = models.CharField("二维码", max_length=16, unique=True)

    class Meta:
        verbose_name = "责任区"
        ordering = ("plant", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="zone_code"), ordered_dates("zone")]
        indexes = [models.Index(fields=["plant", "state"], name="zone_state")]

    def __str__(self) -> str:
        return self.name


class ZoneItem(models.Model):
    """A machine or a spot in a zone, in one of the three classes."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="items")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField(
        "类型", max_length=10, default="equipment", choices=[("equipment", "设备"), ("spot", "部位")]
    )
    work_class = models.CharField("管什么", max_length=10, choices=WorkClass)

    class Meta:
        verbose_name = "责任区内容"
        ordering = ("zone", "work_class", "pk")
        constraints = [models.UniqueConstraint(fields=["zone", "name", "work_class"], name="zoneitem_once")]


class ZoneOwner(Dated):
    """A person, or for a 包片 a body, answers for the zone in one duty."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="owners")
    person = models.ForeignKey("store.Person", models.CASCADE, null=True, blank=True, related_name="zones")
    body = models.ForeignKey("store.Body", models.CASCADE, null=True, blank=True, related_name="zones")
    duty = models.CharField("职责", max_length=8, choices=ZoneKind)

    class Meta:
        verbose_name = "责任人"
        ordering = ("zone", "duty", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["zone", "person", "duty", "from_on"], name="zoneowner_person_once"),
            models.UniqueConstraint(fields=["zone", "body", "duty", "from_on"], name="zoneowner_body_once"),
            models.CheckConstraint(
                condition=models.Q(body=None, person__isnull=False) | models.Q(body__isnull=False, person=None),
                name="zoneowner_is_one",
            ),
            ordered_dates("zoneowner"),
        ]


class KeyWork(Dated):
    """重点难点: a piece of work that somebody must answer for by name (S3-17); `owner` changes by a new dated row."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="key_works")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="key_works")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="key_works")
    name = models.CharField("重点难点", max_length=120)
    owner = models.ForeignKey("store.Person", models.PROTECT, null=True, blank=True, related_name="key_works")

    class Meta:
        verbose_name = "重点难点工作"
        ordering = ("plant", "unit", "name", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "from_on"], name="keywork_once"),
            ordered_dates("keywork"),
        ]


class FloorPlan(models.Model):
    """A drawing of a unit; the picture is kept under its digest in the file storage."""

    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="floor_plans")
    unit = models.ForeignKey("store.Unit", models.PROTECT, related_name="floor_plans")
    name = models.CharField("名称", max_length=80)
    digest = models.CharField("图片摘要", max_length=64)
    path = models.CharField(max_length=200)
    width = models.PositiveIntegerField("宽（像素）")
    height = models.PositiveIntegerField("高（像素）")

    class Meta:
        verbose_name = "平面图"
        ordering = ("plant", "name")
        constraints = [models.UniqueConstraint(fields=["plant", "name"], name="floorplan_name")]

    def __str__(self) -> str:
        return self.name


class ZoneArea(models.Model):
    """Where a zone lies on a plan: the corners of a polygon, each x and y in thousandths of width and height."""

    plan = models.ForeignKey(FloorPlan, models.CASCADE, related_name="areas")
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="areas")
    points = models.JSONField("角点")

    class Meta:
        verbose_name = "图上范围"
        ordering = ("plan", "zone")
        constraints = [models.UniqueConstraint(fields=["plan", "zone"], name="zonearea_once")]
