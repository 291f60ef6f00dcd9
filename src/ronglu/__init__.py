"""Ronglu 熔炉: a plant's work becomes verified facts, facts become explained scores."""

__version__ = "0.1.0"
