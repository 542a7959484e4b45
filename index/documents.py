"""The store's own documents: a folder of Markdown files, split into passages at their headings, and found again.

    ---
    title: Choosing a monitor
    kind: guide
    about: Monitors, Monitor Arms
    ---

Such lines at the top are optional: `kind` is "policy" (unless told), "guide" or "article", `about` names the categories
that a document is for. A passage is what stands under one heading, as plain text; passages have vectors of their own,
beside those of the products. Knows nothing of questions beyond their words and their vector.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from index.asked import asked_terms
from index.embed import Embedder, Vectors
from index.feeds import FeedError, Rejected, clean
from index.lexical import Scores, terms

KINDS = ("policy", "guide", "article")
PASSAGES, PASSAGE_VECTORS = "passages.json", "passages.npy"
WORDS = 0.25
"""What words count in a passage's score; meaning counts the rest."""
_ALIKE = 0.7
"""What a word counts that only one of like meaning stands for."""
_MAX_BYTES = 2_000_000
_PIECE_CHARACTERS = 1200
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<![ap]\.m\.)\s+(?=[^\sa-z])")
_FRONT = re.compile(r"(\w+)\s*:(.*)")
_LISTED = re.compile(r"\s*-\s+(.+)")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+|>\s?")
_RULE = re.compile(r"[-*_=:|\s]{3,}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\S))(.+?)\1")


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading of one of the store's documents.

    `document` is its title, `headings` the path below that, `text` paragraphs and list items, one a line; `file` is
    its path in the folder and `anchor` the heading's, as Markdown pages have them; `about` are categories.
    """

    document: str
    kind: str
    headings: tuple[str, ...]
    text: str
    file: str
    anchor: str
    about: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The heading that the passage stands under, "" above the first."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and how well it answers a question: `words` the share of the question's words that it has, rare words
    counting more, `meaning` the best cosine of the question and it or one of its sentences, `score` both together; each
    0 to 1. `sentence` is the place of the sentence nearest in meaning.
    """

    passage: Passage
    score: float
    words: float
    meaning: float
    sentence: int


def passage_text(passage: Passage) -> str:
    """The text that stands for a passage as a whole: document, headings, text."""
    return ". ".join([passage.document, *passage.headings, passage.text])


def sentences(passage: Passage) -> tuple[str, ...]:
    """The sentences of a passage's text, as they are written."""
    parts = (part.strip() for line in passage.text.split("\n") for part in _SENTENCE_END.split(line))
    return tuple(part for part in parts if part)


def _embedded(passage: Passage) -> list[str]:
    """What a passage is found by: the whole, and each sentence under its heading."""
    return [passage_text(passage), *(f"{passage.heading or passage.document}. {one}" for one in sentences(passage))]


