"""The results of an assessment: levels in words, the radar chart, and answers to what-if questions."""
