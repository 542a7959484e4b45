"""The sentences that say why a product fits, as patterns: how they begin, and what they go on with.

Text only: a pattern is a sentence with holes. Which holes a product can fill is known by `finetune.sentences`.
{this} is "this mouse", {vp} what it does ("weighs 78 g"), {np} what it has ("a weight of 78 g"); {vp1}, {np1}, {name1}
and {value1} speak of the first feature only, {vp2} of the second.
"""

from collections.abc import Mapping, Sequence

_GOES_ON = (
    *(", {this} {vp}", ", it {vp}", ", here is {a_kind} with {np}", ", it comes with {np}", ", {this} fits: it {vp}"),
    *(", {this} comes with {np}",),
)
"""How a sentence goes on behind a part that is no whole one."""
_SO = (
    *(
        ", {this} fits: it {vp}",
        ", here is {a_kind} with {np}",
        ", here it is, with {np}",
        ", {this} suits, as it {vp}",
    ),
    ", this one fits, with {np}",
)
"""How it goes on behind a reason."""
_AND = (
    *(", and {this} {vp}", ": {this} {vp}", "; {this} {vp}", ", with {np}", " and {vp}", ", and it comes with {np}"),
    *(": it {vp}",),
)
"""How it goes on behind a whole one about the product."""


def _crossed(begins: Sequence[str], ends: Sequence[str]) -> tuple[str, ...]:
    return tuple(begin + end for begin in begins for end in ends)


