"""纪录: found in the worker, read by pages."""
