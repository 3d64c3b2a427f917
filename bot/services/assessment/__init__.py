"""Use cases of an assessment: starting it, finding it, taking steps in it, and people who leave."""
