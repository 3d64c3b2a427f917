"""Deleting an assessment, which is asked twice."""
