"""What people press, fill in or type about a plan: targets, items, milestones, outcomes and its files."""
