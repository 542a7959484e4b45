"""Documents: how Markdown becomes passages, how they are found, kept in an index folder and not embedded twice."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build import build, main
from index.documents import Documents, Passage, embed_documents, read_documents, sentences
from index.embed import HashEmbedder, Progress, Vectors
from index.feeds import FeedError, Rejected
from index.folder import IndexFolderError, Shop, open_shop, read_manifest

RETURNS = """---
title: Returns
kind: policy
---
# Returns

Our **shop** takes [things](https://shop.example/returns) back.

## Change of mind

You may send back anything within 30 days,
without a reason. The box may be open.

- Keep the `receipt`.
- Opened games stay yours.

### Gifts <!-- not for readers -->

| Who | How long |
| --- | --- |
| anybody | 60 days |

## Change of mind

```
# no heading
```

Twice the same heading.
"""
GUIDE = """---
kind: guide
about: [Monitors, Monitor Arms]
---
# Choosing a monitor

For games, 144 Hz are worth it.
"""


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def passages(folder: Path) -> list[Passage]:
    found = list(read_documents(folder))
    assert all(isinstance(one, Passage) for one in found)
    return [one for one in found if isinstance(one, Passage)]


def test_a_document_is_split_at_its_headings(tmp_path: Path) -> None:
    found = passages(write(tmp_path, returns=RETURNS))
    assert [(one.headings, one.anchor, one.text) for one in found] == [
        ((), "returns", "Our shop takes things back."),
        (
            ("Change of mind",),
            "change-of-mind",
            "You may send back anything within 30 days, without a reason. The box may be open.\n"
            "Keep the receipt.\nOpened games stay yours.",
        ),
        (("Change of mind", "Gifts"), "gifts", "Who, How long\nanybody, 60 days"),
        (("Change of mind",), "change-of-mind-1", "# no heading\nTwice the same heading."),
    ]
    assert {(one.document, one.kind, one.file, one.about) for one in found} == {("Returns", "policy", "returns.md", ())}


def test_front_matter_names_kind_and_categories_and_may_be_missing(tmp_path: Path) -> None:
    listed = GUIDE.replace("about: [Monitors, Monitor Arms]", "about:\n  - Monitors\n  - Monitor Arms")
    found = passages(write(tmp_path, a=GUIDE, b=listed, c="Just text.", d="# A title\n\nText."))
    told = [(one.document, one.kind, one.about) for one in found]
    assert told[:2] == [("Choosing a monitor", "guide", ("Monitors", "Monitor Arms"))] * 2
    assert told[2:] == [("c", "policy", ()), ("A title", "policy", ())]


def test_a_long_section_is_several_passages_under_one_heading(tmp_path: Path) -> None:
    text = "\n\n".join(["# Terms", *(f"Paragraph {number} {'word ' * 100}" for number in range(5))])
    found = passages(write(tmp_path, terms=text))
    assert len(found) == 3
    assert {one.anchor for one in found} == {"terms"}
    assert all(len(one.text) <= 1200 for one in found)


def test_sentences_are_as_they_are_written() -> None:
    passage = Passage(
        "D", "policy", (), "Open to 4 p.m. Eastern time. Closed on Sundays! 10 % off?\nNext line", "d.md", ""
    )
    assert sentences(passage) == ("Open to 4 p.m. Eastern time.", "Closed on Sundays!", "10 % off?", "Next line")


def test_what_cannot_be_read_is_rejected_with_file_and_reason(tmp_path: Path) -> None:
    folder = write(
        tmp_path, a_empty="# Only a heading\n", b_kind="---\ntitle: X\nkind: novel\n---\nText.", c_good="Text."
    )
    (folder / "d_bytes.md").write_bytes(b"\xff\xfe\x00")
    (folder / ".hidden.md").write_text("Secret.", encoding="utf-8")
    (tmp_path.parent / "outside.txt").write_text("Not of this shop.", encoding="utf-8")
    (folder / "e_link.md").symlink_to(tmp_path.parent / "outside.txt")
    found = list(read_documents(folder))
    assert [one.file for one in found if isinstance(one, Passage)] == ["c_good.md"]
    told = [(Path(one.file).name, one.line, one.field, one.expected) for one in found if isinstance(one, Rejected)]
    assert told == [
        ("a_empty.md", 1, "text", "text under a heading"),
        ("b_kind.md", 3, "kind", "one of policy, guide, article"),
        ("d_bytes.md", 1, "file", "Markdown in UTF-8"),
        ("e_link.md", 1, "file", "a file in the folder"),
    ]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="nowhere: no such folder"):
        list(read_documents(tmp_path / "nowhere"))


class CountingEmbedder(HashEmbedder):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return super().embed(texts, progress)


def known(folder: Path) -> Documents:
    return embed_documents(passages(folder), None, HashEmbedder())[0]


def test_a_passage_is_found_by_words_and_meaning_with_scores_of_0_to_1(tmp_path: Path) -> None:
    documents = known(write(tmp_path, returns=RETURNS, monitor=GUIDE))
    question = "how many days do I have to send something back?"
    found = documents.find(question, HashEmbedder().embed([question])[0], 3)
    assert found[0].passage.anchor == "change-of-mind"
    assert sentences(found[0].passage)[found[0].sentence].startswith("You may send back")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 <= number <= 1 for one in found for number in (one.score, one.words, one.meaning))


def test_words_that_mean_the_same_count_less_than_the_word_and_function_words_nothing(tmp_path: Path) -> None:
    documents = known(write(tmp_path, a="# Shipping\n\nShipping is free.", b="# Wood\n\nOak and ash."))
    blind = np.zeros(HashEmbedder.dimension, np.float32)
    exact, alike, nothing = (
        documents.find(one, blind, 1)[0].words for one in ("shipping", "delivery", "do you have it")
    )
    assert exact == 1.0
    assert alike == pytest.approx(0.7)
    assert nothing == 0.0


def test_other_kinds_may_be_left_out(tmp_path: Path) -> None:
    documents = known(write(tmp_path, returns=RETURNS, monitor=GUIDE))
    vector = HashEmbedder().embed(["monitor"])[0]
    assert {one.passage.kind for one in documents.find("monitor", vector, 9, "policy")} == {"policy"}


def test_a_shop_without_documents_finds_none(shop: Shop) -> None:
    assert not shop.documents
    assert shop.promotions == ()
    assert shop.documents.find("do you ship?", np.zeros(HashEmbedder.dimension, np.float32), 3) == []


def test_documents_and_promotions_are_in_the_folder_and_only_what_changed_is_embedded(
    feed_folder: Path, tmp_path: Path
) -> None:
    folder = write(tmp_path / "documents", returns=RETURNS, monitor=GUIDE, empty="")
    promotions = tmp_path / "promotions.jsonl"
    promotions.write_text(
        '{"promotion_id": "a", "title": "A", "percent": "5", "covers": {"everything": true}}\n{"title": "B"}\n',
        encoding="utf-8",
    )
    embedder = CountingEmbedder()

    def again() -> list[str]:
        embedder.texts.clear()
        report = build(
            [feed_folder / "products.jsonl"], tmp_path / "index",
            documents=folder, promotions=promotions, embedder=embedder,
        )  # fmt: skip
        assert (report.passages, report.promotions) == (5, 1)
        assert sorted(Path(row.file).name for row in report.rejected) == ["empty.md", "promotions.jsonl"]
        return [text for text in embedder.texts if "monitor" in text or "Change of mind" in text]

    assert len(again()) > 5
    assert again() == []
    write(folder, monitor=GUIDE.replace("144", "165"))
    assert again() == [
        "Choosing a monitor. For games, 165 Hz are worth it.",
    ]
    opened = open_shop(tmp_path / "index", HashEmbedder())
    try:
        assert {one.file for one in opened.documents.passages} == {"returns.md", "monitor.md"}
        assert [one.promotion_id for one in opened.promotions] == ["a"]
    finally:
        opened.close()


def test_a_folder_from_before_there_were_documents_opens(own_folder: Path) -> None:
    inside = own_folder / read_manifest(own_folder).generation
    for name in ("passages.json", "passages.npy", "promotions.jsonl"):
        (inside / name).unlink()
    opened = open_shop(own_folder)
    assert not opened.documents
    opened.close()


@pytest.mark.parametrize("text", ["[{}]", "{", '[{"document": "D"}]', "null"])
def test_damaged_passages_are_a_damaged_folder(text: str, own_folder: Path) -> None:
    (own_folder / read_manifest(own_folder).generation / "passages.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexFolderError, match="is damaged"):
        open_shop(own_folder)


def test_fewer_vectors_than_sentences_are_refused(tmp_path: Path) -> None:
    documents = known(write(tmp_path, returns=RETURNS))
    with pytest.raises(ValueError, match="vectors of passages and sentences, expected"):
        Documents(documents.passages, documents.vectors[1:])


def test_the_command_takes_both(feed_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "documents", monitor=GUIDE)
    given = [str(feed_folder / "products.jsonl"), "--out", str(tmp_path / "index"), "--embedder", "hash-256"]
    assert main([*given, "--documents", str(folder)]) == 0
    assert "passages 1, promotions 0, rejected 0" in capsys.readouterr().out
    shutil.rmtree(folder)
    assert main([*given, "--documents", str(folder)]) == 2
    assert "no such folder, expected one of Markdown files" in capsys.readouterr().err
