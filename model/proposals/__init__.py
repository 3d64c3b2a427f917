"""A proposal for the plan: who makes, supports and edits it, and who decides about it."""