MAINS: Mapping[str, Sequence[str]] = {
    "asked": (
        "You asked for {asked}, and {this} {vp}",
        "You asked for {asked}: {this} {vp}",
        "You asked for {asked}; {this} {vp}",
        "You asked for {asked}, so here is {a_kind} with {np}",
        "You asked for {asked}, which {this} brings, with {np}",
        "You asked for {asked}, and this one {vp}",
        "You wanted {asked}, and {this} {vp}",
        "You wanted {asked}: this one {vp}",
        "You wanted {asked}; here is {a_kind} with {np}",
        "You wanted {asked}, and here is one with {np}",
        "You wanted {asked}, so {this} fits: it {vp}",
        "Your wish for {asked} is met: {this} {vp}",
        "Your wish for {asked} is met by {this}, which {vp}",
        "Your wish for {asked} fits {this}, which {vp}",
        "Your wish for {asked} is met here, and {this} {vp}",
        "Your wish for {asked} is met by {a_kind} with {np}",
        "Since you asked for {asked}, here is {a_kind} with {np}",
        "Since you asked for {asked}, {this} fits: it {vp}",
        "Since you asked for {asked}, {this} suits, as it {vp}",
        "Since you asked for {asked}, this one {vp}",
        "Since you asked for {asked}, {this} is here, with {np}",
        "You were looking for {asked}, and {this} {vp}",
        "You were looking for {asked}: here is {a_kind} with {np}",
        "You were looking for {asked}, which {this} has, with {np}",
        "You were looking for {asked}; this one {vp}",
        "You were looking for {asked}, and here is one with {np}",
        "Your request for {asked} is met: it {vp}",
        "Your request for {asked} fits {this}, which {vp}",
        "Your request for {asked} is met by {a_kind} with {np}",
        "Your request for {asked} is met here, as {this} {vp}",
        "Because you wanted {asked}, here is {a_kind} with {np}",
        "Because you wanted {asked}, {this} fits: it {vp}",
        "Because you wanted {asked}, this one {vp}",
        "Because you wanted {asked}, {this} is here, with {np}",
    ),
    "again": (
        "You bought it before, and {this} {vp}",
        "You bought it before: {a_kind} with {np}",
        "You bought it before; {this} {vp}",
        "You bought it before, so here it is: {this} {vp}",
        "Since you bought it before, here is {this}, with {np}",
        "Since you bought it before, it fits: {this} {vp}",
        "Since you bought it before, {this} is here, with {np}",
        "Since you bought it before, here it is, and it {vp}",
        "You have bought it before, and it {vp}",
        "You have bought it before: {this} {vp}",
        "You have bought it before, {a_kind} with {np}",
        "You have bought it before; it comes with {np}",
    ),
    "brand": (
        "You bought the {bought}, and {this} is by {brand} too, with {np}",
        "You bought the {bought}, and {this}, also by {brand}, {vp}",
        "You bought the {bought}; {this} is by {brand} too and {vp}",
        "You bought the {bought} of {brand}, and {this} {vp}",
        "You bought the {bought}, and here is {a_kind} by {brand} with {np}",
        "Like the {bought} you bought, {this} is by {brand}, and it {vp}",
        "Like the {bought} you bought, it is by {brand}: {this} {vp}",
        "Like the {bought} you bought, this one is by {brand}, with {np}",
        "Like the {bought} you bought, {this} is by {brand}; it {vp}",
        "After the {bought} you bought, here is another {brand}: {this} {vp}",
        "After the {bought} you bought, {this} is by {brand} too and {vp}",
        "After the {bought} you bought, here is {a_kind} by {brand} with {np}",
        "After the {bought} you bought, another {brand}: it {vp}",
        "Since you bought the {bought}, here is {a_kind} by {brand} with {np}",
        "Since you bought the {bought}, {this} by {brand} fits: it {vp}",
        "Since you bought the {bought}, this one, also by {brand}, {vp}",
        "Since you bought the {bought}, here is another {brand}: it {vp}",
    ),
    "goes": (
        *_crossed(("Of a kind that goes with {other}",), (", {this} {vp}", ": it {vp}", ", it comes with {np}")),
        *_crossed(("It is of a kind that goes with {other}",), (", and {this} {vp}", "; it {vp}", ", with {np}")),
        *_crossed(("This {kind} is of a kind that goes with {other}",), (", and it {vp}", ": it {vp}", ", with {np}")),
    ),
    "fits": (
        *_crossed(("It fits your {own}", "It fits your {own} by its {reason}"), (", and {this} {vp}", "; {this} {vp}")),
        "It fits your {own}, with {np}",
        "For your {own}, {this} fits: it {vp}",
        "For your {own} it fits, with {np}",
        "For your {own}, here is {a_kind} that fits and {vp}",
        "For your {own}, {this} fits by its {reason}, and it {vp}",
        "This {kind} fits your {own} and {vp}",
        "This {kind} fits your {own}, with {np}",
        "This {kind} fits your {own} by its {reason}, and it {vp}",
        "This {kind} fits your {own}: it {vp}",
        *_crossed(("To fit your {own}",), (", {this} {vp}", ", here is {a_kind} with {np}", ", it {vp}")),
    ),
    "named": (
        *_crossed(("Listed as working with the device you named",), _GOES_ON[:4]),
        *_crossed(("It is listed as working with the device you named",), _AND[:4]),
        *_crossed(("This {kind} is listed as working with the device you named",), (", with {np}", ": it {vp}")),
    ),
    "listed": (
        *_crossed(("Listed as working with your {own}",), _GOES_ON),
        *_crossed(("It is listed as working with your {own}",), _AND),
        "For your {own}, {this} is listed as working and {vp}",
        "For your {own}, with which it is listed as working, {this} {vp}",
        "For your {own}, here is {a_kind} listed as working with it: it {vp}",
        "For your {own}, here is one listed as working with it, with {np}",
        *_crossed(("This {kind} is listed as working with your {own}",), (" and {vp}", ", with {np}", ": it {vp}")),
        "Next to your {own}, with which it is listed as working, {this} {vp}",
        "Next to your {own}, {this} is listed as working: it {vp}",
        "Next to your {own}, it is listed as working, with {np}",
    ),
    "together": (
        *_crossed(("Often bought together with your {own}",), _GOES_ON),
        *_crossed(("It is often bought together with your {own}",), _AND),
        "For your {own}, with which it is often bought together, {this} {vp}",
        "For your {own}, here is {a_kind} often bought together with it: it {vp}",
        "For your {own}, here is one often bought together with it, with {np}",
        *_crossed(("This {kind} is often bought together with your {own}",), (" and {vp}", ", with {np}", ": it {vp}")),
        "Next to your {own}, with which it is often bought together, {this} {vp}",
        "Next to your {own}, it is often bought together, with {np}",
        "Next to your {own}, {this} is often bought together: it {vp}",
    ),
    "feature": (
        "With {np}, {this} fits",
        "With {np1}, {this} {vp2}",
        "With {np}, here is {a_kind}",
        "With {np}, this is {a_kind} that fits",
        "With {np1}, it {vp2}",
        "This {kind} {vp}",
        "This {kind} comes with {np}",
        "This {kind}, with {np1}, {vp2}",
        "This {kind} is here with {np}",
        "It {vp}",
        "It comes with {np}",
        "It is {a_kind} with {np}",
        "It is {a_kind} that {vp}",
        "Its {name1} is {value1}",
        "Its {name1} is {value1}, and it {vp2}",
        "Its {name1} is {value1}, and {this} {vp2}",
        "Its record gives {np}",
        "Its record has {np}",
        "Here is {a_kind} with {np}",
        "Here is {a_kind} that {vp}",
        "Here is {a_kind}: it {vp}",
        "Here is {a_kind} that comes with {np}",
        "Here is one with {np}",
        "The {kind} {vp}",
        "The {kind} comes with {np}",
        "The {name1} of {this} is {value1}",
        "The {name1} is {value1}, and {this} {vp2}",
        "The {kind} here {vp}",
    ),
    "flag": (
        "This {kind} {vp}",
        "This {kind} {vp1}, and it {vp2}",
        "This {kind} {vp1}: it {vp2}",
        "This one {vp}",
        "It {vp}",
        "It is {a_kind} that {vp}",
        "It {vp1}, and {this} {vp2}",
        "The {kind} {vp}",
        "The {kind} here {vp}",
        "The {kind} {vp1}; it {vp2}",
        "Here is {a_kind} that {vp}",
        "Here is {a_kind}: it {vp}",
        "Here is one that {vp}",
    ),
    "compared": (
        *_crossed(("It {is_cmp}",), _AND),
        *_crossed(("As {cmp}",), _GOES_ON),
        *_crossed(("This {kind} {is_cmp}",), (" and {vp}", ", and it {vp}", ", with {np}", "; it {vp}", ": it {vp}")),
        *_crossed(("Here is {cmp}",), (": {this} {vp}", ", {a_kind} with {np}", "; it {vp}", ", and it {vp}")),
        *_crossed(("Being {cmp}",), _GOES_ON),
    ),
    "most": (
        *_crossed(
            ("It has {cmp}",), (", and {this} {vp}", ": {this} {vp}", "; {this} {vp}", ", and it comes with {np}")
        ),
        *_crossed(("It has {cmp}",), (": it {vp}", " and {vp}")),
        *_crossed(("With {cmp}",), (", {this} {vp}", ", it {vp}", ", it comes with {np}", ", {this} fits: it {vp}")),
        *_crossed(("With {cmp}",), (", here is {a_kind} that {vp}", ", this one {vp}", ", it suits, as it {vp}")),
        *_crossed(
            ("This {kind} has {cmp}",), (" and {vp}", ", and it {vp}", "; it {vp}", ": it {vp}", ", and brings {np}")
        ),
        *_crossed(("Here is one with {cmp}",), (": {this} {vp}", "; it {vp}", ", and it {vp}", ": it comes with {np}")),
        *_crossed(("Here is {a_kind} with {cmp}",), (", and it {vp}", ": it {vp}", "; it comes with {np}")),
    ),
    "rating": (
        *_crossed(("{Rated}",), _GOES_ON),
        *_crossed(("It is {rated}",), _AND),
        *_crossed(("This {kind} is {rated}",), (" and {vp}", ", and it {vp}", ", with {np}", "; it {vp}", ": it {vp}")),
        *_crossed(("Being {rated}",), _GOES_ON),
        *_crossed(("Since it is {rated}",), _SO),
    ),
}
"""Whole sentences without their full stop, by the form of the statement that they begin with."""

