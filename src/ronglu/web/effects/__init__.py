"""有没有成效: questions, their answers in plain words, and how they were judged."""
