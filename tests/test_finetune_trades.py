"""What shops sell, as shoppers speak of it: the made-up trades hold together, and any shop becomes one."""

import copy
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.explain import short_name
from finetune.trades import Trade, Ware, made_up_trades, read_trades, trade_of
from index.catalog import fold
from index.folder import Shop

_HEAD = "= bakery | £ | pounds\nbrands: Crumb | *Hovis\nmodels: Gold | Old Mill\n"
_WARE = "rye bread; loaf | bread; ; 800 g | 1 kg; fresh | for toast; seeds; 2-7; butter"


def _wares() -> list[tuple[Trade, Ware]]:
    return [(trade, ware) for trade in made_up_trades() for ware in trade.wares]


def _named(trade: Trade, kind: str) -> Ware:
    return next(ware for ware in trade.wares if ware.kind == kind)


def test_there_are_trades_of_many_sorts_with_many_wares() -> None:
    trades = made_up_trades()
    assert len({trade.name for trade in trades}) == len(trades) >= 8
    assert len({ware.kind for _, ware in _wares()}) >= 150
    assert all(len(trade.wares) >= 9 for trade in trades)
    assert {trade.sign for trade in trades} == {"$", "£", "€"}
    assert len({trade.money for trade in trades}) >= 6


def test_the_words_of_a_trade_are_many() -> None:
    brands = {brand for _, ware in _wares() for brand in ware.brands}
    assert len(brands) >= 100
    assert any(brand[0].islower() for brand in brands)
    assert any(brand[0].isdigit() for brand in brands)
    assert any("&" in brand for brand in brands) and any("-" in brand for brand in brands)
    amounts = {amount for _, ware in _wares() for amount in ware.amounts}
    assert len(amounts) >= 400
    units = {match[1].lower() for amount in amounts if (match := re.search(r"\d ?([a-zA-Z\"]+)", amount))}
    assert {"gb", "g", "kg", "cm", "mm", "m", "l", "ml", "mah", "w", "v", "inch", "litres", '"'} <= units
    # A small model learns from these to copy any words: what is a wish in one trade is a kind or a name in another.
    kinds = {name for _, ware in _wares() for name in (ware.kind, *ware.names)}
    assert len(kinds) >= 600
    assert len({wish for _, ware in _wares() for wish in ware.wishes}) >= 400


@pytest.mark.parametrize("trade", made_up_trades(), ids=lambda trade: trade.name)
def test_every_ware_can_be_spoken_of(trade: Trade) -> None:
    kinds = [ware.kind for ware in trade.wares]
    assert len(set(kinds)) == len(kinds)
    for ware in trade.wares:
        assert len(ware.brands) >= 4 and len(ware.products) >= 5 and len(ware.wishes) >= 3 and ware.goes_with, ware
        assert 0 < ware.prices[0] < ware.prices[1]
        assert ware.kind not in ware.names and ware.kind == ware.kind.strip()
        assert all(3 <= len(name.split()) <= 7 for name in ware.products), ware.products
        texts = (*ware.names, *ware.brands, *ware.colors, *ware.amounts, *ware.wishes, *ware.parts, *ware.goes_with)
        # The language of a change parts its fields and lists with these.
        assert not [text for text in (*texts, *ware.products) if ", " in text or ";" in text or "|" in text or not text]
        assert not [text for text in texts if text.startswith("*")]


def test_a_made_up_product_is_of_no_real_maker() -> None:
    table = (Path(__file__).parent.parent / "finetune" / "wares.txt").read_text("utf-8")
    lines = [line.removeprefix("brands: ") for line in table.splitlines() if line.startswith("brands: ")]
    real = {one.strip()[1:] for line in lines for one in line.split("|") if one.strip().startswith("*")}
    assert len(real) >= 30
    for _, ware in _wares():
        assert not [name for name in ware.products if any(name.startswith(f"{maker} ") for maker in real)]
    assert real & {brand for _, ware in _wares() for brand in ware.brands}


def test_the_trades_are_always_the_same_and_a_new_ware_changes_no_other(tmp_path: Path) -> None:
    few, more = tmp_path / "few.txt", tmp_path / "more.txt"
    few.write_text(f"{_HEAD}{_WARE}\n", "utf-8")
    more.write_text(f"{_HEAD}bun; buns; ; 80 g; soft; ; 1-3; butter\n{_WARE}\n", "utf-8")
    assert read_trades(few)[0].wares == read_trades(few)[0].wares[:1] == read_trades(more)[0].wares[1:]


