"""The kinds that a set without named kinds is made of."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.dialogue import Request
from assistant.purpose import MOST, kinds_for
from index.documents import Passage
from index.folder import Shop
from index.kinds import kind_key_of


def with_article(shop: Shop, title: str, about: tuple[str, ...], kind: str = "article") -> Shop:
    """The shop with one article in its documents."""
    passage = Passage(title, kind, (), "Words.", "a.md", "a", about)
    documents = SimpleNamespace(passages=(passage,))
    return cast(Shop, SimpleNamespace(rows=shop.rows, embedder=shop.embedder, documents=documents))


@pytest.fixture
def stocked(shop: Shop) -> tuple[str, ...]:
    """Names of kinds that the small shop has."""
    return tuple(dict.fromkeys(kind_key_of(one) for one in shop.rows if kind_key_of(one)))


ROOM = Request(query="home office", bundle=True)


def test_an_article_about_the_purpose_says_what_it_takes(shop: Shop, stocked: tuple[str, ...]) -> None:
    about = (*stocked[:4], "unicorn")
    found = kinds_for(ROOM, with_article(shop, "A home office on a budget", about))
    assert found == stocked[:4][:MOST]


@pytest.mark.parametrize(
    "request_", [replace(ROOM, bundle=False), replace(ROOM, kinds=("desk",)), replace(ROOM, query="")]
)
def test_only_a_set_without_named_kinds_is_made_by_purpose(
    shop: Shop, stocked: tuple[str, ...], request_: Request
) -> None:
    assert kinds_for(request_, with_article(shop, "A home office", stocked[:4])) == ()


def test_a_policy_and_an_article_about_something_else_say_nothing_of_it(shop: Shop, stocked: tuple[str, ...]) -> None:
    by_policy = kinds_for(ROOM, with_article(shop, "A home office", stocked[:4], kind="policy"))
    by_other = kinds_for(ROOM, with_article(shop, "Coffee at home", stocked[:4]))
    assert by_policy == by_other == kinds_for(ROOM, with_article(shop, "", ()))
