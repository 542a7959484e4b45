"""Training examples: rendered as the assistant renders, in the message's own words, in one part, always the same."""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from assistant.change import Change, parse, plain_message, render
from assistant.llm import Message
from assistant.prompts import understand_prompt
from finetune.examples import Example, distinct, example_of, made, main, texts_of
from finetune.rows import examples_sha256, read_examples
from finetune.states import Asked
from finetune.trades import made_up_trades, trade_of
from index.folder import Shop

ASKED = Asked(
    template="refine.max: under @",
    now="find; want mouse",
    shown=("Norvik Swift mouse", "Brio M2 mouse"),
    owned=("Norvik Slate laptop",),
    about="Tessaro One mouse",
    message="under 40 bucks; not  Norvik, quiet",
    change=Change(act="more", max="40", not_=("Norvik",), soft=("quiet",)),
)


def _made(count: int, part: str = "both", seed: int = 3) -> list[Example]:
    return list(islice(made(made_up_trades(), (), random.Random(seed), part), count))


@pytest.fixture(scope="module")
def sample() -> list[Example]:
    """Three thousand examples of both parts."""
    return _made(3000)


def _says(example: Example) -> str:
    return example.prompt[-1].content.rpartition("says: ")[2]


def test_an_example_is_what_the_assistant_would_ask_and_the_line_it_would_read() -> None:
    example = example_of(ASKED, "train")
    assert example.prompt == tuple(
        understand_prompt(ASKED.now, ASKED.shown, ASKED.owned, "under 40 bucks, not Norvik, quiet", about=ASKED.about)
    )
    assert example.answer == "more; max 40; not Norvik; soft quiet"
    assert (example.task, example.part, example.template) == ("understand", "train", ASKED.template)


@pytest.mark.parametrize(
    "change",
    [
        Change(act="more", max="45"),
        Change(act="more", not_=("norvik",)),
        Change(act="more", soft=("quie",)),
        Change(act="more", want=("under bucks",)),
        Change(act="more", drop=("price", "silent")),
    ],
    ids=render,
)
def test_a_template_whose_change_has_other_words_than_its_message_is_named(change: Change) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(ASKED.template))) as caught:
        example_of(replace(ASKED, change=change), "train")
    assert repr(texts_of(change)[-1]) in str(caught.value)


def test_what_is_dropped_by_its_name_need_not_be_said() -> None:
    example = example_of(replace(ASKED, change=Change(act="more", drop=("price", "brand", "quiet"))), "train")
    assert example.answer == "more; drop price, brand, quiet"


def test_every_answer_reads_back_as_a_change_in_the_message_s_words(sample: list[Example]) -> None:
    seen: Counter[str] = Counter()
    for example in sample:
        if example.task == "understand":
            change = parse(example.answer)
            assert render(change) == example.answer
            assert all(text in plain_message(_says(example)) for text in texts_of(change)), example
            seen[change.act] += 1
    assert len(seen) == 11, seen


def test_both_tasks_and_both_parts_come_in_their_shares(sample: list[Example]) -> None:
    tasks = Counter(example.task for example in sample)
    parts = Counter(example.part for example in sample)
    assert 0.28 < tasks["explain"] / len(sample) < 0.4
    assert 0.05 < parts["heldout"] / len(sample) < 0.11
    for part in ("train", "heldout"):
        assert {example.part for example in _made(100, part)} == {part}


def test_no_template_and_no_message_is_in_both_parts() -> None:
    rng = random.Random(5)
    trades = made_up_trades()
    sides = [islice(made(trades, (), rng, part), 1500) for part in ("train", "heldout")]
    found = distinct((one for side in sides for one in side), 2500)
    templates = [{one.template for one in found if one.part == part} for part in ("train", "heldout")]
    messages = [{_says(one) for one in found if one.part == part} for part in ("train", "heldout")]
    assert all(len(side) > 300 for side in templates)
    assert not templates[0] & templates[1]
    assert not messages[0] & messages[1]


def _example(says: str, part: str, answer: str = "chat") -> Example:
    return Example("understand", part, "t", (Message("user", f"now: find\nsays: {says}"),), answer)


def test_examples_are_told_apart_by_prompt_and_answer_and_a_message_stays_in_its_part() -> None:
    rows = [
        _example("hi", "train"),
        _example("hi", "train"),
        _example("hi", "train", "thanks"),
        _example("hi", "heldout"),
        _example("bye", "heldout"),
        _example("bye", "train"),
    ]
    assert distinct(iter(rows), 3) == [rows[0], rows[2], rows[4]]


