"""/safety/."""

from django.urls import path

from ronglu.web.safety import bulletins, risks

urlpatterns = [
    path("", bulletins.listed, name="bulletins"),
    path("new/", bulletins.new, name="bulletin_new"),
    path("<int:pk>/", bulletins.show, name="bulletin"),
    path("<int:pk>/word/", bulletins.word, name="bulletin_word"),
    path("<int:pk>/do/<slug:deed>/", bulletins.do, name="bulletin_deed"),
    path("risks/", risks.listed, name="risks"),
    path("risks/export/", risks.export, name="risks_export"),
    path("risks/new/", risks.new, name="risk_new"),
    path("risks/<int:pk>/", risks.show, name="risk"),
    path("risks/<int:pk>/<slug:deed>/", risks.do, name="risk_deed"),
]
