"""Mutated rows of every format: each is kept or cleanly rejected, and what is kept survives the native format.

The whole run, 20,000 rows of products and interactions from the seed 20261124, is the slow one:
`pytest -m slow tests/test_index_fuzz.py`.
"""

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from index.catalog import AVAILABILITIES, Product
from index.feeds import (
    INTERACTION_READERS,
    READERS,
    FeedError,
    Rejected,
    interaction_from_json,
    interaction_to_json,
    product_from_json,
    product_to_json,
    read_interactions,
    read_products,
)

SEED = 20261124
FEEDS = Path(__file__).resolve().parent / "feeds"
PRODUCTS = {
    "native": "native.jsonl", "google": "google_rss.xml google_atom.xml google.tsv google.csv",
    "shopify": "shopify.csv shopify_legacy.csv", "openai": "openai.jsonl openai.csv", "acp": "acp.jsonl",
    "ucp": "ucp.json", "schema_org": "schema_org.json schema_org.html", "amazon": "amazon.jsonl", "table": "table.csv",
}  # fmt: skip
EVENTS = {
    "native": "events.jsonl", "shopify_orders": "shopify_orders.csv", "ga4": "ga4.jsonl", "recbole": "recbole.inter",
    "amazon_reviews": "amazon_reviews.jsonl amazon_ratings.csv", "table": "events.csv",
}  # fmt: skip
ODD: tuple[Any, ...] = (
    None, "", " ", 0, -1, 1, 10**400, -0.0, 1.5e308, True, False, [], {}, [[]], [None], {"": None}, ["x", 5, {}],
    "null", "n/a", "NaN", "1e999", "-5", "5 USD", "5,00 €", "1.234.567", "$", "USD", "19.99 USD USD", "9" * 200,
    "\x00", "\u202eabc", "\u200b", "\ufeff", "\ud800", "a\tb", 'quo"te', "new\nline", "<script>alert(1)</script>",
    "&lt;b&gt;", "<![CDATA[x]]>", "]]>", "&bomb;", "javascript:alert(1)", "http://", "https://x.example/ y",
    "file:///etc/passwd", "../../etc/passwd", "=1+1", "in_stock", "2026-01-01", "2026-13-45T99:99", "1e10/2",
    {"@id": "#coat"}, {"@type": "Product"}, {"amount": 1, "currency": "USD"}, {"amount": 10**30, "currency": "JPY"},
    {"plain": 5}, [{"@type": "Offer", "price": "x"}], "{", '{"a": 1}', "::::", "a:b:c", ">", " > > ", "x" * 30_000,
)  # fmt: skip
"""Values that no field expects, and some that the wrong one does."""


def _mutated(value: Any, chance: random.Random, depth: int = 0) -> Any:
    """A JSON value with one of its parts replaced, dropped, doubled or moved under another name."""
    if depth > 6 or not isinstance(value, dict | list) or not value or chance.random() < 0.08:
        return chance.choice(ODD)
    if isinstance(value, list):
        place = chance.randrange(len(value))
        return [*value[:place], _mutated(value[place], chance, depth + 1), *value[place + chance.choice([0, 1]) :]]
    key = chance.choice(list(value))
    kind = chance.random()
    if kind < 0.1:
        return {name: one for name, one in value.items() if name != key}
    if kind < 0.2:
        return {(chance.choice(list(value)) if name == key else name): one for name, one in value.items()}
    return {**value, key: _mutated(value[key], chance, depth + 1)}


def _json(value: Any) -> str:
    # Whatever Python writes that is no JSON (NaN) is a mutation as well.
    return json.dumps(value, ensure_ascii=_halved(value), default=str)


def _halved(value: Any) -> bool:
    """Escaped where it holds half a character, which no UTF-8 can write."""
    return "\ud800" in repr(value) or "\\ud800" in repr(value)


def _cell(chance: random.Random) -> str:
    odd = chance.choice(ODD)
    text = odd if isinstance(odd, str) else json.dumps(odd)
    return text.replace("\ud800", "?")


def _lines(text: str, rows: int, chance: random.Random) -> str:
    """JSON lines, each mutated; now and then the line itself is cut."""
    known = [json.loads(line) for line in text.splitlines()]
    made = []
    for _ in range(rows):
        line = _json(_mutated(chance.choice(known), chance))
        made.append(line[: chance.randrange(len(line) + 1)] + "}" if chance.random() < 0.05 else line)
    return "\n".join(made) + "\n"


def _table(text: str, rows: int, chance: random.Random) -> str:
    delimiter = max("\t,;", key=text.splitlines()[0].count)
    header, *known = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    made = io.StringIO(newline="")
    written = csv.writer(made, delimiter=delimiter)
    written.writerow(header)
    for _ in range(rows):
        row = list(chance.choice(known))
        for _ in range(chance.choice([1, 1, 2, 4])):
            row[chance.randrange(len(row))] = _cell(chance)
        if chance.random() < 0.1:
            row = row[: chance.randrange(len(row))] + [_cell(chance)] * chance.choice([0, 1, 9])
        written.writerow(row or [""])
    return made.getvalue()


