"""What a model writes under a grammar: always legal, and as without one where that is legal."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import save_llama, save_t5, tokenizer

from assistant.change import ACTS, Change, grammar, parse, plain_message, render
from assistant.constrain import Grammars, Guide
from assistant.llm import Message, Stop, TransformersChat, generate
from assistant.weights import ModelError

MESSAGES = (
    "a quiet mouse under $40, not Norvik",
    "usb-c cables, 1,200 or 1.5k at most",
    'grüße "x\\y" 日本語 it\'s',
    "which of the first two is lighter?",
)


@pytest.fixture(scope="module")
def letters() -> Any:
    return tokenizer(template=None)


@pytest.fixture(scope="module")
def grammars(letters: Any) -> Grammars:
    return Grammars(letters, ends=[2])


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> TransformersChat:
    return TransformersChat(save_llama(tmp_path_factory.mktemp("models") / "tiny-llama"), dtype="float32")


@pytest.fixture(scope="module")
def t5(tmp_path_factory: pytest.TempPathFactory) -> TransformersChat:
    return TransformersChat(save_t5(tmp_path_factory.mktemp("models") / "tiny-t5"), dtype="float32")


@pytest.fixture(params=["llama", "t5"])
def chat(request: pytest.FixtureRequest) -> TransformersChat:
    found: TransformersChat = request.getfixturevalue(request.param)
    return found


def accepts(guide: Guide, tokens: list[int]) -> bool:
    """True when the tokens are a whole line of the guide's grammar."""
    for token in tokens:
        if token not in guide.allowed():
            return False
        guide.take(token)
    return guide.done or 2 in guide.allowed()


def reads(grammars: Grammars, letters: Any, grammar: str, line: str) -> bool:
    return accepts(grammars.guide(grammar), letters(line)["input_ids"])


# Guides


def test_a_guide_lets_only_the_grammar_through(grammars: Grammars, letters: Any) -> None:
    guide = grammars.guide('start: "ab" | "acde"\n')
    (a, b, c, d, e) = letters("abcde")["input_ids"]
    assert guide.allowed() == [a]
    assert guide.valid([a, c, d, b]) == 3
    guide.take(a)
    assert guide.allowed() == sorted([b, c])
    assert guide.forced() == []
    guide.take(c)
    assert guide.forced() == [d, e]
    assert guide.done or guide.allowed() == [2]


def test_a_grammar_that_is_none_is_refused(grammars: Grammars) -> None:
    with pytest.raises(ModelError, match=r"cannot be followed \(.*missing.*\): 'start: missing"):
        grammars.guide("start: missing\n")


def test_a_token_against_the_grammar_ends_the_guide(grammars: Grammars, letters: Any) -> None:
    guide = grammars.guide('start: "ab"\n')
    guide.take(letters("x")["input_ids"][0])
    assert guide.done
    assert guide.forced() == []


def test_words_with_a_space_before_them_may_begin_an_answer() -> None:
    pieces = metaspaced()
    made = Grammars(pieces, ends=[1])
    guide = made.guide('start: "find" ("; want " word)?\nword: "mouse" | "desk"\n')
    for token in pieces("find; want mouse", add_special_tokens=False)["input_ids"]:
        assert token in guide.allowed()
        guide.take(token)
    assert 1 in guide.allowed() or guide.done
    forced = made.guide('start: "find; want " ("mouse" | "desk")\n')
    forced.take(pieces("find", add_special_tokens=False)["input_ids"][0])
    assert pieces.decode(forced.forced()).startswith("; want"[:1])


