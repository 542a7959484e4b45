"""Messages in other languages: told apart, read into plain English, and answered in their language."""

import json
import re
import string
from decimal import Decimal
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.dialogue import Session
from assistant.languages import detect, languages, read_language, reply_texts
from assistant.rendering import in_english
from assistant.understand import understand
from assistant.vocabulary import Vocabulary
from evals.languages import CASES, WAYS, read_language_cases
from index.folder import Shop

DATA = Path(__file__).parent.parent / "evals" / "data"
CODES = ("de", "es", "fr", "ja", "zh")


def english_messages() -> list[str]:
    """Every English message of the cases that may be looked at."""
    found = []
    for line in (DATA / "understand.jsonl").read_text(encoding="utf-8").splitlines():
        if '"part": "open"' in line:
            found += [turn["user"] for turn in json.loads(line)["turns"]]
    for line in (DATA / "demo.jsonl").read_text(encoding="utf-8").splitlines():
        found += [turn["user"] for turn in json.loads(line)["turns"]]
    return found


@pytest.fixture(scope="module")
def words(demo_shop: Shop) -> Vocabulary:
    return Vocabulary(demo_shop.rows, demo_shop.lexical)


@pytest.fixture(scope="module")
def assistant(demo_shop: Shop) -> Assistant:
    return Assistant(demo_shop, None)


def test_no_english_message_is_taken_for_another_language() -> None:
    assert [message for message in english_messages() if detect(message)] == []


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("una silla barata", "es"),
        ("Wasserkocher", "de"),
        ("je cherche une souris", "fr"),
        ("鼠标", "zh"),
        ("マウスが欲しい", "ja"),
        ("電球", "ja"),
        ("黑色耳机", "zh"),
        ("白色台灯", "zh"),
        ("最便宜的三脚架", "zh"),
        ("a cheap mouse, por favor", ""),
        ("Böhm mouse", ""),
        ("I saw 鼠 in a game title, do you have it?", ""),
        ("мышь", ""),
        ("123", ""),
        ("", ""),
    ],
)
def test_languages_are_told_apart(message: str, language: str) -> None:
    assert detect(message) == language


def test_what_the_shop_has_speaks_for_no_language() -> None:
    assert detect("teclado") == "es"
    assert detect("teclado", lambda word: word == "teclado") == ""


