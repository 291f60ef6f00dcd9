"""/org/."""

from django.urls import path

from ronglu.web.org import bodies, coverage, findings, life, life_book, rules, units, views

urlpatterns = [
    path("", views.trees, name="org"),
    path("posts/", views.posts, name="org_posts"),
    path("coverage/", coverage.page_of, name="org_coverage"),
    path("coverage.xlsx", coverage.workbook, name="org_coverage_xlsx"),
    path("findings/", findings.listed, name="org_findings"),
    path("findings.xlsx", findings.workbook, name="org_findings_xlsx"),
    path("findings/check/", findings.check, name="org_check"),
    path("findings/<int:pk>/reason/", findings.reason, name="org_reason"),
    path("rules/", rules.listed, name="org_rules"),
    path("rules/start/", rules.start, name="org_start"),
    path("rules/<str:rule>/", rules.threshold, name="org_rule"),
    path("rules/<str:rule>/about/", rules.about, name="org_rule_about"),
    path("rules/<str:rule>/switch/", rules.switched, name="org_rule_switch"),
    path("rules/<str:rule>/compare/", rules.compared, name="org_rule_compare"),
    path("year/", life.years, name="org_years"),
    path("year.xlsx", life_book.all_of, name="org_years_xlsx"),
    path("year/<str:code>.xlsx", life_book.one_of, name="org_year_xlsx"),
    path("year/<str:code>/", life.year, name="org_year"),
    path("new/body/", bodies.new, name="body_new"),
    path("new/unit/", units.new, name="unit_new"),
    path("body/<str:code>/", bodies.show, name="body"),
    path("body/<str:code>/<slug:deed>/", bodies.do, name="body_deed"),
    path("unit/<str:code>/", units.show, name="unit"),
    path("unit/<str:code>/<slug:deed>/", units.do, name="unit_deed"),
]
