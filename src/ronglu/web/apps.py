"""The face as a Django app: templates and assets, no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ronglu.web"
    label = "web"