@pytest.mark.parametrize(
    ("language", "message", "english"),
    [
        ("de", "ein leises Keyboard unter 40 Euro, nicht von Norvik", "one quiet keyboard under 40 euro, not Norvik"),
        ("de", "Gaming-Mäuse", "gaming mouse"),
        ("es", "ratón sin cable", "mouse wireless"),
        ("es", "altavoces portátiles", "speaker portable"),
        ("fr", "souris sans fil, jusqu'à 30 €", "mouse wireless, up to 30 €"),
        ("zh", "三个最便宜的键盘", "three cheapest keyboard"),
        ("zh", "不要黑色的鼠标", "not black of mouse"),
        ("ja", "1万円以下のモニター", "under 10000 ¥, monitor"),
        ("ja", "USB-Cハブ、黒以外", "USB-C usb hub, not black"),
        ("de", "Maus für meine Nichte, ab 8 Jahren", "mouse for my niece, 8 years"),
        ("de", "Geschenk für einen 3-jährigen Neffen", "gift for one 3 years nephew"),
        ("de", "Maus für Kinder ab 6", "mouse for kids 6 years"),
        ("de", "Maus ab 20 Euro", "mouse over 20 euro"),
        ("es", "ratón a partir de 8 años", "mouse 8 years"),
        ("es", "ratón a partir de 20 euros", "mouse over 20 euro"),
        ("fr", "souris dès 8 ans pour 2 personnes", "mouse 8 years for 2 people"),
        ("zh", "8岁以上孩子的鼠标", "8 years, kids of mouse"),
        ("zh", "2个人体工学鼠标", "2 ergonomic mouse"),
        ("zh", "两人用的鼠标", "2 people, mouse"),
        ("ja", "8歳以上のマウス", "8 years, mouse"),
        ("de", "Kopfhörer, kein In-Ear", "headphones, not in-ear"),
        ("de", "keine Maus, eine Tastatur", "not mouse, a keyboard"),
        ("de", "was passt dazu?", "what goes with it?"),
        ("de", "was passt zum ersten?", "what goes with the first one?"),
        ("de", "leg die zweite in den Warenkorb", "add the second one to cart"),
        ("es", "pon el primero en el carrito", "add the first one to cart"),
        ("fr", "ajoute le premier au panier", "add the first one to cart"),
        ("zh", "把第一个加入购物车", "add the first one to cart"),
        ("ja", "一つ目をカートに入れて", "add the first one to cart"),
        ("de", "gibt es eine Tasche dafür?", "one case for it?"),
        ("de", "das zweite in blau?", "the second one in blue?"),
        ("fr", "qu'est-ce qui va avec ça ?", "what goes with it?"),
        ("zh", "退货政策是什么", "return policy"),
        ("ja", "返品ポリシーは何ですか", "return policy"),
        ("es", "¿cuál es la política de devoluciones?", "return policy?"),
        ("fr", "quelle est votre politique de retour ?", "return policy?"),
        ("de", "wie ist euer Rückgaberecht?", "return policy?"),
        ("de", "kann ich die Maus zurückgeben?", "what is your return policy"),
        ("es", "¿puedo devolver el ratón?", "what is your return policy"),
        ("fr", "puis-je retourner la souris ?", "what is your return policy"),
        ("ja", "返品はできますか", "return policy"),
        ("es", "¿cuánto cuesta el envío?", "shipping cost?"),
        ("fr", "combien coûte la livraison ?", "shipping cost?"),
        ("de", "Garantie?", "how long is the warranty"),
        ("zh", "保修多久", "how long is the warranty"),
    ],
)
def test_messages_are_rendered_into_plain_english(language: str, message: str, english: str, words: Vocabulary) -> None:
    read = in_english(message, language, words)
    assert re.sub(r"\s+", " ", read.text) == english
    assert read.unread == ()


def test_words_that_nothing_is_known_of_are_told(words: Vocabulary) -> None:
    read = in_english("eine Maus mit Zwiebelgeschmack", "de", words)
    assert read.unread == ("Zwiebelgeschmack",)
    asked = in_english("eine Maus mit Zwiebelgeschmack", "de", words, lambda text: "keyboard")
    assert asked.text.endswith("keyboard")
    assert asked.unread == ()


@pytest.mark.parametrize(
    "message",
    [
        "Maus unter 40 Euro, weder Pellwin noch Corvessa, auf Lager",
        "ratón por menos de 40 euros, ni Pellwin ni Corvessa, en stock",
        "souris à moins de 40 euros, sans Pellwin ni Corvessa, en stock",
        "40美元以下的鼠标，不要Pellwin和Corvessa，要有货的",
        "40ドル以下のマウス、PellwinとCorvessa以外、在庫あり",
    ],
)
def test_constraints_hold_as_hard_as_in_english(message: str, assistant: Assistant) -> None:
    reply = assistant.reply(assistant.session(), message)
    held = reply.request.constraints
    assert held.price_max == Decimal(40)
    assert set(held.not_brands) == {"Pellwin", "Corvessa"}
    assert held.in_stock
    assert reply.product_ids
    assert all(held.matches(assistant.shop.products[one]) for one in reply.product_ids)


@pytest.mark.parametrize(
    "message",
    [
        "keine Maus, eine Tastatur",
        "nada de ratones, un teclado",
        "pas de souris, mais un clavier",
        "不要鼠标，要一个键盘",
    ],
)
def test_what_stands_behind_a_refusal_is_sought(message: str, demo_shop: Shop, words: Vocabulary) -> None:
    request = understand(Session(), message, demo_shop, words)
    assert request.kinds == ("keyboard",)
    assert request.constraints.not_categories == ("Mice",)


def test_a_few_words_go_on_in_the_language_before(demo_shop: Shop, assistant: Assistant, words: Vocabulary) -> None:
    first = assistant.reply(assistant.session(), "ein Monitor unter 900 Euro")
    second = assistant.reply(first.session, "ok")
    assert second.request.language == "de"
    english = understand(first.session, "show me the cheapest", demo_shop, words)
    assert english.language == ""
    assert understand(Session(), "ok", demo_shop, words).language == ""


