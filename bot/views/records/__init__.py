"""The form that asks again before an assessment is deleted, and what goes with an export."""