NEEDS: Mapping[str, Sequence[str]] = {
    "asked": (
        *(", and you asked for {asked}", "; you asked for {asked}", ", and you wanted {asked}"),
        *(
            ", for your wish for {asked}",
            ", which meets your wish for {asked}",
        ),
        *("; you did ask for {asked}",),
        *(
            "; your wish for {asked} is met",
            "; it meets your request for {asked}",
        ),
        ", so your wish for {asked} is met",
    ),
    "again": (
        *(", and you bought it before", "; you bought it before", ", which you bought before"),
        *(", and you have bought it before", "; you have bought it before"),
    ),
    "brand": (
        *(", and you bought the {bought} of {brand}", "; you bought the {bought}, also by {brand}"),
        *(", by {brand} like the {bought} you bought", "; it is by {brand}, like the {bought} you bought"),
        *(),
    ),
    "goes": (", and it is of a kind that goes with {other}", "; it is of a kind that goes with {other}"),
    "fits": (
        ", and it fits your {own}",
        "; it fits your {own}",
    ),
    "named": (
        *(
            ", and it is listed as working with the device you named",
            "; it is listed as working with the device you named",
        ),
        *(", listed as working with the device you named",),
    ),
    "listed": (
        *(", and it is listed as working with your {own}", "; it is listed as working with your {own}"),
        *(", listed as working with your {own}",),
    ),
    "together": (
        *(", and it is often bought together with your {own}", "; it is often bought together with your {own}"),
        *(", often bought together with your {own}",),
    ),
}
"""What a sentence goes on with to name what the shopper asked for or owns, where it did not begin so."""