class Documents:
    """The passages of a shop's documents with their vectors; false when there are none."""

    def __init__(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """`vectors` has for each passage that of the whole and one for each sentence."""
        self.passages = tuple(passages)
        self.vectors = vectors
        self._starts = np.cumsum([0, *(1 + len(sentences(passage)) for passage in self.passages)])
        if int(self._starts[-1]) != len(vectors):
            raise ValueError(f"{len(vectors)} vectors of passages and sentences, expected {int(self._starts[-1])}")
        self._terms = [frozenset(terms(passage_text(passage))) for passage in self.passages]
        self._counts = Counter(term for own in self._terms for term in own)

    def __bool__(self) -> bool:
        return bool(self.passages)

    def find(self, question: str, vector: Scores, k: int, kind: str | None = None) -> list[Found]:
        """The k passages that answer a question best, best first; `vector` is the question's unit vector.

        `kind` leaves the documents of other kinds out.
        """
        if not self.passages:
            return []
        near = np.clip(self.vectors @ vector, 0.0, 1.0)
        asked = asked_terms(question)
        found = []
        for place, passage in enumerate(self.passages):
            if kind is not None and passage.kind != kind:
                continue
            own = near[self._starts[place] : self._starts[place + 1]]
            words, meaning = self._share(asked, self._terms[place]), float(own.max())
            best = int(own[1:].argmax()) if len(own) > 1 else 0
            found.append(Found(passage, WORDS * words + (1 - WORDS) * meaning, words, meaning, best))
        return sorted(found, key=lambda one: -one.score)[:k]

    def _share(self, asked: Mapping[str, frozenset[str]], own: frozenset[str]) -> float:
        """The share of the asked terms that a passage has, by their rarity; 0 where nothing telling is asked."""
        total = had = 0.0
        for term, alike in asked.items():
            worth = self.rarity(term)
            total += worth
            had += worth if term in own else _ALIKE * worth if alike & own else 0.0
        return had / total if total else 0.0

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term among the passages: ln(1 + (N - n + 1/2) / (n + 1/2))."""
        count = self._counts[term]
        return math.log(1 + (len(self.passages) - count + 0.5) / (count + 0.5))

    def save(self, folder: Path) -> None:
        """Write passages and vectors into a folder."""
        rows = [asdict(passage) for passage in self.passages]
        (folder / PASSAGES).write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        np.save(folder / PASSAGE_VECTORS, self.vectors)

    @classmethod
    def load(cls, folder: Path, dimension: int) -> "Documents":
        """Read them from a folder, none where it has none; OSError or ValueError when they are not whole."""
        if not (folder / PASSAGES).exists():
            return cls((), np.zeros((0, dimension), np.float32))
        passages = read_passages(folder / PASSAGES)
        vectors = np.load(folder / PASSAGE_VECTORS)
        if vectors.ndim != 2 or vectors.shape[1] != dimension:
            raise ValueError(f"{PASSAGE_VECTORS}: expected {dimension} numbers for each passage")
        return cls(passages, vectors)


def read_passages(path: Path) -> list[Passage]:
    """The passages that a file stores; OSError or ValueError when it is damaged."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError(f"{path.name}: expected a list of passages")
    return [_passage_from_json(row, place) for place, row in enumerate(rows)]


def embed_documents(passages: Sequence[Passage], known: Documents | None, embedder: Embedder) -> tuple[Documents, int]:
    """The passages with their vectors, and how many texts were embedded: those that `known` does not have."""
    kept = dict(zip(_texts(known.passages), known.vectors, strict=True)) if known else {}
    texts = _texts(passages)
    new = list(dict.fromkeys(text for text in texts if text not in kept))
    if new:
        kept.update(zip(new, embedder.embed(new), strict=True))
    vectors = np.zeros((len(texts), embedder.dimension), np.float32)
    for place, text in enumerate(texts):
        vectors[place] = kept[text]
    return Documents(passages, vectors), len(new)


def _texts(passages: Sequence[Passage]) -> list[str]:
    return [text for passage in passages for text in _embedded(passage)]


def read_documents(folder: Path) -> Iterator[Passage | Rejected]:
    """The passages of every Markdown file below a folder, in the order of their names, and the files that have none.

    Hidden files are left out. FeedError when the folder is none.
    """
    if not folder.is_dir():
        raise FeedError(f"{folder}: no such folder, expected one of Markdown files")
    inside = folder.resolve()
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts):
            continue
        if not path.resolve().is_relative_to(inside):
            yield Rejected(str(path), 1, "file", f"a link to {path.resolve()}", "a file in the folder")
            continue
        yield from _read_document(path, name.as_posix())


