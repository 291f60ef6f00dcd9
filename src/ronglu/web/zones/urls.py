"""/zones/."""

from django.urls import path

from ronglu.web.zones import checklists, events, labels, plans, rounds, views, works, zone

urlpatterns = [
    path("", views.listed, name="zones"),
    path("zones.xlsx", views.workbook, name="zones_xlsx"),
    path("mine/", views.mine, name="zones_mine"),
    path("new/", zone.new, name="zone_new"),
    path("<int:pk>/", zone.show, name="zone"),
    path("<int:pk>/assign/", zone.assign, name="zone_assign"),
    path("<int:pk>/do/<slug:deed>/", zone.do, name="zone_deed"),
    path("owners/<int:pk>/end/", zone.release, name="zone_owner_end"),
    path("items/<int:pk>/remove/", zone.remove_item, name="zone_item_remove"),
    path("plans/", plans.listed, name="zone_plans"),
    path("plans/new/", plans.new, name="zone_plan_new"),
    path("plans/<int:pk>/", plans.show, name="zone_plan"),
    path("plans/<int:pk>/picture/", plans.picture, name="zone_plan_picture"),
    path("plans/<int:pk>/draw/<int:zone>/", plans.draw, name="zone_draw"),
    path("plans/<int:pk>/erase/<int:zone>/", plans.erase, name="zone_erase"),
    path("rounds/", rounds.listed, name="zone_rounds"),
    path("rounds/plan/", rounds.plan, name="zone_rounds_plan"),
    path("rounds/<int:pk>/", rounds.show, name="zone_round"),
    path("rounds/<int:pk>/cancel/", rounds.cancel, name="zone_round_cancel"),
    path("checklists/", checklists.listed, name="zone_checklists"),
    path("checklists/<slug:work_class>/", checklists.edit, name="zone_checklist"),
    path("works/", works.listed, name="key_works"),
    path("works/new/", works.new, name="key_work_new"),
    path("works/<int:pk>/<slug:deed>/", works.do, name="key_work_deed"),
    path("labels/", labels.listed, name="zone_labels"),
    path("labels/make/", labels.make, name="zone_labels_make"),
    path("labels/<int:pk>/", labels.job, name="zone_labels_job"),
    path("labels/<int:pk>/row/", labels.row, name="zone_labels_row"),
    path("labels/<int:pk>/cancel/", labels.cancel, name="zone_labels_cancel"),
    path("labels/<int:pk>/file/", labels.file, name="zone_labels_file"),
    path("events/", events.board, name="safety_events"),
    path("events/new/", events.new, name="safety_event_new"),
    path("events/<int:pk>/<slug:word>/", events.decide, name="safety_event_decide"),
]
