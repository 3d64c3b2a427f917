"""Under what conditions the imitation runs: its clock, its limits and rules, and faults on order."""
