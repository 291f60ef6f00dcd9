"""/drafts/."""

from django.urls import path

from ronglu.web.drafts import admin, items, papers, views, whatif

urlpatterns = [
    path("", views.listed, name="drafts"),
    path("new/", views.begin, name="draft_new"),
    path("admin/", admin.listed, name="draft_admin"),
    path("admin/<int:pk>/end/", admin.end, name="draft_admin_end"),
    path("versions/diff/", papers.diff, name="version_diff"),
    path("versions/<int:number>/yaml/", papers.as_yaml, name="version_yaml"),
    path("<int:pk>/", views.show, name="draft"),
    path("<int:pk>/head/", views.head, name="draft_head"),
    path("<int:pk>/move/", views.move, name="draft_move"),
    path("<int:pk>/propose/", views.propose, name="draft_propose"),
    path("<int:pk>/approve/", views.approve, name="draft_approve"),
    path("<int:pk>/back/", views.send_back, name="draft_back"),
    path("<int:pk>/discard/", views.discard, name="draft_discard"),
    path("<int:pk>/export/", papers.workbook, name="draft_xlsx"),
    path("<int:pk>/items/", items.choose, name="draft_choose"),
    path("<int:pk>/items/new/", items.new, name="draft_item_new"),
    path("<int:pk>/items/<str:code>/", items.change, name="draft_item"),
    path("<int:pk>/items/<str:code>/drop/", items.drop, name="draft_drop"),
    path("<int:pk>/items/<str:code>/examples/", items.examples, name="draft_examples"),
    path("<int:pk>/whatif/", whatif.show, name="draft_whatif"),
    path("<int:pk>/whatif/start/", whatif.start, name="draft_whatif_start"),
    path("<int:pk>/whatif/<int:job>/row/", whatif.row, name="draft_whatif_row"),
    path("<int:pk>/whatif/<int:job>/cancel/", whatif.cancel, name="draft_whatif_cancel"),
]
