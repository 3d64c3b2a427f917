"""How long an ended assessment is kept, and who may delete it."""
