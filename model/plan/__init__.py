"""A plan: its targets, items and milestones, who may change them, and what is kept of each change."""
