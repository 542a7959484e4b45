"""The shop's own words for a kind."""

import pytest

from assistant.wording import in_kind_words


@pytest.mark.parametrize(
    ("query", "kinds", "expected"),
    [
        ("laptop", ("notebook",), "notebook"),
        ("gaming laptop 15 inch", ("notebook",), "gaming notebook 15 inch"),
        ("notebook", ("notebook",), ""),
        ("gaming mice", ("mouse",), ""),
        ("laptop bag", ("bag",), ""),
        ("laptop", (), ""),
        ("telefon", ("phone",), "telefon phone"),
        ("usb things", ("usb hub", "cable"), ""),
        ("", ("notebook",), "notebook"),
    ],
)
def test_a_query_in_the_words_of_its_kind(query: str, kinds: tuple[str, ...], expected: str) -> None:
    assert in_kind_words(query, kinds) == expected
