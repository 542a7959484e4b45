"""Item metadata of Amazon Reviews 2023."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow
from pyarrow import parquet

from index.catalog import Product
from index.feeds import Rejected, read_products

FEEDS = Path(__file__).resolve().parent / "feeds"


def test_items_are_read_whatever_form_their_fields_have() -> None:
    left: list[Rejected] = []
    rows = [row for row in read_products([FEEDS / "amazon.jsonl"], leave_out=left.append) if isinstance(row, Product)]
    pens, notebook, ruler, clip, tack = rows
    assert [(one.line, one.field) for one in left] == [(5, "price"), (6, "details")]
    assert (clip.price, tack.attributes) == (None, {})
    assert (pens.product_id, pens.price, pens.currency) == ("B0AA000001", Decimal("12.99"), "USD")
    assert (pens.brand, pens.category) == ("Calder", "Office Products > Pens > Gel Pens")
    assert (pens.rating, pens.rating_count, pens.description) == (4.6, 812, "Write on. And on.")
    assert pens.image_url == "https://img.example/mh.jpg"
    assert pens.attributes == {"Ink Color": ("Blue",), "features": ("Smooth ink", "Quick to dry")}
    assert (notebook.price, notebook.currency, notebook.brand) == (None, "", "Calder Paper")
    assert notebook.attributes == {"Sheets": ("80",), "subtitle": ("Ruled",)}
    assert notebook.image_url == "https://img.example/n.jpg"
    assert (ruler.price, ruler.attributes) == (Decimal("3.99"), {})
    assert {pens.availability, notebook.availability} == {"unknown"}


def test_the_parquet_table_of_the_data_set_is_read_as_its_lines_are(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (FEEDS / "amazon.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {name for row in rows for name in row}
    columns = {name: [row.get(name) for row in rows] for name in names}
    # As the hub has them: details as the JSON of an object, prices as texts.
    columns["details"] = [json.dumps(one) if isinstance(one, dict) else one for one in columns["details"]]
    columns["images"] = [None] * len(rows)
    columns["author"] = [None] * len(rows)
    path = tmp_path / "meta.parquet"
    parquet.write_table(pyarrow.table(columns), path)
    told, lines = read_products([path]), read_products([FEEDS / "amazon.jsonl"])
    for one, other in zip(told, lines, strict=True):
        if isinstance(other, Product) and isinstance(one, Product):
            assert replace(one, attributes={}) == replace(other, image_url="", attributes={})
            assert {**one.attributes, "author": None} == {**other.attributes, "author": None}
        else:
            assert isinstance(one, Rejected) and isinstance(other, Rejected) and one.field == other.field
