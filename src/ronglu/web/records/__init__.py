"""纪录: what was never better, who stood, and the lives of what wears."""