COMPARISONS = (
    *(", and it {is_cmp}", "; it {is_cmp}", ", {by_cmp}", "; it also {is_cmp}"),
    *(
        ", and also {is_cmp}",
        ": it {is_cmp}",
    ),
)
DRAWBACKS: Mapping[str, Sequence[str]] = {
    "silent": (
        *(", but its record does not mention {lack}", ", though no {lack} is on record"),
        *(
            ", yet {lack} is not in its record",
            ", even if its record lists no {lack}",
            "; on record there is no {lack}",
        ),
        *(", but {lack} is not on record", ", though its record says nothing of {lack}", ", with no {lack} on record"),
        *("; still, no {lack} is on record", ", although its record does not name {lack}"),
        *("; its record does not mention {lack}, though",),
    ),
    "unlisted": (
        *(
            ", but it is not listed as {lack}",
            ", though it is not listed as {lack}",
            ", yet its record does not say {lack}",
        ),
        *(", even if its record does not name it {lack}", "; its record does not say {lack}, though"),
        *("; still, it is not listed as {lack}", ", although it is not listed as {lack}", ", but not listed as {lack}"),
    ),
    "not": (
        *(", but it is not {lack}", ", though it is not {lack}", ", yet not {lack}", "; it is not {lack}, though"),
        *(", although it is not {lack}", ", even if it is not {lack}", "; still, it is not {lack}", ", but not {lack}"),
    ),
    "without": (
        *(", but it has no {lack}", ", though it lacks {lack}", ", yet it comes without {lack}"),
        *(", although there is no {lack}", "; it has no {lack}, though", ", but without {lack}"),
        *(", even if it has no {lack}", "; still, it lacks {lack}", ", though without {lack}"),
    ),
    "worse": (
        *(", but it {is_worse}", ", though it {is_worse}", ", yet it {is_worse}", "; it {is_worse}, though"),
        *(", although it {is_worse}", ", even if it {is_worse}", "; still, it {is_worse}", ", while it {is_worse}"),
        *(", but {by_worse}", ", though {by_worse}", "; however, it {is_worse}"),
    ),
}
"""What speaks against the product: what its record does not mention, what it has not, in what it is behind."""
WEIGHED: Mapping[str, Sequence[str]] = {
    "unlisted": (
        *("; it is not listed as {lack}, but it {is_cmp}", ", not listed as {lack} but {by_cmp}"),
        *("; its record does not say {lack}, yet it {is_cmp}", ", though it is not listed as {lack}, and it {is_cmp}"),
    ),
    "not": (
        *("; it is not {lack}, but it {is_cmp}", ", not {lack} but {by_cmp}", "; it is not {lack}, yet it {is_cmp}"),
        *(", though it is not {lack}, and it {is_cmp}",),
    ),
    "silent": (
        *("; no {lack} is on record, but it {is_cmp}", ", with no {lack} on record but {by_cmp}"),
        *("; its record does not mention {lack}, yet it {is_cmp}", ", though no {lack} is on record, and it {is_cmp}"),
    ),
    "without": (
        *("; it has no {lack}, but it {is_cmp}", ", without {lack} but {by_cmp}", "; it lacks {lack}, yet it {is_cmp}"),
        *(", though it has no {lack}, and it {is_cmp}",),
    ),
    "worse": (
        *("; it {is_worse}, but also {by_cmp}", ", {by_worse} but also {by_cmp}", "; it {is_worse}, yet {by_cmp}"),
        *(", though it {is_worse}, and it {is_cmp}",),
    ),
}
"""A drawback and a comparison in one."""
