"""/meetings/."""

from django.urls import path

from ronglu.web.gatherings import deeds, guides, views

urlpatterns = [
    path("", views.listed, name="gatherings"),
    path("guides/", guides.listed, name="guides"),
    path("guides/<slug:kind>/", guides.show, name="guide"),
    path("guides/<slug:kind>/edit/", guides.edit, name="guide_edit"),
    path("new/<slug:kind>/", deeds.new, name="gathering_new"),
    path("<int:pk>/", views.show, name="gathering"),
    path("<int:pk>/write/", views.write, name="gathering_write"),
    path("<int:pk>/drop/<slug:what>/<int:key>/", deeds.drop, name="gathering_drop"),
    path("<int:pk>/guests/<slug:key>/dismiss/", deeds.dismiss, name="gathering_dismiss"),
    path("<int:pk>/resolution/<int:key>/", deeds.settle, name="gathering_settle"),
    path("<int:pk>/do/<slug:deed>/", deeds.do, name="gathering_deed"),
]
