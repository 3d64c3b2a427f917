"""Payloads at random: JSON-like values, and legal blocks with one member replaced."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.bot.delivery.block_kit.payloads import EVERY_BLOCK

NAMES = st.sampled_from(
    [
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "options",
        "initial_option",
        "initial_options",
        "fields",
    ]
    + [
        "option_groups",
        "child_blocks",
        "rows",
        "accessory",
        "block_id",
        "action_id",
        "metadata",
        "title",
        "submit",
    ]
    + ["min_length", "max_length", "initial_value", "status", "focus_on_load", "chart", "segments", "url"]
)
VALUES = st.sampled_from(
    [*EVERY_BLOCK, "modal", "home", "plain_text", "mrkdwn", "static_select", "rich_text_list"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
MUTATED = st.builds(
    lambda block, name, value: {**block, name: value},
    st.sampled_from(list(EVERY_BLOCK.values())),
    NAMES,
    JSON,
)

# Whole payloads take a while to make on a busy machine, which says nothing about the code under test.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
