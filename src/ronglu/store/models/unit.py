"""Production units: 厂, 车间, 线, 工序, 班, 岗位, each with a dated name and superior."""

from django.db import models

from ronglu.store.models.dated import Dated, ordered_dates


class UnitKind(models.TextChoices):
    PLANT = "plant", "厂"
    WORKSHOP = "workshop", "车间"
    OFFICE = "office", "科室"
    LINE = "line", "产线"
    STEP = "step", "工序"
    CREW = "crew", "横大班"
    STATION = "station", "岗位"


class Unit(models.Model):
    plant = models.ForeignKey("store.Plant", models.PROTECT, related_name="units")
    code = models.CharField("编码", max_length=40)
    kind = models.CharField("类型", max_length=20, choices=UnitKind)
    position = models.PositiveSmallIntegerField("次序", default=0)
    # a line runs one process module; a crew is one letter of its line's roster
    module = models.CharField("工艺模块", max_length=40, blank=True)
    letter = models.CharField("班别", max_length=10, blank=True)

    class Meta:
        verbose_name = "生产单位"
        ordering = ("plant", "position", "code")
        constraints = [models.UniqueConstraint(fields=["plant", "code"], name="unit_code")]

    def __str__(self) -> str:
        return self.code


class UnitState(Dated):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="states")
    name = models.CharField("名称", max_length=80)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_states")

    class Meta:
        verbose_name = "生产单位沿革"
        ordering = ("unit", "from_on")
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_on"], name="unitstate_once"),
            ordered_dates("unitstate"),
        ]


class Mapping(Dated):
    """支部建在产线上, 党小组设在横大班上: which body stands on which unit, from a day on."""

    body = models.ForeignKey("store.Body", models.CASCADE, related_name="mappings")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="mappings")

    class Meta:
        verbose_name = "党组织与产线对应"
        constraints = [
            models.UniqueConstraint(fields=["body", "unit", "from_on"], name="mapping_once"),
            ordered_dates("mapping"),
        ]