MESSAGES = {
    "de": ("Monitor unter 900 Euro", "was passt zu dem ersten", "Monitor unter 1 Euro", "vergleiche die ersten beiden"),
    "es": ("monitor por menos de 900 euros", "más como este", "monitor por menos de 1 euro", "compara"),
    "fr": ("écran à moins de 900 euros", "similaire à cela", "écran à moins de 1 euro", "comparer"),
    "zh": ("900以下的显示器", "类似的", "1元以下的显示器", "比较一下"),
    "ja": ("900ドル以下のモニター", "似たもの", "1ドル以下のモニター", "比較して"),
}
COMMON = {
    "de": ("danke", "hallo", "was kostet der Versand?", "ein Fahrrad", "eine Maus von Logitech", "Xyzzy bitte"),
    "es": ("gracias", "hola", "gastos de envío", "una bicicleta", "un ratón de Logitech", "quiero xyzzy"),
    "fr": ("merci", "bonjour", "frais de livraison ?", "un vélo", "une souris de Logitech", "je veux xyzzy"),
    "zh": ("谢谢", "你好", "运费多少", "自行车", "Logitech的鼠标", "我想买犰狳"),
    "ja": ("ありがとう", "こんにちは", "送料はいくらですか", "自転車", "Logitechのマウス", "アルマジロが欲しい"),
}
_ENGLISH = re.compile(
    r"\b(?:the|that|which|products?|with|what|this|of|and|is|are|not|you|your|fits?|found|nothing|please|which|mean)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", CODES)
def test_a_reply_has_no_english_sentence(language: str, assistant: Assistant) -> None:
    session = assistant.session()
    for message in (*MESSAGES[language], *COMMON[language]):
        reply = assistant.reply(session, message)
        assert reply.request.language == language, message
        said = reply.text
        titles = [product.title for product in assistant.shop.rows] + [product.brand for product in assistant.shop.rows]
        for name in sorted(set(titles), key=len, reverse=True):
            said = said.replace(name, "") if name else said
        assert said.strip(), message
        assert not _ENGLISH.search(said), (message, reply.text)
        session = reply.session


@pytest.mark.parametrize("language", CODES)
def test_quick_replies_are_understood(language: str, words: Vocabulary) -> None:
    texts = reply_texts(language)
    assert in_english(texts["quick_cheaper"], language, words).text == "cheaper"
    assert "in stock" in in_english(texts["quick_stock"], language, words).text
    refusal = in_english(texts["quick_not"].format(name="Norvik"), language, words).text
    assert re.fullmatch(r"(?:not|without) Norvik", refusal.strip(" ,"))


def test_every_language_has_every_sentence_with_the_same_holes() -> None:
    def holes(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    assert set(languages()) == set(CODES)
    german = reply_texts("de")
    for code in CODES:
        texts = reply_texts(code)
        assert texts.keys() == german.keys()
        assert {key: holes(text) for key, text in texts.items()} == {key: holes(text) for key, text in german.items()}
    assert reply_texts("xx") == {}


def test_a_language_is_added_by_a_file() -> None:
    dutch = read_language("nl", "kind\ttoetsenbord\tkeyboard\nword\tniet\tnot\ndrop\tgraag\n", "nl.tsv")
    assert dutch.spaced
    assert dutch.entries["toetsenbord"].english == "keyboard"


@pytest.mark.parametrize("row", ["thing\tMaus\tmouse", "kind\tMaus", "kind"])
def test_a_row_that_is_none_is_told_with_its_line(row: str) -> None:
    with pytest.raises(ValueError, match=r"de\.tsv:2: .* expected a section"):
        read_language("de", f"word\tleise\tquiet\n{row}\n", "de.tsv")


def test_the_cases_are_whole() -> None:
    cases = read_language_cases(CASES)
    assert {one.language for one in cases} == set(CODES)
    for code in CODES:
        own = [one for one in cases if one.language == code]
        assert len(own) >= 20
        assert len({one.user for one in own}) == len(own)
        assert abs(sum(1 if one.part == "open" else -1 for one in own)) <= 1
    assert WAYS["embedder"] == {"kind"}
