"""The cards of suggestions with their reasons, their forms and their receipts."""
