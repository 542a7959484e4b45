"""Item metadata of Amazon Reviews 2023."""

from decimal import Decimal
from pathlib import Path

from index.catalog import Product
from index.feeds import read_products

FEEDS = Path(__file__).resolve().parent / "feeds"


def test_items_are_read_whatever_form_their_fields_have() -> None:
    pens, notebook, ruler = (row for row in read_products([FEEDS / "amazon.jsonl"]) if isinstance(row, Product))
    assert (pens.product_id, pens.price, pens.currency) == ("B0AA000001", Decimal("12.99"), "USD")
    assert (pens.brand, pens.category) == ("Calder", "Office Products > Pens > Gel Pens")
    assert (pens.rating, pens.rating_count, pens.description) == (4.6, 812, "Write on. And on.")
    assert pens.image_url == "https://img.example/mh.jpg"
    assert pens.attributes == {"Ink Color": ("Blue",), "features": ("Smooth ink", "Quick to dry")}
    assert (notebook.price, notebook.currency, notebook.brand) == (None, "", "Calder Paper")
    assert notebook.attributes == {"Sheets": ("80",), "subtitle": ("Ruled",)}
    assert notebook.image_url == "https://img.example/n.jpg"
    assert (ruler.price, ruler.attributes) == (Decimal("3.99"), {"price up to": ("7.50",)})
    assert {pens.availability, notebook.availability} == {"unknown"}
