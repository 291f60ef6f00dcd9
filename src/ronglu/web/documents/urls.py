"""/documents/."""

from django.urls import path

from ronglu.web.documents import policies, relays, views, wording

urlpatterns = [
    path("", views.listed, name="documents"),
    path("export/", views.export, name="documents_export"),
    path("new/", views.new, name="document_new"),
    path("policies/", policies.listed, name="policies"),
    path("policies/new/", policies.new, name="policy_new"),
    path("policies/question/<int:pk>/", policies.answer, name="policy_answer"),
    path("relays/", relays.listed, name="relays"),
    path("relays/<int:pk>/<slug:deed>/", relays.do, name="relay_deed"),
    path("words/", wording.listed, name="education_words"),
    path("words/<slug:name>/<slug:code>/", wording.word, name="education_word"),
    path("<int:pk>/", views.show, name="document"),
    path("<int:pk>/<slug:deed>/", views.do, name="document_deed"),
]
