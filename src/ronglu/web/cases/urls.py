"""/cases/."""

from django.urls import path

from ronglu.web.cases import acts, delivery, ledger, matrix, new, paper, people, questions, show, views, word

urlpatterns = [
    path("", views.overview, name="cases"),
    path("people/", people.like, name="case_people"),
    path("<int:pk>/", show.case, name="case"),
    path("<int:pk>/paper/", paper.case, name="case_paper"),
    path("<int:pk>/word/", word.case, name="case_word"),
    path("<int:pk>/move/<slug:code>/", acts.move, name="case_move"),
    path("<int:pk>/lines/<slug:kind>/", acts.line_add, name="case_line_add"),
    path("<int:pk>/lines/<slug:kind>/<int:no>/<slug:act>/", acts.line_act, name="case_line_act"),
    path("<int:pk>/comment/", acts.comment, name="case_comment"),
    path("<int:pk>/links/", acts.link, name="case_link"),
    path("<int:pk>/links/<slug:kind>/<int:other>/drop/", acts.unlink, name="case_unlink"),
    path("<slug:loop>/", views.listed, name="cases_loop"),
    path("<slug:loop>/cases.xlsx", views.workbook, name="cases_xlsx"),
    path("<slug:loop>/board/", views.board, name="cases_board"),
    path("<slug:loop>/new/", new.new, name="case_new"),
    path("<slug:loop>/matrix/", matrix.page_of, name="cases_matrix"),
    path("<slug:loop>/questions/", questions.page_of, name="cases_questions"),
    path("<slug:loop>/delivery/", delivery.page_of, name="cases_delivery"),
    path("<slug:loop>/delivery.xlsx", delivery.workbook, name="cases_delivery_xlsx"),
    path("<slug:loop>/ledger/", ledger.page_of, name="cases_ledger"),
    path("<slug:loop>/ledger.xlsx", ledger.workbook, name="cases_ledger_xlsx"),
    path("<slug:loop>/ledger.pdf", ledger.pdf, name="cases_ledger_pdf"),
]
