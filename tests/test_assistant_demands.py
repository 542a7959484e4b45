"""What a message demands: refusals, wishes, drops, stock, order, number and measures."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.demands import Demands, read_demands
from assistant.vocabulary import Vocabulary
from index.catalog import AttributeDemand, Span
from index.folder import Shop


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows)


# message -> brands refused, brands wanted, kinds sought
REFUSALS: list[tuple[str, set[str], set[str], tuple[str, ...]]] = [
    ("a mouse, not Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("a mouse, no Corvessa please", {"Corvessa"}, set(), ("mouse",)),
    ("not corvessa", {"Corvessa"}, set(), ()),
    ("anything but Corvessa", {"Corvessa"}, set(), ()),
    ("any mouse but Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("any mouse but a Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("any brand but Corvessa", {"Corvessa"}, set(), ()),
    ("all mice except Corvessa and Pellwin", {"Corvessa", "Pellwin"}, set(), ("mouse",)),
    ("a headset, anything but Kaldrum, under 100", {"Kaldrum"}, set(), ("headset",)),
    ("I'm sick of Corvessa mice", {"Corvessa"}, set(), ("mouse",)),
    ("I don't want a Corvessa mouse", {"Corvessa"}, set(), ("mouse",)),
    ("I don’t want a Corvessa mouse", {"Corvessa"}, set(), ("mouse",)),
    ("don't show me Corvessa or Pellwin", {"Corvessa", "Pellwin"}, set(), ()),
    ("mice other than Corvessa and Pellwin", {"Corvessa", "Pellwin"}, set(), ("mouse",)),
    ("a keyboard without Corvessa, Pellwin, or Norvik", {"Corvessa", "Pellwin", "Norvik"}, set(), ("keyboard",)),
    ("not Norvik, Taluma, Kestrane", {"Norvik", "Taluma", "Kestrane"}, set(), ()),
    ("Not Norvik, not Taluma, and not Kestrane", {"Norvik", "Taluma", "Kestrane"}, set(), ()),
    ("neither Corvessa nor Pellwin", {"Corvessa", "Pellwin"}, set(), ()),
    ("not only Corvessa mice", set(), {"Corvessa"}, ("mouse",)),
    ("not Corvessa but a Norvik mouse", {"Corvessa"}, {"Norvik"}, ("mouse",)),
    ("not Razer but Logitech", {"Razer"}, {"Logitech"}, ()),
    ("no Logitech, a Norvik one", {"Logitech"}, {"Norvik"}, ()),
    ("not Logitech, a Corvessa one", {"Logitech"}, {"Corvessa"}, ()),
    ("tired of Norvik, got a Taluma?", {"Norvik"}, {"Taluma"}, ()),
    ("don't want Norvik, want Taluma", {"Norvik"}, {"Taluma"}, ()),
    ("no Norvik. Taluma instead", {"Norvik"}, {"Taluma"}, ()),
    ("no Norvik - Taluma please", {"Norvik"}, {"Taluma"}, ()),
    ("Taluma instead of Norvik", {"Norvik"}, {"Taluma"}, ()),
    ("Taluma rather than Norvik", {"Norvik"}, {"Taluma"}, ()),
    ("not a Corvessa mouse", {"Corvessa"}, set(), ("mouse",)),
    ("not a mouse from Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("a mouse that is not by Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("a mouse that isn't Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("I do not trust Corvessa", {"Corvessa"}, set(), ()),
    ("avoid Corvessa", {"Corvessa"}, set(), ()),
    ("I hate Corvessa", {"Corvessa"}, set(), ()),
    ("never again Corvessa", {"Corvessa"}, set(), ()),
    ("any mouse under 50 but not Corvessa", {"Corvessa"}, set(), ("mouse",)),
    ("a mouse, not Razer", {"Razer"}, set(), ("mouse",)),
    ("a mouse, not Fooblex", {"Fooblex"}, set(), ("mouse",)),
    ("no Fooblex or Barzle headphones", {"Fooblex", "Barzle"}, set(), ("headphone",)),
    ("a phone that is not made by Apple or Samsung", {"Apple", "Samsung"}, set(), ("phone",)),
    ("a laptop by Norvik", set(), {"Norvik"}, ("notebook",)),
    ("Norvik or Taluma laptop", set(), {"Norvik", "Taluma"}, ("notebook",)),
    ("not sure yet, maybe a Norvik laptop", set(), {"Norvik"}, ("notebook",)),
    ("no problem, show me Norvik laptops", set(), {"Norvik"}, ("notebook",)),
    ("a quiet mouse", set(), set(), ("mouse",)),
]


@pytest.mark.parametrize(("message", "refused", "wanted", "kinds"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_brands_refused_and_wanted(
    words: Vocabulary, message: str, refused: set[str], wanted: set[str], kinds: tuple[str, ...]
) -> None:
    demands = read_demands(message, words)
    assert set(demands.not_brands) == refused
    assert set(demands.brands) == wanted
    assert demands.kinds == kinds
    assert demands.not_kinds == ()


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Corvessa is terrible, show me something else", {"Corvessa"}),
        ("Pellwin is off the table, what mice are left", {"Pellwin"}),
        ("Norvik sucks", {"Norvik"}),
        ("Norvik and Taluma are out", {"Norvik", "Taluma"}),
        ("leave Kestrane out please", {"Kestrane"}),
        ("had bad luck with Taluma before", {"Taluma"}),
        ("my last Norvik always breaks", {"Norvik"}),
        ("Taluma isn't an option", {"Taluma"}),
        ("I was let down by Pellwin", {"Pellwin"}),
        ("I'd pass on Pellwin", {"Pellwin"}),
        ("keep away from Norvik", {"Norvik"}),
        ("ditch Norvik", {"Norvik"}),
        ("it mustn't be Norvik", {"Norvik"}),
        ("I refuse to use Taluma", {"Taluma"}),
        ("I would rather have a Corvessa than a Pellwin", {"Pellwin"}),
        ("I prefer Corvessa over Kestrane", {"Kestrane"}),
        ("a Corvessa mouse, if not, Pellwin", set()),
        ("Norvik is out of stock", set()),
        ("is Norvik any good?", set()),
    ],
)
def test_a_verdict_refuses(words: Vocabulary, message: str, refused: set[str]) -> None:
    demands = read_demands(message, words)
    assert set(demands.not_brands) == refused
    assert not refused & set(demands.brands)


@pytest.mark.parametrize(
    ("message", "kinds", "refused"),
    [
        ("a keyboard, just no gaming mice", ("keyboard",), ("mouse",)),
        ("a headset, no cheap plastic headset", ("headset",), ()),
        ("no bulky keyboards", ("keyboard",), ()),
    ],
)
def test_a_kind_refused_beside_another(
    words: Vocabulary, message: str, kinds: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    demands = read_demands(message, words)
    assert demands.kinds == kinds
    assert demands.not_kinds == refused


@pytest.mark.parametrize(
    "message",
    [
        "no wait, a mouse",
        "nothing fancy, just a mouse",
        "no rush, I need a mouse",
        "why not a mouse",
        "no thanks, a mouse",
    ],
)
def test_what_only_sounds_like_a_refusal(words: Vocabulary, message: str) -> None:
    demands = read_demands(message, words)
    assert (demands.kinds, demands.not_kinds, demands.unread) == (("mouse",), (), ())


@pytest.mark.parametrize("message", ["no laptops please", "anything but a laptop", "not another laptop"])
def test_a_kind_refused(words: Vocabulary, message: str) -> None:
    demands = read_demands(message, words)
    assert demands.not_kinds == ("notebook",)
    assert demands.kinds == ()
    assert demands.not_brands == ()


# message -> attributes demanded, attributes refused
VALUES: list[tuple[str, Mapping[str, AttributeDemand], Mapping[str, AttributeDemand]]] = [
    ("black headphones", {"color": ("Black",)}, {}),
    ("black or white headphones", {"color": ("Black", "White")}, {}),
    ("not black headphones", {}, {"color": ("Black",)}),
    ("headphones, not black", {}, {"color": ("Black",)}),
    ("headphones in any colour but black", {}, {"color": ("Black",)}),
    ("not black or white headphones", {}, {"color": ("Black", "White")}),
    ("a mouse, not Corvessa, not in black", {}, {"color": ("Black",)}),
    ("anything except Corvessa, in white", {"color": ("White",)}, {}),
    ("black ink", {"ink_color": ("black",)}, {}),
    ("a black mouse", {"color": ("Black",)}, {}),  # there is none, and another color will not do
    ("a black ssd", {}, {}),
    ("a black memory module", {}, {}),
    ("a red case for my phone", {"color": ("Red",)}, {}),
    ("a warm white keyboard", {}, {}),
    ("headphones but not over-ear", {}, {"fit": ("over-ear",)}),
    ("a printer without wifi", {}, {"connection": ("Wi-Fi",)}),
    ("a mouse, must have bluetooth", {"connection": ("Bluetooth",)}, {}),
    ("a mouse with bluetooth", {"connection": ("Bluetooth",)}, {}),
    ("a 27 inch monitor", {"screen_size": ("27 in",)}, {}),
    ('a 27" monitor', {"screen_size": ("27 in",)}, {}),
    ("a 27-inch monitor", {"screen_size": ("27 in",)}, {}),
    ("a monitor over 27 inches", {"screen_size": Span(min=27.0)}, {}),
    ("a monitor, 24 inches at most", {"screen_size": Span(max=24.0)}, {}),
    ("at most 24 inch monitor", {"screen_size": Span(max=24.0)}, {}),
    ("a laptop smaller than 15 inches", {"screen_size": Span(max=15.0)}, {}),
    ("laptop with at least 16 GB RAM", {"memory": Span(min=16.0)}, {}),
    ("laptop with 16gb of memory", {"memory": ("16 GB",)}, {}),
    ("laptop with 32 GB ram and 1 TB ssd", {"memory": ("32 GB",), "storage": ("1 TB SSD",)}, {}),
    ("laptop with 16 GB and a 512 GB ssd", {"memory": ("16 GB",), "storage": ("512 GB SSD",)}, {}),
    ("a laptop with at least 1 TB of storage", {"storage": ("1 TB SSD", "2 TB SSD")}, {}),
    ("512 GB storage laptop", {"storage": ("512 GB SSD",)}, {}),
    ("phone with 256 GB", {"storage": ("256 GB",)}, {}),
    ("1 TB ssd", {"capacity": ("1 TB",)}, {}),
    ("500 GB ssd", {"capacity": ("500 GB",)}, {}),
    ("ssd with 2tb or more", {"capacity": ("2 TB", "4 TB")}, {}),
    ("a laptop under 2 kg", {"weight": Span(max=2.0)}, {}),
    ("a charger with at least 65W", {"charging_watts": Span(min=65.0)}, {}),
    ("a monitor, at least 144 Hz", {"refresh_rate": Span(min=144.0)}, {}),
    ("a laptop with 8 gigs of ram at the very least", {"memory": Span(min=8.0)}, {}),
    ("a monitor, 144 hz or better", {"refresh_rate": Span(min=144.0)}, {}),
    ("router for a 120 sqm flat", {}, {}),
    ("headphones, over-ear would be nice", {}, {}),
    ("a mouse, not white, she has enough white stuff", {}, {"color": ("White",)}),
    ("sleeve for a 14 inch laptop", {"fits_screen_size": ("14 in",)}, {}),
]


@pytest.mark.parametrize(("message", "demanded", "refused"), VALUES, ids=[row[0] for row in VALUES])
def test_attributes(
    words: Vocabulary,
    message: str,
    demanded: Mapping[str, AttributeDemand],
    refused: Mapping[str, AttributeDemand],
) -> None:
    demands = read_demands(message, words)
    assert dict(demands.attributes) == demanded
    assert dict(demands.not_attributes) == refused


def test_a_size_that_no_product_has_is_still_demanded(words: Vocabulary, demo_shop: Shop) -> None:
    demanded = read_demands("a 28 inch monitor", words).attributes["screen_size"]
    assert isinstance(demanded, tuple)
    sizes = {value for product in demo_shop.rows for value in product.attributes.get("screen_size", ())}
    assert demanded
    assert sizes.isdisjoint(demanded)


@pytest.mark.parametrize(
    ("message", "dropped"),
    [
        ("forget the budget", {"price"}),
        ("price doesn't matter", {"price"}),
        ("never mind the price", {"price"}),
        ("I don't care about the price", {"price"}),
        ("no budget", {"price"}),
        ("any brand is fine", {"brands"}),
        ("the brand doesn't matter", {"brands"}),
        ("any color", {"color"}),
        ("any colour is ok", {"color"}),
        ("out of stock is fine", {"in_stock"}),
        ("any brand but Corvessa", set()),
        ("any colour except red", set()),
        ("a mouse under 30", set()),
    ],
)
def test_drops(words: Vocabulary, message: str, dropped: set[str]) -> None:
    assert read_demands(message, words).dropped == dropped


@pytest.mark.parametrize(
    ("message", "in_stock"),
    [
        ("a mouse in stock", True),
        ("in-stock mice only", True),
        ("a mouse that is available now", True),
        ("a mouse that you can ship today", True),
        ("a mouse that can ship today", True),
        ("not sold out", True),
        ("not out of stock", True),
        ("a mouse I can pick up today", True),
        ("it must be available", True),
        ("I need it today", True),
        ("out of stock is fine", False),
        ("a mouse", False),
    ],
)
def test_stock(words: Vocabulary, message: str, in_stock: bool) -> None:
    assert read_demands(message, words).in_stock is in_stock


@pytest.mark.parametrize(
    ("message", "order"),
    [
        ("cheapest mouse", "cheapest"),
        ("the least expensive laptop", "cheapest"),
        ("the most affordable laptop", "cheapest"),
        ("most expensive laptop", "dearest"),
        ("best rated headset", "best_rated"),
        ("the top-rated headset", "best_rated"),
        ("newest phone", "newest"),
        ("latest phone", "newest"),
        ("a cheap mouse", ""),
        ("a mouse", ""),
    ],
)
def test_order(words: Vocabulary, message: str, order: str) -> None:
    demands = read_demands(message, words)
    assert demands.order == order
    assert len(demands.kinds) == 1


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("show me the 3 cheapest mice", 3),
        ("top 5 headsets", 5),
        ("the two best laptops", 2),
        ("give me three options", 3),
        ("a couple of suggestions", 2),
        ("give me 500 products", None),
        ("top 99 mice", 50),
        ("a 27 inch monitor", None),
        ("a mouse", None),
        ("all the mice", 50),
        ("show me every keyboard there is", 50),
        ("list your printers", 50),
        ("everything by Norvik", 50),
        ("the whole range of headsets", 50),
        ("all 3 cheapest mice", 3),
        ("an all-in-one printer", None),
        ("a mouse that lasts all day", None),
        ("all I want is a mouse", None),
        ("not loud at all", None),
        ("everything I need for a desk", None),
        ("a mouse I use every day", None),
    ],
)
def test_count(words: Vocabulary, message: str, count: int | None) -> None:
    assert read_demands(message, words).count == count


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("a case for my phone", {"phone case"}),
        ("a case for my tablet", {"tablet case"}),
        ("a phone case", {"phone case"}),
        ("a phone and a tablet", {"phone", "tablet"}),
        ("a laptop charger", {"laptop charger"}),
        ("a charger for this laptop", {"laptop charger"}),
        ("a laptop with 16 GB memory", {"notebook"}),
        ("toner for my printer", {"toner"}),
        ("a gaming laptop", {"notebook"}),
        ("a headset for my console", {"headset"}),
        ("a laptop, charger and mouse", {"notebook", "laptop charger", "mouse"}),
    ],
)
def test_kinds_sought(words: Vocabulary, message: str, kinds: set[str]) -> None:
    assert set(read_demands(message, words).kinds) == kinds


def test_a_word_before_a_shared_head_says_which_kind(words: Vocabulary, demo_shop: Shop) -> None:
    named = {kind for kind in words.kind_names if kind.endswith("case")}
    assert set(read_demands("a case", words).kinds) == named
    title = next(one.title for one in demo_shop.rows if one.category.endswith("Tablet Cases"))
    telling = next(word for word in title.split() if len(words.narrowed(tuple(named), word)) == 1 and word.islower())
    assert read_demands(f"a {telling} case", words).kinds == words.narrowed(tuple(named), telling)


def test_everything_at_once(words: Vocabulary) -> None:
    demands = read_demands("the 3 cheapest black wireless mice between $10 and $40, in stock, not Corvessa", words)
    assert (demands.price_min, demands.price_max) == (Decimal(10), Decimal(40))
    assert (demands.order, demands.count, demands.in_stock) == ("cheapest", 3, True)
    assert demands.not_brands == ("Corvessa",)
    assert demands.kinds == ("mouse",)
    assert "wireless" in demands.rest
    assert "Corvessa" not in demands.rest


@pytest.mark.parametrize(
    ("message", "unread", "gone"),
    [
        ("printer without fax", ("fax",), "fax"),
        ("a wired mouse, not wireless", ("wireless",), "wireless"),
        ("headphones with no microphone boom", ("microphone boom",), "boom"),
        ("a non-gaming headset", (), "gaming"),
        ("I can't stand noisy keyboards", (), "noisy"),
    ],
)
def test_what_is_refused_is_not_retrieved_with(
    words: Vocabulary, message: str, unread: tuple[str, ...], gone: str
) -> None:
    demands = read_demands(message, words)
    assert demands.unread == unread
    assert gone not in demands.rest.lower().split()


def test_no_demand_in_nothing(words: Vocabulary) -> None:
    assert read_demands("", words) == Demands()


@given(st.text(max_size=300))
def test_any_text_is_read(words: Vocabulary, text: str) -> None:
    assert isinstance(read_demands(text, words), Demands)


_PARTS = [
    "not",
    "no",
    "but",
    ",",
    ".",
    "Norvik",
    "corvessa",
    "mouse",
    "black",
    "under $40",
    "any",
    "a",
    "or",
    "27 inch",
]


@given(st.lists(st.sampled_from(_PARTS), max_size=12))
def test_a_brand_is_not_refused_and_wanted_by_one_mention(words: Vocabulary, parts: list[str]) -> None:
    demands = read_demands(" ".join(parts), words)
    for name in set(demands.brands) & set(demands.not_brands):
        assert sum(part.lower() == name.lower() for part in parts) > 1
    if "not" not in parts and "no" not in parts and "but" not in parts:
        assert demands.not_brands == ()
