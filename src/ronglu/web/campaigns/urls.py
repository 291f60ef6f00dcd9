"""/campaigns/."""

from django.urls import path

from ronglu.web.campaigns import battle, views

urlpatterns = [
    path("", views.listed, name="campaigns"),
    path("new/<slug:kit>/", views.new, name="campaign_new"),
    path("<int:pk>/", views.show, name="campaign"),
    path("<int:pk>/aim/", battle.aim, name="battle_aim"),
    path("aim/<int:pk>/drop/", battle.unaim, name="battle_unaim"),
    path("<int:pk>/add/", views.add, name="campaign_add"),
    path("<int:pk>/close/", views.close, name="campaign_close"),
    path("<int:pk>/sign/", views.sign, name="campaign_sign"),
    path("<int:pk>/tell/", views.tell, name="campaign_tell"),
    path("task/<int:pk>/report/", views.report, name="campaign_report"),
    path("task/<int:pk>/drop/", views.drop, name="campaign_drop"),
    path("task/<int:pk>/<slug:deed>/", views.check, name="campaign_check"),
    path("entry/<int:pk>/", views.confirm, name="campaign_confirm"),
]
