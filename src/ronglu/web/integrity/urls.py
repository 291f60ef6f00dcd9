"""/integrity/."""

from django.urls import path

from ronglu.web.integrity import commitments, duties, inspections, points, words

urlpatterns = [
    path("", commitments.listed, name="commitments"),
    path("book/", commitments.workbook, name="commitments_xlsx"),
    path("ask/", commitments.ask, name="commitment_ask"),
    path("<int:pk>/<slug:deed>/", commitments.do, name="commitment_deed"),
    path("points/", points.listed, name="quarter_points"),
    path("points/book/", points.workbook, name="quarter_points_xlsx"),
    path("points/<int:pk>/look/", points.look, name="quarter_point_look"),
    path("points/<str:code>/<str:quarter>/<slug:point>/", points.fill, name="quarter_point_fill"),
    path("inspections/", inspections.listed, name="inspections"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path("inspections/<int:pk>/", inspections.show, name="inspection"),
    path("inspections/<int:pk>/found/", inspections.found, name="inspection_found"),
    path("inspections/<int:pk>/<slug:deed>/", inspections.do, name="inspection_deed"),
    path("duties/", duties.listed, name="seat_duties"),
    path("duties/list/", duties.edit, name="seat_duty_list"),
    path("duties/list/<slug:deed>/", duties.change, name="seat_duty_change"),
    path("duties/list/<int:pk>/end/", duties.end, name="seat_duty_end"),
    path("duties/reports/<int:pk>/judge/", duties.judge, name="seat_duty_judge"),
    path("duties/<str:code>/<int:pk>/<str:period>/", duties.report, name="seat_duty_report"),
    path("duties/<str:code>/<slug:seat>/", duties.year, name="seat_year"),
    path("duties/<str:code>/<slug:seat>/book/", duties.year_book, name="seat_year_xlsx"),
    path("words/", words.listed, name="list_words"),
    path("words/<slug:name>/", words.edit, name="list_words_edit"),
]
