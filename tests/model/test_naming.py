import pytest

from model.naming import Named, find_named

SUBJECTS = {
    "data": 1,
    "security-and-risk": 2,
    "security and risk": 2,
    "user-centred design": 3,
    "online experience": 4,
    "technology": 5,
}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("data", 1),
        ("  DATA ", 1),
        ("dat", 1),
        ("Security  and risk", 2),
        ("risk", 2),
        ("security", 2),
        ("secruity and risk", 2),
        ("user", 3),
        ("centred", 3),
        ("user centred design", 3),
        ("online experiance", 4),
        ("tech", 5),
        ("tecnology", 5),
    ],
)
def test_what_is_meant(words: str, meant: int) -> None:
    assert find_named(SUBJECTS, words) == Named(meant)


@pytest.mark.parametrize(
    ("words", "nearest"), [("techno lady", 5), ("da", 1), ("parks", None), ("", None), ("and", 2)]
)
def test_what_is_not_clear_is_only_offered(words: str, nearest: int | None) -> None:
    found = find_named(SUBJECTS, words)
    assert found in (Named(nearest=nearest), Named(nearest))


def test_a_part_that_two_have_is_not_clear() -> None:
    two = {"council tax": 1, "council homes": 2}
    assert find_named(two, "council").meant is None
    assert find_named(two, "homes").meant == 2
