"""Assessments as rows, with their people, frameworks and nudges: written by difference, read back whole."""
