"""Evidence: the forms to give or move it, its note in the thread, and the questions and receipts about it."""
