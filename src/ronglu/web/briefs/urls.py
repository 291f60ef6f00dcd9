"""/briefs/."""

from django.urls import path

from ronglu.web.briefs import papers, sentences, views

urlpatterns = [
    path("", views.briefs, name="briefs"),
    path("briefs.xlsx", views.workbook, name="briefs_xlsx"),
    path("make/", views.make, name="brief_make"),
    path("<int:pk>/", views.brief, name="brief"),
    path("<int:pk>/issue/", views.issue, name="brief_issue"),
    path("<int:pk>/brief.docx", papers.word, name="brief_docx"),
    path("<int:pk>/brief.pdf", papers.pdf, name="brief_pdf"),
    path("<int:pk>/brief.xlsx", papers.workbook, name="brief_xlsx"),
    path("sentences/", sentences.listed, name="brief_sentences"),
    path("sentences/<str:key>/", sentences.edit, name="brief_sentence"),
    path("sentences/<str:key>/try/", sentences.preview, name="brief_sentence_try"),
    path("sentences/<str:key>/restore/", sentences.restore, name="brief_sentence_restore"),
]
