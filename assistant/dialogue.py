"""What the stages of a turn exchange: frozen records, no behaviour beyond the fold of a session.

A session is a fold over messages: a reply carries the next session, and nothing is changed in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.catalog import Constraints, Product
from index.documents import Passage
from index.promotions import Offer

ACTS = (
    "find", "goes_with", "more_like", "compare", "question", "shop_question", "cart", "memory", "clarify",
    "chat", "thanks", "unsafe", "unclear",
)  # fmt: skip
"""What a message asks for; only the first three ask for products. "clarify" is asked back by the assistant."""

RECENT = 30
"""How many of a shopper's last purchases speak for them."""

TIES = frozenset({"companion", "history"})
"""Sources of evidence that tie a product to what the shopper named or owns."""

FACTS = frozenset({"attribute", "rating"})
"""Sources of evidence that tell what a product is like."""

PRODUCT_ACTS = frozenset({"find", "goes_with", "more_like"})


@dataclass(frozen=True, slots=True)
class Request:
    """What the shopper asks for, as understood; `constraints` is the state in force after the turn.

    `query` holds the words to retrieve with, `kinds` the kinds of product sought (the catalogue's own names),
    `anchor_ids` the products the message is about ("this laptop"), `anchor_text` the words that named the anchor,
    `order` one of "", "cheapest", "dearest", "best_rated", "newest"; `preferences` are soft wishes in words, which
    may be relaxed; `around` is a price the shopper named without bounding it; `count` is how many products were
    asked for, None when not said. `unknown` is the word for what is sought when no record has it; `doubts` are
    sentences for the shopper about what could not be understood or was read in one of several ways. With `bundle`, a
    set of different kinds is asked for, and `constraints.price_max` is what it may cost in all. With `gift`, what the
    shopper bought says nothing, since it is for somebody else. `language` is that of the message, "" for English;
    `options` are the products among which a "clarify" asks to choose; `deed` is what a "cart" or "memory" message
    does: "add", "remove", "set", "show", "empty"; "forget", "ignore", "use", "show", "like", "dislike". How many pieces
    of the cart are meant is `count`, None for one more, or for all that are to go.
    """

    act: str = "find"
    query: str = ""
    kinds: tuple[str, ...] = ()
    constraints: Constraints = field(default_factory=Constraints)
    anchor_ids: tuple[str, ...] = ()
    anchor_text: str = ""
    preferences: tuple[str, ...] = ()
    around: Decimal | None = None
    order: str = ""
    count: int | None = None
    unknown: str = ""
    doubts: tuple[str, ...] = ()
    bundle: bool = False
    gift: bool = False
    language: str = ""
    options: tuple[str, ...] = ()
    deed: str = ""

    @property
    def wants_products(self) -> bool:
        """True when the turn is to be answered with products."""
        return self.act in PRODUCT_ACTS


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, what was understood of it, and what was answered."""

    message: str
    request: Request
    text: str
    shown_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What the shopper said about what is remembered: keys of beliefs taken back, products liked and not wanted, and
    whether the purchases are left out of account.
    """

    forgotten: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    history_off: bool = False


@dataclass(frozen=True, slots=True)
class CartLine:
    """A product in the cart, and how many of it; `variant_id` is "" where no variant was chosen, or there is none."""

    product_id: str
    quantity: int = 1
    variant_id: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A shopper's conversation so far. `history` holds product ids, oldest to newest."""

    user_id: str | None = None
    history: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    memory: Memory = field(default_factory=Memory)
    cart: tuple[CartLine, ...] = ()

    @property
    def remembered(self) -> tuple[str, ...]:
        """The purchases that speak for the shopper, oldest to newest: none forgotten, none while they are off."""
        if self.memory.history_off:
            return ()
        if not self.memory.forgotten:
            return self.history
        gone = set(self.memory.forgotten)
        return tuple(one for one in self.history if owns_key(one) not in gone)

    @property
    def recent(self) -> tuple[str, ...]:
        """The last purchases that speak for the shopper: at most RECENT of them."""
        return self.remembered[-RECENT:]

    def spoken_for(self, request: Request) -> "Session":
        """The session by which a request is answered: purchases say nothing of a gift."""
        return replace(self, history=()) if request.gift else self

    @property
    def seen(self) -> frozenset[str]:
        """Every product shown in this session."""
        return frozenset(one for turn in self.turns for one in turn.shown_ids)

    def quantity(self, product_id: str) -> int:
        """How many of a product lie in the cart, of all its variants."""
        return sum(line.quantity for line in self.cart if line.product_id == product_id)

    @property
    def topic(self) -> Request | None:
        """The last request that asked for products, which small talk does not end; None before the first."""
        return next((turn.request for turn in reversed(self.turns) if turn.request.wants_products), None)

    @property
    def shown(self) -> tuple[str, ...]:
        """The products shown last."""
        return next((turn.shown_ids for turn in reversed(self.turns) if turn.shown_ids), ())

    @property
    def constraints(self) -> Constraints:
        """The constraints in force: those after the last turn."""
        return self.turns[-1].request.constraints if self.turns else Constraints()


def owns_key(product_id: str) -> str:
    """The key of the belief that the shopper owns a product."""
    return f"owns:{product_id}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product on its way through the turn, with the signals that speak for it.

    A signal is a number in 0..1, higher is better; the names are those of `rank.SIGNALS`. A missing signal
    is one that could not be measured. `source` says why a companion is one, in words for the shopper.
    """

    product: Product
    signals: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement that is known to be true: where it comes from ("brand", "history", ...) and its text."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A product shown, and why. `written` is True when the language model's sentence passed the check,
    False when plain facts stand in its place; `evidence` is what the sentence may state; `offers` run today.
    """

    product: Product
    rationale: str = ""
    written: bool = False
    evidence: tuple[Evidence, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    score: float = 0.0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A field in which the compared products differ, and its value for each, "–" where a record does not state it."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to four products side by side; `notes` say of each in turn whom it is for, read off the rows."""

    product_ids: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """Event: the products of the turn in their order, before any rationale is written."""

    text: str
    recommendations: tuple[Recommendation, ...]
    request: Request


@dataclass(frozen=True, slots=True)
class RationaleText:
    """Event: the rationale of one product as far as it is written and checked; replaces what was sent before."""

    product_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer of a turn, and the session to go on with.

    `product_ids` is the whole ranking, best first, of which `recommendations` are the ones shown. `nearest`
    maps the ids of the nearest products to the constraints they miss, when nothing satisfies them all.
    `comparison` is the table of a "compare"; `passages` are quoted from the store's documents; `guides` are worth
    reading beside the products; `quick` are messages that the shopper may send by a tap.
    `seconds` are by stage: understand, retrieve, rank, explain, first_products, total.
    """

    text: str
    request: Request
    session: Session
    recommendations: tuple[Recommendation, ...] = ()
    product_ids: tuple[str, ...] = ()
    nearest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    comparison: Comparison | None = None
    passages: tuple[Passage, ...] = ()
    guides: tuple[Passage, ...] = ()
    quick: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


Event = Products | RationaleText | Reply
