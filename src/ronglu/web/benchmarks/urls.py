"""/benchmarks/."""

from django.urls import path

from ronglu.web.benchmarks import kept, views

urlpatterns = [
    path("", views.benchmarks, name="benchmarks"),
    path("export/", views.export, name="benchmarks_export"),
    path("kept/", kept.listed, name="benchmarks_kept"),
    path("kept/new/", kept.new, name="benchmark_new"),
    path("kept/<int:pk>/", kept.change, name="benchmark_change"),
    path("kept/<int:pk>/remove/", kept.remove, name="benchmark_remove"),
]
