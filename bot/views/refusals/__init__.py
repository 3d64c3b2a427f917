"""Why a step was refused, in one sentence to the person who tried it."""
