"""Handing out what is kept, taking a person out of it, and deleting an assessment, on request or by age."""