def _xml(text: str, rows: int, chance: random.Random) -> str:
    found = re.findall(r"<(?:item|entry)>.*?</(?:item|entry)>", text, re.DOTALL)
    start, end = text[: text.index(found[0])], text[text.rindex(found[-1]) + len(found[-1]) :]
    made = []
    for _ in range(rows):
        item = chance.choice(found)
        parts = re.findall(r"<(g:\w+)>[^<]*</\1>", item)
        name = chance.choice(parts)
        odd = re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", "", _cell(chance))
        changed = "" if chance.random() < 0.2 else f"<{name}>{escape(odd)}</{name}>"
        made.append(re.sub(rf"<{name}>[^<]*</{name}>", _writing(changed), item, count=1))
    return start + "".join(made) + end


def _writing(text: str) -> Callable[[re.Match[str]], str]:
    return lambda _: text


def _document(text: str, rows: int, chance: random.Random) -> str:
    whole = json.loads(text)
    key = "products" if "products" in whole else "@graph"
    known = [row for row in whole[key] if isinstance(row, dict)]
    whole[key] = [_mutated(chance.choice(known), chance) for _ in range(rows)]
    return _json(whole) if chance.random() < 0.5 else json.dumps(whole, indent=1, default=str)


def _page(text: str, rows: int, chance: random.Random) -> str:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    known: list[Any] = []
    for script in found:
        told = json.loads(script)
        known += told if isinstance(told, list) else [told]
    made = []
    for _ in range(rows):
        data = json.dumps(_mutated(chance.choice(known), chance), default=str).replace("</", "<\\/")
        made.append(f'<script type="application/ld+json">{data}</script>')
    return "<!doctype html><html><body>" + "\n".join(made) + "</body></html>"


MUTATE: Mapping[str, Callable[[str, int, random.Random], str]] = {
    ".jsonl": _lines, ".csv": _table, ".tsv": _table, ".inter": _table, ".xml": _xml, ".json": _document,
    ".html": _page,
}  # fmt: skip


def _sample(name: str) -> str:
    if name == "events.jsonl":
        row = {
            "user_id": "u",
            "product_id": "p",
            "event": "purchase",
            "timestamp": "2026-01-01T00:00:00+00:00",
            "value": 2,
        }
        return json.dumps(row) + "\n"
    return (FEEDS / name).read_text(encoding="utf-8")


def _held(row: object, path: Path) -> str:
    """What became of a row; whatever became of it is clean."""
    if isinstance(row, Rejected):
        assert row.file == str(path) and row.line > 0 and row.field and row.value and row.expected, row
        assert len(row.value) <= 400
        return "rejected"
    if isinstance(row, Product):
        assert row.product_id and row.title and row.availability in AVAILABILITIES
        assert row.price is None or 0 <= row.price < 10**12
        native = json.loads(json.dumps(product_to_json(row)), parse_float=Decimal)
        assert product_from_json(native) == row
        return "kept"
    native = json.loads(json.dumps(interaction_to_json(row)))  # type: ignore[arg-type]
    assert interaction_from_json(native) == row
    return "kept"


def _run(rows: int, folder: Path, seed: int) -> Counter[str]:
    """At least so many mutated rows of all formats, read by their readers; some files have random bytes too."""
    chance = random.Random(seed)
    samples = [(True, name, one) for name, all_ in PRODUCTS.items() for one in all_.split()]
    samples += [(False, name, one) for name, all_ in EVENTS.items() for one in all_.split()]
    counted: Counter[str] = Counter()
    while counted["rows"] < rows:
        for is_products, name, sample in samples:
            path = folder / f"feed{Path(sample).suffix}"
            many = chance.choice([1, 2, 8])
            text = MUTATE[path.suffix](_sample(sample), many, chance).encode("utf-8", "replace")
            if chance.random() < 0.05:
                place = chance.randrange(len(text))
                text = (
                    text[:place] + chance.randbytes(chance.choice([1, 2, 9])) + text[place + chance.choice([0, 1, 5]) :]
                )
            path.write_bytes(text)
            counted["rows"] += many
            format = name if chance.random() < 0.7 else None
            try:
                found: list[Any] = list(
                    read_products([path], format, currency="USD") if is_products else read_interactions(path, format)
                )
            except FeedError as error:
                assert (str(path) in str(error) and "expected" in str(error)) or "--map" in str(error), error
                counted["refused files"] += 1
                continue
            for row in found:
                counted[_held(row, path)] += 1
    return counted


def test_every_format_is_mutated() -> None:
    assert (PRODUCTS.keys(), EVENTS.keys()) == (READERS.keys(), INTERACTION_READERS.keys())


def test_mutated_rows_are_kept_or_cleanly_rejected(tmp_path: Path) -> None:
    counted = _run(1000, tmp_path, SEED + 1)
    assert counted["kept"] > 100 and counted["rejected"] > 100


@pytest.mark.slow
def test_twenty_thousand_mutated_rows_are_kept_or_cleanly_rejected(tmp_path: Path) -> None:
    counted = _run(20_000, tmp_path, SEED)
    print(dict(counted))
    assert counted["rows"] >= 20_000
    assert counted["kept"] > 2000 and counted["rejected"] > 2000
