"""The pages of reviewers: what waits for a mark, the five steps, the quarter's scores, who is named."""
