"""Payloads at random: JSON-like values, and legal blocks with one member replaced."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.bot.delivery.block_kit.payloads import EVERY_BLOCK, EVERY_INPUT, question

NAMES = st.sampled_from(
    ["type", "text", "blocks", "elements", "element", "options", "initial_option", "initial_options"]
    + ["option_groups", "accessory", "block_id", "action_id", "metadata", "title", "submit"]
    + ["max_length", "initial_value", "label", "hint", "filter", "include"]
)
VALUES = st.sampled_from([*EVERY_BLOCK, *EVERY_INPUT, "modal", "home", "plain_text", "mrkdwn"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def _mutated(of: list[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.builds(lambda legal, name, value: {**legal, name: value}, st.sampled_from(of), NAMES, JSON)


MUTATED = _mutated(list(EVERY_BLOCK.values())) | _mutated(list(EVERY_INPUT.values())).map(question)

# Whole payloads take a while to make on a busy machine, which says nothing about the code under test.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
