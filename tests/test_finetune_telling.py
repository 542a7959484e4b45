"""Examples of rationales: what they tell is in the evidence, they are served as they are learned, and they vary."""

import random
import re
from collections import Counter
from itertools import islice

import pytest

from assistant.dialogue import TIES, Evidence
from assistant.ground import unsupported
from assistant.plan import OPENERS, Plan, firsts, told_with
from assistant.prompts import tuned_rationale_prompt
from finetune.examples import Example
from finetune.patterns import MAINS
from finetune.sentences import WORDS, part_of, said, templates
from finetune.telling import example_of, examples, made_up
from finetune.trades import made_up_trades
from index.folder import Shop

LEADS = {
    "asked": ("asked",),
    "history": ("again", "brand", "listed", "together"),
    "companion": ("goes", "fits", "named", "listed", "together"),
    "feature": ("feature", "flag"),
    "compared": ("compared", "most"),
    "rating": ("rating",),
}
EVIDENCE = (
    Evidence("name", "Norvik Swift 40 Wireless Mouse"),
    Evidence("companion", "listed as working with your Tern 150"),
    Evidence("asked", "you asked for wireless"),
    Evidence("kind", "mouse"),
    Evidence("brand", "Norvik"),
    Evidence("attribute", "connection: Bluetooth"),
    Evidence("attribute", "weight: 78 g"),
    Evidence("rating", "rated 4.5 of 5 by 900 shoppers"),
    Evidence("compared", "the lightest of these four"),
    Evidence("against", "no backlight in its record"),
)


def _some(count: int, seed: int = 1, part: str = "train") -> list[tuple[tuple[Evidence, ...], Example]]:
    rng = random.Random(seed)
    found: list[tuple[tuple[Evidence, ...], Example]] = []
    while len(found) < count:
        evidence = made_up(rng.choice(made_up_trades()), rng)
        example = example_of(evidence, rng, part)
        if example:
            found.append((evidence, example))
    return found


def test_every_sentence_passes_the_check() -> None:
    for part in ("train", "heldout"):
        for evidence, example in _some(250, part=part):
            assert unsupported(example.answer, evidence) == (), example.answer


def test_few_sentences_are_held_back_by_the_check() -> None:
    # The patterns themselves hold to the evidence; what is held back is made-up words that do not go together.
    rng = random.Random(2)
    made = refused = 0
    while made < 500:
        evidence = made_up(rng.choice(made_up_trades()), rng)
        own = firsts(evidence)
        sentence = said(told_with(evidence, rng.choice(own)), rng, "train") if own else None
        if sentence:
            made += 1
            refused += bool(unsupported(sentence.text, evidence))
    assert refused / made < 0.05


def test_a_shops_own_products_are_told(demo_shop: Shop) -> None:
    rng = random.Random(3)
    found = list(islice(examples(demo_shop, made_up_trades()[0], rng, "train"), 300))
    titles = {word for product in demo_shop.rows for word in product.title.split() if len(word) > 5}
    own = [one for one in found if set(re.findall(r"\w+", one.answer)) & titles]
    assert len(own) > 40
    assert any("your" in one.answer.split() for one in own)


def test_the_shopper_is_told_why_in_a_short_sentence() -> None:
    for _, example in _some(400):
        assert len(example.answer.split()) in WORDS
        assert example.answer.endswith(".")
        assert "\n" not in example.answer
        assert "{" not in example.answer
        assert not re.search(r"\b(?:best|great|perfect|price|costs?|in stock)\b|[$€£]", example.answer)


def test_the_prompt_is_the_one_that_is_served() -> None:
    for evidence, example in _some(200):
        begin = example.prompt[-1].content.partition("\n")[0].removeprefix("begin: ")
        assert example.answer.startswith(begin)
        plans = [Plan(told_with(evidence, first), begin) for first in firsts(evidence)]
        assert list(example.prompt) in [tuned_rationale_prompt(plan) for plan in plans]
        assert example.task == "explain"


def test_need_and_drawback_are_named() -> None:
    for evidence, example in _some(400):
        told = example.prompt[-1].content
        if any(one.source in TIES | {"asked"} for one in evidence if one.text in told):
            assert re.search(r"\b(?:you|your)\b|of a kind", example.answer, re.IGNORECASE), example.answer
        if "; but " in told:
            lacking = told.rpartition("; but ")[2].removeprefix("no ").removesuffix(" in its record")
            assert lacking in example.answer, (told, example.answer)


def test_the_beginnings_vary() -> None:
    # Of one product, every form of beginning can be learned, each with several words.
    rng = random.Random(4)
    found: Counter[str] = Counter()
    for first in firsts(EVIDENCE):
        for _ in range(60):
            sentence = said(told_with(EVIDENCE, first), rng, "train")
            assert sentence is not None, first
            found[" ".join(sentence.text.split()[:3])] += 1
    assert len(found) >= 25
    assert len({answer for _, example in _some(500) for answer in [example.answer]}) > 495


@pytest.mark.parametrize("lead", LEADS)
def test_a_lead_has_many_patterns_in_both_parts(lead: str) -> None:
    assert sum(len(MAINS[form]) for form in LEADS[lead]) >= 25
    for form in LEADS[lead]:
        assert len(templates(form, "train")) > len(templates(form, "heldout")) > 0, form
        assert not set(templates(form, "train")) & set(templates(form, "heldout"))


def test_every_opener_begins_a_pattern_of_training() -> None:
    for form, openers in OPENERS.items():
        holes = {"{Rated}": "Rated", "{cmp}": "the", "{is_cmp}": "is the", "{rated}": "rated"}
        texts = [text for _, text in templates(form, "train")]
        for hole, words in holes.items():
            texts = [text.replace(hole, words) for text in texts]
        for words in openers:
            assert any(text.startswith(words) for text in texts), (form, words)


def test_a_patterns_part_is_fixed() -> None:
    parts = [part_of(f"{form}: {text}") for form, own in MAINS.items() for text in own]
    assert 0.08 < parts.count("heldout") / len(parts) < 0.3
    assert {example.part for _, example in _some(20, part="heldout")} == {"heldout"}
    for _, example in _some(50):
        assert part_of(example.template) == "train"
