"""What the kinds of posts and the cadences of platforms are called on pages."""

from django.utils.translation import gettext_lazy as _

from ronglu.kernel.annual.platform import PostKind, Rhythm

POSTS = {PostKind.PRODUCTION: _("生产岗位"), PostKind.SERVICE: _("服务岗位"), PostKind.EQUIPMENT: _("设备岗位")}
RHYTHMS = {
    Rhythm.WEEK: _("每周"), Rhythm.MONTH: _("每月"), Rhythm.QUARTER: _("每季"), Rhythm.HALF: _("每半年"), Rhythm.YEAR: _("每年"),
    Rhythm.NEED: _("按需"),
}  # fmt: skip
