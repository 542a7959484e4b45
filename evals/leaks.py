"""Does an index know what a case asks for? `find_leaks` looks for the answers among the stored interactions.

A figure measured on an index that holds the answers says nothing, so the commands refuse to measure one. Knows cases
and interactions; nothing of the assistant.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.cases import Case
from index.interactions import Interaction, histories

PROOF = 4
"""A history with its answer proves a leak from this length on: shorter runs of products occur by chance as well."""


class LeakError(Exception):
    """An index that holds answers of the cases; the message names the first ones and what to do."""


@dataclass(frozen=True, slots=True)
class Leak:
    """An interaction or a stored sequence that gives the answer of a case away."""

    case_id: str
    user_id: str
    product_id: str
    reason: str

    def __str__(self) -> str:
        return f"case {self.case_id}: {self.reason} (shopper {self.user_id!r}, product {self.product_id!r})"


def find_leaks(cases: Sequence[Case], interactions: Iterable[Interaction], ordered: bool = True) -> list[Leak]:
    """What of the interactions gives an answer away, in the order of the cases, at most one a case and rule.

    - No interaction of anybody is at or after the `cut` of a case.
    - No stored sequence of purchases holds the history of a case with the answer: one after the other without a gap
      when `ordered`, else anywhere in it (bundles). Cases with less than PROOF products in both prove nothing.
    """
    rows = list(interactions)
    return [*_after_cut(cases, rows), *_continued(cases, histories(rows), ordered)]


def refuse_leaks(name: str, cases: Sequence[Case], interactions: Iterable[Interaction], ordered: bool = True) -> None:
    """LeakError when an index holds answers of the cases called `name`."""
    found = find_leaks(cases, interactions, ordered)
    if found:
        shown = "; ".join(map(str, found[:3]))
        raise LeakError(
            f"{name}: the index holds the answers of {len({leak.case_id for leak in found})} of {len(cases)} cases: "
            f"{shown}; build the index without what came later"
        )


def _after_cut(cases: Sequence[Case], rows: Sequence[Interaction]) -> Iterator[Leak]:
    cuts = {case.cut for case in cases if case.cut is not None}
    if not cuts:
        return
    late = [row for row in rows if row.timestamp >= min(cuts)]
    for case in cases:
        if case.cut is None or not late:
            continue
        after = [row for row in late if row.timestamp >= case.cut]
        relevant = case.turns[0].relevant or {}
        # The shopper's own purchase of the answer says most; without it, what anybody did later.
        after.sort(key=lambda row: (row.user_id != case.user_id, row.product_id not in relevant, row.timestamp))
        if after:
            worst = after[0]
            reason = f"an interaction at {worst.timestamp.isoformat()}, not before {case.cut.isoformat()}"
            yield Leak(case.case_id, worst.user_id, worst.product_id, reason)


def _continued(cases: Sequence[Case], stored: Mapping[str, Sequence[str]], ordered: bool) -> Iterator[Leak]:
    buyers: dict[str, set[str]] = defaultdict(set)
    for user, own in stored.items():
        for product_id in own:
            buyers[product_id].add(user)
    nobody: set[str] = set()
    for case in cases:
        relevant = [name for name, gain in (case.turns[0].relevant or {}).items() if gain > 0]
        if len(case.history) + 1 < PROOF:
            continue
        having = set.intersection(*(buyers.get(name, nobody) for name in case.history))
        for product_id in relevant:
            whole = (*case.history, product_id)
            found = (user for user in sorted(having & buyers.get(product_id, nobody)))
            proof = next((one for one in found if not ordered or _contains(stored[one], whole)), None)
            if proof is not None:
                yield Leak(case.case_id, proof, product_id, "a stored sequence goes on from the history to the answer")
                break


def _contains(sequence: Sequence[str], run: Sequence[str]) -> bool:
    length = len(run)
    return any(tuple(sequence[start : start + length]) == run for start in range(len(sequence) - length + 1))
