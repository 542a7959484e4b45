"""Any table of products: columns given and guessed, CSV, TSV and Parquet."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from index.catalog import Product
from index.confidential import is_secret
from index.feeds import FeedError, Rejected, read_products
from index.source import HEAD, Source, table_cells

FEEDS = Path(__file__).resolve().parent / "feeds"


def test_columns_are_guessed_and_told() -> None:
    told: list[str] = []
    rows = list(read_products([FEEDS / "table.csv"], say=told.append))
    shelf, tall, hook = (row for row in rows if isinstance(row, Product))
    assert (shelf.price, shelf.list_price, shelf.currency) == (Decimal("49.90"), Decimal("59.90"), "EUR")
    assert (shelf.title, shelf.brand, shelf.rating, shelf.availability) == ("Aldous shelf", "Aldous", 4.5, "in_stock")
    assert shelf.attributes == {"Wood": ("Oak",)}
    assert (tall.price, tall.availability) == (Decimal("1299.00"), "out_of_stock")
    assert hook.availability == "unknown" and any("left out 1 x Stock" in one and "'lots'" in one for one in told)
    assert "canary" not in str(rows) and "17.77" not in str(rows) and "17,77" not in str(rows)
    assert "--map product_id=SKU,title=Product Name" in told[0]


def test_a_mapping_goes_before_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("no\tname\tlabel\tfee\n1\tinternal name\tA lamp\t5\n", encoding="utf-8")
    [row] = read_products([path], mapping={"product_id": "no", "title": "label", "price": "fee"}, currency="EUR")
    assert isinstance(row, Product)
    assert (row.product_id, row.title, row.price, row.currency) == ("1", "A lamp", Decimal(5), "EUR")
    assert row.attributes == {"name": ("internal name",)}
    with pytest.raises(FeedError, match="no column 'nosuch' for title, the columns are no, name, label, fee"):
        list(read_products([path], mapping={"title": "nosuch"}))
    with pytest.raises(FeedError, match="no such field, expected one of product_id"):
        list(read_products([path], mapping={"colour": "name"}))
    with pytest.raises(FeedError, match="no column for product_id among no, name, label, fee; name it with --map"):
        list(read_products([path]))
    with pytest.raises(FeedError, match="--currency EURO: no currency"):
        list(read_products([path], currency="EURO"))


def test_parquet_has_numbers_lists_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    columns = {
        "id": [17.0, 18.0, None],
        "name": ["A lamp", "<b>A</b> shade", "Nothing"],
        "price": [19.99, None, 5.0],
        "stock": [1, 0, 5],
        "tags": [["warm", "small"], [], None],
        "since": [date(2024, 5, 1), None, None],
    }
    parquet.write_table(pyarrow.table(columns), path)
    lamp, shade, bad = read_products([path], currency="USD")
    assert isinstance(lamp, Product) and isinstance(shade, Product) and isinstance(bad, Rejected)
    assert (lamp.product_id, lamp.price, lamp.availability) == ("17", Decimal("19.99"), "limited_stock")
    assert lamp.attributes == {"tags": ("warm", "small"), "since": ("2024-05-01",)}
    assert (shade.title, shade.price, shade.availability) == ("A shade", None, "out_of_stock")
    assert (bad.line, bad.field) == (3, "id")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FeedError, match="expected a Parquet file"):
        list(read_products([path]))


@pytest.mark.parametrize(
    "name",
    ["Cost per item", "cost_price", "COGS", "Margin", "Wholesale Price", "purchase price", "Supplier", "supplier_name",
     "E-Mail", "customer email", "phone", "Internal notes", "dealer-price", "EK-Preis", "Einkaufspreis",
     "Prix d'achat", "Precio de coste", "Prezzo di acquisto", "Fournisseur"],
)  # fmt: skip
def test_what_is_the_merchants_own_business_is_known_by_its_column(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["Price", "Color", "costume size", "Material", "note count", "marginal", "Noted"])
def test_what_is_no_secret_is_none(name: str) -> None:
    assert not is_secret(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_marks_and_encodings_are_known(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        delimiter.join(["id", "title"]) + "\r\n" + delimiter.join(["a", '"Lämpchen\n2"']) + "\r\n", encoding
    )
    [row] = read_products([path])
    assert isinstance(row, Product) and row.title == "Lämpchen 2"


def test_a_row_of_other_bytes_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,title\na,caf\xe9\n" + "b,thé vert\nc,été\n".encode())
    bad, *good = read_products([path])
    assert isinstance(bad, Rejected) and (bad.line, bad.field, bad.expected) == (2, "row", "text in UTF-8")
    assert [row.title for row in good if isinstance(row, Product)] == ["thé vert", "été"]


def test_a_table_of_a_western_code_page_is_read_as_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    text = "Artikelnummer;Bezeichnung;Preis;Währung;Größe\n1;Käse – mild;1.299,00 €;EUR;groß\n"
    path.write_bytes(text.encode("cp1252"))
    told: list[str] = []
    [cheese] = read_products([path], say=told.append)
    assert isinstance(cheese, Product)
    assert (cheese.title, cheese.price, cheese.currency) == ("Käse – mild", Decimal("1299.00"), "EUR")
    assert cheese.attributes == {"Größe": ("groß",)}
    assert f"{path}: no UTF-8, read as Windows-1252" in told


def _ids(path: Path, content: str) -> list[str]:
    path.write_text(content, encoding="utf-8", newline="")
    rows = read_products([path], "table")
    return [row.product_id if isinstance(row, Product) else f"line {row.line} {row.field}" for row in rows]


def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    assert _ids(path, 'id\ttitle\tsize\n1\t"Big lamp\tL\n2\tCup\tS\n3\t5" nail\tM\n4\tPen\tS\n') == ["1", "2", "3", "4"]
    assert _ids(path, 'id\ttitle\tsize\n1\tLamp\t"L\n2\tCup\tS\n3\tPen\tS\n') == ["1", "2", "3"]
    assert _ids(path, 'id\ttitle\tsize\n1\tLamp\tL\n2\tCup\t"S\n') == ["1", "2"]
    assert _ids(path, 'id\ttitle\tsize\n1\t"Best" lamp\t"2\n3"\n4\tPen\tS\n') == ["1", "4"]
    comma = 'id,title,size\n1,"Lamp, "big" one",L\n2,"Cup\r\nsmall, white",S\n3,"Pen, red,M\n4,Ink,S\n5,Oil,S\n'
    assert _ids(path, comma) == ["1", "2", "line 5 row", "4", "5"]


def test_marks_of_workbooks_and_columns_without_or_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('sep=;\r\nid;"a, b, c, d";title;title;;\r\n1;x;;Second;;\r\n', encoding="utf-16")
    [row] = read_products([path])
    assert isinstance(row, Product) and (row.title, row.attributes) == ("Second", {"a, b, c, d": ("x",)})


ANY = st.characters(codec="utf-8", exclude_characters="\x00\ufeff\r")
CELLS = st.text(ANY, max_size=6) | st.text('",;\t|\n a1', max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(",;\t|"), ROWS, st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_of_tables_writes_is_read_cell_by_cell(mark: str, rows: list[list[str]], end: str) -> None:
    text = io.StringIO(newline="")
    written = csv.writer(text, delimiter=mark, lineterminator=end)
    written.writerow(["one", "two", "three"])
    written.writerows(rows)
    data = text.getvalue().encode()
    found = list(table_cells(Source("t.csv", io.BytesIO(data), data[:HEAD])))
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[cell for _, cell in row[1]] for row in found if not isinstance(row, Rejected)] == expected
    assert len(found) == len(expected)


GERMAN = """Artikelnummer;Bezeichnung;Hersteller;Preis;Verfügbarkeit;Lagerbestand;Verfügbar ab;Bild;Material
A1;Holzkran;Ahornwerk;19,90 €;sofort lieferbar;7;2026-12-20;bilder/1.jpg;Buche
A2;Holzbagger;Ahornwerk;auf Anfrage;ausverkauft;0;;;
A3;Holzzug;Ahornwerk;12,50 €;vorbestellbar;0;;;
A4;Holzboot;Ahornwerk;9,50 €;irgendwann;4;;;
"""


def test_a_german_table_is_guessed_and_its_stock_is_no_attribute(tmp_path: Path) -> None:
    path = tmp_path / "artikel.csv"
    path.write_text(GERMAN, encoding="cp1252")
    told: list[str] = []
    rows = [row for row in read_products([path], say=told.append) if isinstance(row, Product)]
    assert [row.availability for row in rows] == ["in_stock", "out_of_stock", "preorder", "unknown"]
    assert [row.price for row in rows] == [Decimal("19.90"), None, Decimal("12.50"), Decimal("9.50")]
    assert (rows[0].brand, rows[0].image_url) == ("Ahornwerk", "bilder/1.jpg")
    assert rows[0].attributes == {"Material": ("Buche",)}
    assert any("left out 1 x Verfügbarkeit" in one for one in told)
    assert any("left out 1 x Preis" in one and "'auf Anfrage'" in one for one in told)


def test_a_count_of_stock_may_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "artikel.csv"
    path.write_text(GERMAN, encoding="utf-8")
    rows = read_products([path], mapping={"availability": "Lagerbestand"})
    stocks = [row.availability for row in rows if isinstance(row, Product)]
    assert stocks == ["in_stock", "out_of_stock", "out_of_stock", "in_stock"]


def test_a_column_of_shoppers_is_named_by_another_option(tmp_path: Path) -> None:
    path = tmp_path / "artikel.csv"
    path.write_text(GERMAN, encoding="utf-8")
    with pytest.raises(FeedError, match=r"no such field.*a column of --interactions is named by --interactions-map"):
        list(read_products([path], mapping={"user_id": "Kundennummer"}))
