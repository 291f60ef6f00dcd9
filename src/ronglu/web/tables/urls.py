"""/tables/: one empty workbook a kind, under the name that the kind's entry gives."""

from django.urls import path

from ronglu.web.tables.views import template_of
from ronglu.work.imports_kinds import KINDS

urlpatterns = [
    path(f"{code}.xlsx", template_of(code), name=kind.template) for code, kind in KINDS.items() if kind.template
]
