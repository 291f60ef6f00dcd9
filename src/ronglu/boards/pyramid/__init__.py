"""The long course of indicators: buckets of days, as wide as a pixel."""
