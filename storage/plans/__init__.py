"""Plans as rows, and what was said to whom about their milestones."""