def _read_document(path: Path, name: str) -> list[Passage | Rejected]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return [Rejected(str(path), 1, "file", f"{path.stat().st_size} bytes", f"at most {_MAX_BYTES}")]
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [Rejected(str(path), 1, "file", str(error)[:200], "Markdown in UTF-8")]
    lines = text.splitlines()
    front, start = _front_matter(lines)
    for key, (line, values) in front.items():
        if key == "kind" and values not in [(kind,) for kind in KINDS]:
            return [Rejected(str(path), line, key, repr(", ".join(values)), f"one of {', '.join(KINDS)}")]
    title, kind, about = (front.get(key, (0, ()))[1] for key in ("title", "kind", "about"))
    found = _passages(lines[start:], ", ".join(title), path.stem)
    if not found:
        return [Rejected(str(path), len(lines), "text", repr(text.strip()[-60:]), "text under a heading")]
    document = found[0][0]
    return [
        Passage(document, kind[0] if kind else KINDS[0], headings, body, name, anchor, about)
        for _, headings, anchor, body in found
    ]


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, tuple[int, tuple[str, ...]]], int]:
    """Keys with their line and values, and the line on which the text begins; a list stands in the line or below it."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((place for place, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    key = ""
    for place, line in enumerate(lines[1:end], 1):
        stated = _FRONT.fullmatch(line)
        listed = _LISTED.fullmatch(line)
        if stated:
            key = stated.group(1).casefold()
            given = stated.group(2).strip().strip("[]")
            values = [given] if key == "title" else given.split(",")
            found[key] = (place + 1, _values(values))
        elif listed and key:
            line_number, before = found[key]
            found[key] = (line_number, (*before, *_values([listed.group(1)])))
    return found, end + 1 if end else 0


def _values(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (clean(value).strip("\"' ") for value in given)))


def _passages(lines: Sequence[str], title: str, stem: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Document title, headings, anchor and text of every passage."""
    sections: list[tuple[tuple[str, ...], str, list[str]]] = [((), "", [])]
    path: list[tuple[int, str]] = []
    anchors: Counter[str] = Counter()
    fenced = False
    for line in _COMMENT.sub("", "\n".join(lines)).splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        heading = None if fenced else _HEADING.fullmatch(line)
        if not heading:
            sections[-1][2].append(line)
            continue
        level, name = len(heading.group(1)), _plain(heading.group(2))
        slug = re.sub(r"[^\w\- ]", "", name.casefold()).replace(" ", "-")
        anchor = f"{slug}-{anchors[slug]}" if anchors[slug] else slug
        anchors[slug] += 1
        if level == 1 and not path and (not title or title == name):
            title = name
            sections.append(((), anchor, []))
            continue
        path = [(own, text) for own, text in path if own < level] + [(level, name)]
        sections.append((tuple(text for _, text in path), anchor, []))
    return [
        (title or stem, headings, anchor, text)
        for headings, anchor, own in sections
        for text in _pieces(_paragraphs(own))
    ]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs, list items and table rows of a section as plain text, each in one line."""
    found: list[str] = []
    goes_on = False
    for line in lines:
        bare = line.strip()
        item = _ITEM.match(bare)
        row = bare.startswith("|")
        if not bare or _RULE.fullmatch(bare):
            goes_on = False
        elif row:
            found.append(", ".join(filter(None, (_plain(cell) for cell in bare.strip("|").split("|")))))
            goes_on = False
        elif item or not goes_on:
            found.append(_plain(bare[item.end() :] if item else bare))
            goes_on = True
        else:
            found[-1] = f"{found[-1]} {_plain(bare)}"
    return [paragraph for paragraph in found if paragraph]


def _pieces(paragraphs: Sequence[str]) -> Iterator[str]:
    """The paragraphs, one a line, in pieces short enough for one vector."""
    piece: list[str] = []
    for paragraph in paragraphs:
        if piece and sum(map(len, piece)) + len(paragraph) > _PIECE_CHARACTERS:
            yield "\n".join(piece)
            piece = []
        piece.append(paragraph)
    if piece:
        yield "\n".join(piece)


def _plain(markdown: str) -> str:
    """A line of Markdown as text: links keep their words, pictures and marks go."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", markdown))
    return clean(_MARKS.sub(lambda mark: mark.group(2), text))


def _passage_from_json(row: Any, place: int) -> Passage:
    names = [item.name for item in fields(Passage)]
    if not isinstance(row, dict) or sorted(row) != sorted(names):
        raise ValueError(f"{PASSAGES}: entry {place} is {str(row)[:60]}, expected {', '.join(names)}")
    values: dict[str, Any] = {name: tuple(own) if isinstance(own, list) else own for name, own in row.items()}
    return Passage(**values)
