"""Use cases of a plan: taking steps in it, items that fall overdue, and items whose owner has gone."""