def test_a_table_is_read_as_its_head_says(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(f"# a comment\n\n{_HEAD}{_WARE}\n", "utf-8")
    (trade,) = read_trades(path)
    assert (trade.name, trade.sign, trade.money) == ("bakery", "£", "pounds")
    (ware,) = trade.wares
    assert ware.products and all(name.startswith("Crumb ") for name in ware.products)
    assert replace(ware, products=(), brands=tuple(sorted(ware.brands))) == Ware(
        kind="rye bread",
        names=("loaf", "bread"),
        brands=("Crumb", "Hovis"),
        products=(),
        colors=(),
        amounts=("800 g", "1 kg"),
        wishes=("fresh", "for toast"),
        parts=("seeds",),
        prices=(2, 7),
        goes_with=("butter",),
    )


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("= bakery | £\n", 1, "= NAME | SIGN | MONEY"),
        (_WARE, 1, "a trade, its brands and its models"),
        (f"{_HEAD}rye bread; loaf; 2-7\n", 4, "kind; names; colors"),
        (_HEAD + _WARE.replace("2-7", "7-2"), 4, "low-high"),
        (_HEAD + _WARE.replace("2-7", "two"), 4, "low-high"),
    ],
)
def test_a_broken_table_names_its_line(tmp_path: Path, text: str, line: int, expected: str) -> None:
    path = tmp_path / "table.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{path}:{line}: ")) as caught:
        read_trades(path)
    assert expected in str(caught.value)


def test_a_shop_becomes_a_trade_of_its_own_words(shop: Shop) -> None:
    trade = trade_of(shop)
    assert (trade.sign, trade.money) == ("$", "dollars")
    # The sleeve has no category and no kin: one product alone is no kind that shoppers of this shop speak of.
    assert {ware.kind for ware in trade.wares} == {"notebook", "dock", "mouse", "printer", "toner", "ink"}
    mouse = _named(trade, "mouse")
    assert set(mouse.brands) == {"Pebble", "Corvid", "Juniper"}
    assert set(mouse.colors) == {"black", "red", "grey"}
    assert "85 g" in mouse.amounts
    assert set(mouse.wishes) == {"wireless", "wired"}
    assert mouse.prices == (12, 59)
    assert "mice" in mouse.names
    assert "Pebble travel mouse" in mouse.products
    notebook = _named(trade, "notebook")
    assert set(notebook.amounts) == {"14 in", "16 in", "13.3 in", "16 GB", "32 GB", "8 GB"}
    assert "dock" in notebook.goes_with and "notebook" not in notebook.goes_with
    assert "printer" in _named(trade, "toner").goes_with


def test_everything_in_a_trade_is_really_there(demo_shop: Shop) -> None:
    trade = trade_of(demo_shop)
    titles = {fold(product.title) for product in demo_shop.rows}
    values = {
        fold(value)
        for product in demo_shop.rows
        for name, own in product.attributes.items()
        for value in (*own, name.replace("_", " "))
    }
    brands = {product.brand for product in demo_shop.rows}
    prices = [int(product.price) for product in demo_shop.rows if product.price]
    kinds = {ware.kind for ware in trade.wares}
    assert len(kinds) == len(trade.wares) >= 15
    for ware in trade.wares:
        assert set(ware.brands) <= brands
        assert all(any(title.startswith(fold(name)) for title in titles) for name in ware.products)
        assert {fold(text) for text in (*ware.colors, *ware.amounts, *ware.wishes, *ware.parts)} <= values
        assert min(prices) <= ware.prices[0] < ware.prices[1] <= max(prices)
        assert set(ware.goes_with) <= kinds - {ware.kind}
    # What names a product or its maker is no wish.
    assert not {wish for ware in trade.wares for wish in ware.wishes} & {"sumline", "echo post"}
    assert not [wish for ware in trade.wares for wish in ware.wishes if set(wish.split()) & set(map(fold, brands))]


def test_kinds_that_differ_in_what_nobody_says_are_one(shop: Shop) -> None:
    names = ("Food > Gum (packaged)", "Food > Gum (single), sticks")
    rows = [
        replace(product, category=names[place % 2], attributes={}, derived=None)
        for place, product in enumerate(shop.rows)
    ]
    other = copy.copy(shop)
    other.rows = tuple(rows)
    (ware,) = trade_of(other).wares
    assert (ware.kind, ware.names) == ("gum", ())
    assert len(ware.products) == len({short_name(product) for product in rows})
