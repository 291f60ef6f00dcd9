"""/sheet/."""

from django.urls import path, register_converter

from ronglu.web.sheet import explain, export, figures, readings, redlist, rules, runs, vetoes, views, word
from ronglu.web.sheet.frame import SheetMonth

register_converter(SheetMonth, "sheet_month")

urlpatterns = [
    path("", views.grid, name="sheet"),
    path("export/", export.workbook, name="sheet_export"),
    path("export/word/", word.month, name="sheet_word"),
    path("assess/", runs.assess, name="sheet_assess"),
    path("runs/", runs.listed, name="sheet_runs"),
    path("jobs/<int:pk>/", runs.job, name="sheet_job"),
    path("jobs/<int:pk>/row/", runs.job_row, name="sheet_job_row"),
    path("jobs/<int:pk>/cancel/", runs.job_cancel, name="sheet_job_cancel"),
    path("figures/", figures.figures, name="sheet_figures"),
    path("figures/sign/", figures.sign, name="sheet_figures_sign"),
    path("figures/<int:pk>/withdraw/", figures.withdraw, name="sheet_figure_withdraw"),
    path("vetoes/", vetoes.vetoes, name="sheet_vetoes"),
    path("vetoes/<int:pk>/approve/", vetoes.approve, name="sheet_veto_approve"),
    path("vetoes/<int:pk>/withdraw/", vetoes.withdraw, name="sheet_veto_withdraw"),
    path("rules/", rules.rules, name="sheet_rules"),
    path("rules/red-list/", redlist.red_list, name="red_list"),
    path("rules/publish/", rules.publish_shipped, name="sheet_publish"),
    path("<sheet_month:month>/<str:body>/", views.branch, name="sheet_branch"),
    path("<sheet_month:month>/<str:body>/word/", word.branch, name="sheet_branch_word"),
    path("<sheet_month:month>/<str:body>/<str:item>/", explain.explain, name="sheet_item"),
    path("<sheet_month:month>/<str:body>/<str:item>/readings/", readings.workbook, name="sheet_readings"),
]
