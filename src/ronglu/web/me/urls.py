"""/me/."""

from django.urls import path

from ronglu.web.me import aways, best, book, branch, flags, views

urlpatterns = [
    path("", views.show, name="me"),
    path("how/", views.how, name="me_how"),
    path("data/", views.data, name="me_data"),
    path("data/<slug:form>/", views.take, name="me_take"),
    path("away/", aways.mine, name="me_away"),
    path("away/another/", aways.another, name="away_another"),
    path("away/<int:pk>/withdraw/", aways.withdraw, name="away_withdraw"),
    path("goals/", views.goals, name="me_goals"),
    path("claim/", views.claim, name="me_claim"),
    path("points/<int:pk>/object/", views.object_to, name="me_object"),
    path("points.xlsx", book.own, name="me_points_xlsx"),
    path("branch/points.xlsx", book.branch, name="me_branch_xlsx"),
    path("branch/", branch.show, name="me_branch"),
    path("branch/charge/", branch.charge, name="me_charge"),
    path("branch/figure/", branch.figure, name="me_figure"),
    path("branch/points/verify/", branch.verify, name="me_verify"),
    path("branch/points/<int:pk>/<slug:deed>/", branch.point, name="me_point"),
    path("branch/plans/<int:pk>/<slug:deed>/", branch.plan, name="me_plan"),
    path("branch/figures/<int:pk>/sign/", branch.sign, name="me_sign"),
    path("branch/best/", best.show, name="me_best"),
    path("branch/best/decide/", best.decide, name="me_best_decide"),
    path("branch/best/confirm/", best.confirm, name="me_best_confirm"),
    path("branch/best/back/", best.back, name="me_best_back"),
    path("flags/<int:pk>/", flags.show, name="flag_member"),
    path("flags/<int:pk>/<slug:deed>/", flags.do, name="flag_deed"),
]
