"""The nodes of JSON-LD that are products or groups of them, in JSON files or in the scripts of saved pages.

Nodes are found in lists, in "@graph" and inside other nodes; references by "@id" are followed within a file. Knows
nothing of what a node says.
"""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from index.json_walk import json_document, json_objects
from index.rows import FeedError, Rejected
from index.source import Source

Node = Mapping[str, Any]
_PRODUCTS = frozenset(["Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car", "Drug"])
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "about", "hasPart", "itemOffered")
"""Where a page's nodes hold others that are products in their own right."""

_DEEPEST = 50
_MARKS = re.compile(r"(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|>)*")
_END = re.compile(r"(?:\s|//|/\*|\*/|<!--|-->|<!\]\]>|\]\]>|;)+\Z")


def product_nodes(source: Source) -> Iterator[tuple[int, Node, Mapping[str, Node]] | Rejected]:
    """Every product and group of a file with its line and what the file knows by "@id"."""
    rows: list[tuple[int, Node]] = []
    for row in _documents(source):
        if isinstance(row, Rejected):
            yield row
        else:
            rows.append(row)
    known: dict[str, Node] = {}
    for _, node in rows:
        _learn(node, known, 0)
    found = [(line, node) for line, row in rows for node in _products(row, 0)]
    # A variant that stands in the graph beside its group is told by the group.
    inside = {id(one) for _, node in found for one in members_of(node, known)}
    yield from ((line, node, known) for line, node in found if id(node) not in inside)


def _documents(source: Source) -> Iterator[tuple[int, Node] | Rejected]:
    """The objects of a JSON file, or of the JSON-LD scripts of a page, each with its line."""
    if not source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from json_objects(source, ["@graph"])
        return
    page = _Scripts()
    page.feed(source.text(european=True))
    page.close()
    if not page.scripts:
        # One of a folder of saved pages, it does not take the others along.
        told = "a page without JSON-LD" + (", its microdata is not read" if page.has_microdata else "")
        expected = 'products in scripts of type "application/ld+json"'
        yield Rejected(source.name, 1, "page", told, expected)
        return
    for line, text in page.scripts:
        # A page may wrap its data in the marks of comments and of sections that are no markup.
        before = _MARKS.match(text)
        start = before.end() if before else 0
        bare = _END.sub("", text[start:])
        first = line + text.count("\n", 0, start)
        try:
            # Where a page breaks off its data, the other scripts still count.
            yield from json_document(source.name, bare, ["@graph"], first, lax=True) if bare else ()
        except FeedError as error:
            why = str(error).removeprefix(f"{source.name}")[:120]
            yield Rejected(source.name, line, "script", repr(bare[:60]), f"one JSON document ({why.strip(': ')})")


class _Scripts(HTMLParser):
    """The JSON-LD scripts of a page with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[int, str]] = []
        self.has_microdata = False
        self._text: list[str] | None = None
        self._line = 1

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Skip a section such as CDATA up to its mark, whatever it is called: the parser asserts what that may be."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.has_microdata |= "itemscope" in given or "itemprop" in given
        kind = (given.get("type") or "").split(";")[0].strip().lower()
        if tag == "script" and kind == "application/ld+json":
            self._text, self._line = [], self.getpos()[0]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._text is not None:
            self.scripts.append((self._line, "".join(self._text)))
            self._text = None


def _learn(value: Any, known: dict[str, Node], depth: int) -> None:
    """Remember every node that has an "@id" and says more than that."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        name = value.get("@id")
        if isinstance(name, str) and len(value) > max(1, len(known.get(name, {}))):
            known[name] = value
        for inner in value.values():
            _learn(inner, known, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _learn(inner, known, depth + 1)


def _products(value: Any, depth: int) -> Iterator[Node]:
    """The products that a document tells of, those of a group being the group's."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _products(inner, depth + 1)
    elif isinstance(value, dict):
        if types_of(value) & (_PRODUCTS | {"ProductGroup"}) and set(value) - {"@id", "@type", "@context"}:
            yield value
            return
        for key in _HOLDERS:
            yield from _products(value.get(key), depth + 1)


def types_of(node: Node) -> set[str]:
    """The names of a node's types, without their vocabulary."""
    given = node.get("@type")
    listed = given if isinstance(given, list) else [given]
    return {str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in listed if one}


def members_of(node: Node, known: Mapping[str, Node]) -> list[Node]:
    """The variants of a group, none of any other node."""
    if "ProductGroup" not in types_of(node):
        return []
    return [one for one in (followed(part, known) for part in each(node.get("hasVariant"))) if one]


def followed(value: Any, known: Mapping[str, Node]) -> Node | None:
    """A node itself, or what a reference to it stands for; None for what is no node."""
    if isinstance(value, str):
        return known.get(value)
    if not isinstance(value, dict):
        return None
    name = value.get("@id")
    # A node that says no more than its id refers to the one that does.
    return known.get(name, value) if isinstance(name, str) and set(value) <= {"@id", "@type"} else value


def each(value: Any) -> list[Any]:
    """The values of a list, or the one that stands alone."""
    return [] if value is None else value if isinstance(value, list) else [value]