def test_when_no_more_examples_differ_it_says_how_many_there_are() -> None:
    def same() -> Iterator[Example]:
        while True:
            yield _example("hi", "train")

    with pytest.raises(ValueError, match="only 1 examples differ, expected 2"):
        distinct(same(), 2)


def test_at_least_thirty_thousand_distinct_examples_can_be_made(sample: list[Example]) -> None:
    keys = {(example.prompt[-1].content, example.answer) for example in sample}
    # Of n examples drawn from N that are equally likely, n * n / 2N come twice: with N of 30,000, 150 of 3,000. Where
    # they are not equally likely, more do, so that fewer repetitions mean more than 30,000 examples.
    assert len(sample) - len(keys) < len(sample) ** 2 / (2 * 30_000) * 0.7


@pytest.mark.slow
def test_thirty_thousand_distinct_examples_are_made() -> None:
    assert len(distinct(made(made_up_trades(), (), random.Random(1), "both"), 30_000)) == 30_000


def test_a_shop_s_own_words_are_a_part_of_the_examples(demo_shop: Shop, sample: list[Example]) -> None:
    trade = trade_of(demo_shop)
    makers = {brand for ware in trade.wares for brand in ware.brands}
    makers -= {brand for one in made_up_trades() for ware in one.wares for brand in ware.brands}
    own = list(islice(made(made_up_trades(), [(demo_shop, trade)], random.Random(2), "both"), 1000))
    # Few rationales name a maker.
    for task, least in (("understand", 0.1), ("explain", 0.03)):
        found = [one for one in own if one.task == task]
        share = sum(any(maker in one.prompt[-1].content for maker in makers) for one in found) / len(found)
        assert least < share < 0.35, task
    assert not [one for one in sample if any(f" {maker} " in one.prompt[-1].content for maker in makers)]


def test_a_shop_without_makers_gives_messages_and_leaves_explaining_to_the_others(shop: Shop) -> None:
    trade = trade_of(shop)
    unmade = replace(trade, wares=tuple(replace(ware, brands=()) for ware in trade.wares))
    found = list(islice(made(made_up_trades(), [(shop, unmade)], random.Random(2), "both"), 400))
    kinds = [f"want {ware.kind}" for ware in unmade.wares]
    assert any(kind in one.answer for one in found for kind in kinds)
    assert any(one.task == "explain" for one in found)


def test_the_command_writes_the_same_rows_again_and_prints_what_they_are(
    tmp_path: Path, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again, other = (tmp_path / f"{name}.jsonl" for name in ("first", "again", "other"))
    wanted = ["--count", "150", "--index", str(own_folder)]
    assert main([*wanted, "--out", str(first)]) == 0
    printed = capsys.readouterr().out
    # Another process has other hashes of strings: nothing may hang on the order of a set.
    command = [sys.executable, "-m", "finetune.examples", *wanted, "--out", str(again)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent.parent)
    assert first.read_bytes() == again.read_bytes()
    found = read_examples([first])
    assert len(found) == 150
    counts = Counter((one.task, one.part) for one in found)
    for (task, part), number in counts.items():
        assert re.search(rf"{task} +{part} +{number}\n", printed)
    assert f"150 examples, sha256 {examples_sha256(found)}" in printed
    assert main([*wanted, "--seed", "1", "--part", "heldout", "--out", str(other)]) == 0
    assert {one.part for one in read_examples([other])} == {"heldout"}


def test_liked_rationales_are_among_the_examples_but_not_held_out(tmp_path: Path) -> None:
    transcripts, out = tmp_path / "likes.jsonl", tmp_path / "out.jsonl"
    evidence = [["kind", "mouse"], ["attribute", "weight: 78 g"]]
    row = {"evidence": evidence, "sentence": "This mouse has a weight of 78 g.", "liked": True}
    transcripts.write_text(f"{json.dumps(row)}\n{json.dumps(row)}\n", "utf-8")
    for part, times in (("both", 1), ("train", 1), ("heldout", 0)):
        given = ["--count", "20", "--part", part, "--transcripts", str(transcripts), "--out", str(out)]
        assert main(given) == 0
        liked = [one for one in read_examples([out]) if one.template == "liked: likes.jsonl"]
        assert [one.answer for one in liked] == [row["sentence"]] * times


def test_what_cannot_be_read_ends_the_command_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n", "utf-8")
    for given, told in (
        (["--index", str(tmp_path / "none")], "none is no folder"),
        (["--transcripts", str(broken)], "broken.jsonl:1"),
    ):
        assert main([*given, "--out", str(tmp_path / "out.jsonl")]) == 2
        error = capsys.readouterr().err
        assert told in error and error.count("\n") == 1
        assert not (tmp_path / "out.jsonl").exists()
