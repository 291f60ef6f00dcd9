"""How long something took, as people say it: 2 小时 15 分."""

from django.utils.translation import gettext as _


def spell(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(rest)d 分") % {"rest": rest}
    if not rest:
        return _("%(hours)d 小时") % {"hours": hours}
    return _("%(hours)d 小时 %(rest)d 分") % {"hours": hours, "rest": rest}
