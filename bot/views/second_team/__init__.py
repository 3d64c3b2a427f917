"""Both teams beside each other, and the forms and receipts of inviting and moderating."""
