"""The cards on which a question is answered, in quick mode and together, with the votes and agreements."""
