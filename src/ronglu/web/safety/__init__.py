"""隐患统计通报 and the 风险清单 in the browser."""
