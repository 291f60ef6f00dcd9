"""The only Django app with tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "ronglu.store"
    label = "store"
    verbose_name = "数据"
