"""/year/."""

from django.urls import path

from ronglu.web.year import export, quota, steps, views, word

urlpatterns = [
    path("", views.table, name="year"),
    path("compute/", steps.compute, name="year_compute"),
    path("<int:year>/publicise/", steps.publicise, name="year_publicise"),
    path("<int:year>/reopen/", steps.reopen, name="year_reopen"),
    path("<int:year>/publish/", steps.publish, name="year_publish"),
    path("<int:year>/archive/", steps.archive, name="year_archive"),
    path("<int:year>/export/", export.workbook, name="year_xlsx"),
    path("<int:year>/word/", word.notice, name="year_word"),
    path("<int:year>/places/<str:scale>/", quota.decide, name="year_quota"),
    path("<int:year>/places/<str:scale>/confirm/", quota.confirm, name="year_quota_confirm"),
    path("<int:year>/places/<str:scale>/back/", quota.back, name="year_quota_back"),
    path("<int:year>/<str:code>/", views.branch, name="year_branch"),
    path("<int:year>/<str:code>/word/", word.branch, name="year_branch_word"),
]