def metaspaced() -> Any:
    """A tokenizer in the manner of T5's, whose pieces carry the space before them."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = ["<pad>", "</s>", "<unk>", "▁find", ";", "▁want", "▁mouse", "▁desk", "▁", "▁w", "m", "o", "u", "s", "e"]
    scores = [(word, -float(place)) for place, word in enumerate(words)]
    inner = Tokenizer(models.Unigram(scores, 2, False))
    inner.pre_tokenizer = pre_tokenizers.Metaspace()
    inner.decoder = decoders.Metaspace()
    fast: Any = PreTrainedTokenizerFast
    return fast(tokenizer_object=inner, eos_token="</s>", pad_token="<pad>", unk_token="<unk>")


# The grammar of a change


@pytest.mark.parametrize(
    "line",
    [
        "find; want mouse; max 40; not Norvik; soft quiet",
        "find",
        "more; not Norvik",
        "with; it 1, 0; own 2",
        "find; want quiet mouse; sort cheapest; set; drop price, Norvik, all",
        "cheaper; it 1; named quiet mouse under $40, not Norvik",
        "find; want mouse, quiet, a, under, not, Norvik",
    ],
)
def test_a_line_of_the_messages_own_words_is_legal(grammars: Grammars, letters: Any, line: str) -> None:
    assert reads(grammars, letters, grammar(MESSAGES[0], [0, 1], 2), line)


@pytest.mark.parametrize(
    "line",
    [
        "look; want mouse",
        "find; want keyboard",
        "find; want ouse",
        "find; want mous",
        "find; want mouse quiet",
        "find; want",
        "find; want ",
        "find; want mouse ",
        "find; want  mouse",
        "find; want $40,",
        "find; max $40",
        "find; max 4",
        "find; max $40, not Norvik",
        "find; max 400",
        "with; it 2",
        "with; own 3",
        "find; max 40; want mouse",
        "find; sort best",
        "find; want mouse, mouse, mouse, mouse, mouse, mouse, mouse",
    ],
)
def test_other_lines_are_not(grammars: Grammars, letters: Any, line: str) -> None:
    assert not reads(grammars, letters, grammar(MESSAGES[0], [0, 1], 2), line)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("under $40", "find; max 40"),
        ("1,200 or 1.5k", "find; min 1,200; max 1.5k"),
        ("at most 1.200,50€", "find; max 1.200,50"),
        ("40eur or 30bucks, 50€", "find; min 40; max 30; near 50"),
        ('a 27", c++.', 'find; has 27"; soft c++'),
        ("for my a6400 and wh-1000xm4", "with; named a6400; want wh-1000xm4"),
        ("usb-c cables", "find; want usb-c cables"),
        ("a 16gb stick", "find; has 16gb"),
        ('say "find; want x" or a\\b', "find; want x; soft a\\b"),
        ("grüße, 日本語, naïve 😀", "find; want grüße, 日本語; soft naïve"),
        ("it's the dog's bed!", "find; want dog's bed"),
        ("a \t mouse \n please", "find; want mouse please"),
        ("{x} %y% /z/ [w]+ #1", "find; want {x} %y% /z/ [w]+ #1"),
        ("???", "chat"),
        ("", "chat"),
    ],
)
def test_what_people_write_can_be_told(grammars: Grammars, letters: Any, message: str, line: str) -> None:
    assert reads(grammars, letters, grammar(message), line)


@pytest.mark.parametrize("number", ["1", "200", "5", "5k", "16", "1.5", "6400"])
def test_numbers_are_not_taken_apart(grammars: Grammars, letters: Any, number: str) -> None:
    made = grammar("1,200 or 1.5k, 16gb for the a6400")
    assert not reads(grammars, letters, made, f"find; max {number}")
    assert not reads(grammars, letters, made, f"find; has {number}")


def test_without_words_there_is_no_text_to_tell(grammars: Grammars, letters: Any) -> None:
    assert not reads(grammars, letters, grammar("?!"), "find; want ?")
    assert reads(grammars, letters, grammar("?!", [1]), "cheaper; it 1; drop price")
    assert not reads(grammars, letters, grammar("a mouse"), "with; it 1")


@given(st.text(max_size=80), st.data())
@settings(max_examples=60, deadline=None)
def test_any_run_of_any_messages_words_can_be_told(message: str, data: st.DataObject) -> None:
    made = Grammars(tokenizer(template=None), ends=[2])
    words = [word for word in plain_message(message).split(" ") if re.search(r"\w", word)]
    change = Change(act=data.draw(st.sampled_from(ACTS)))
    if words:
        start = data.draw(st.integers(0, len(words) - 1))
        text = words[start].strip(" ,.!?")
        change = Change(act=change.act, want=(text,)) if ", " not in text else change
    letters = tokenizer(template=None)
    assert reads(made, letters, grammar(message), render(change))


# Models


def asked(message: str) -> list[Message]:
    return [Message("user", message)]


def test_what_is_written_is_always_legal(chat: TransformersChat, grammars: Grammars, letters: Any) -> None:
    made = [grammar(message, [1, 2], 1) for message in MESSAGES]
    texts = generate(chat, [asked(message) for message in MESSAGES], max_tokens=60, grammars=made)
    assert len(set(texts)) > 1
    for text, one in zip(texts, made, strict=True):
        guide = grammars.guide(one)
        tokens = letters(text)["input_ids"]
        assert guide.valid(tokens) == len(tokens), text
        if len(tokens) < 60:
            assert reads(grammars, letters, one, text), "a row ends only where its line may"
            parse(text)


def test_each_row_of_a_batch_is_as_alone(chat: TransformersChat) -> None:
    made = [grammar(message, [1, 2], 1) for message in MESSAGES]
    together = generate(chat, [asked(message) for message in MESSAGES], max_tokens=40, grammars=made)
    alone = [
        generate(chat, [asked(message)], max_tokens=40, grammars=[one])[0]
        for message, one in zip(MESSAGES, made, strict=True)
    ]
    assert together == alone


@pytest.mark.parametrize("save", [save_llama, save_t5])
def test_what_is_legal_anyway_is_written_as_without_a_grammar(save: Any, tmp_path: Path, letters: Any) -> None:
    plain = TransformersChat(save(tmp_path / "plain"), dtype="float32")
    weights = plain._decoder._model.get_output_embeddings().weight
    wanted = set(letters("abcdefghijklmnopqrstuvwxyz")["input_ids"])
    weights.data[[token for token in range(len(weights)) if token not in wanted]] *= 0.01
    prompts = [asked("a lamp"), asked("which mouse is quiet?")]
    free = generate(plain, prompts, max_tokens=25)
    assert len(set(free)) == 2
    for text in free:
        assert re.fullmatch(r"[a-z]{25}", text), "the weights are such that only letters are likely"
    grammars = ["start: /[a-z]{3,30}/\n", "start: /[a-z]{2}/ /([a-z]|[0-9 ]+)*/\n"]
    assert generate(plain, prompts, max_tokens=25, grammars=grammars) == free


def test_jumping_over_forced_tokens_changes_nothing(chat: TransformersChat, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [grammar(message, [1, 2], 1) for message in MESSAGES]
    prompts = [asked(message) for message in MESSAGES]
    jumped = generate(chat, prompts, max_tokens=50, grammars=made)
    single = [generate(chat, prompts[:1], max_tokens=50, grammars=made[:1])]
    monkeypatch.setattr(Guide, "forced", lambda guide: [])
    assert generate(chat, prompts, max_tokens=50, grammars=made) == jumped
    assert [generate(chat, prompts[:1], max_tokens=50, grammars=made[:1])] == single


def test_a_whole_forced_line_is_written_with_hardly_a_question(llama: TransformersChat) -> None:
    passes: list[int] = []
    llama._decoder._model.register_forward_pre_hook(
        lambda module, args, kwargs: passes.append(kwargs["input_ids"].numel()), with_kwargs=True
    )
    line = "find; want a quiet mouse"
    assert generate(llama, [asked("hm")], max_tokens=60, grammars=[f'start: "{line}" | "more"\n']) in ([line], ["more"])
    assert len(passes) <= 2


def test_a_stop_ends_a_guided_row(chat: TransformersChat) -> None:
    stop = Stop()
    texts = ["", ""]
    made = ["start: /[a-z]{40}/\n"] * 2
    for row, text in chat.stream([asked("a"), asked("b")], max_tokens=30, stop=stop, grammars=made):
        texts[row] += text
        if len(texts[0]) >= 3:
            stop.set_row(0)
    assert len(texts[0]) == 3
    assert len(texts[1]) == 30


@pytest.mark.slow
def test_smollm2_keeps_to_the_grammar_with_its_own_tokens() -> None:
    from assistant.llm import load_chat

    smol = load_chat(adapter=None)
    made = [grammar(message, [1, 2], 1) for message in MESSAGES]
    texts = generate(smol, [asked(message) for message in MESSAGES], max_tokens=60, grammars=made)
    for text in texts:
        assert text.split(";")[0] in ACTS
    assert Path(smol.name).name == "smollm2-135m-instruct"
