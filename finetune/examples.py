"""Training examples for the language model: what it reads, rendered by the assistant's own prompts, and its answer.

Does not know how a model is trained.
"""

from dataclasses import dataclass

from assistant.llm import Message


@dataclass(frozen=True, slots=True)
class Example:
    """One prompt and the answer to learn. `task` is "understand" or "explain"; `template` names the phrasing it was
    made with, and `part`, "train" or "heldout", is a property of the template.
    """

    task: str
    part: str
    template: str
    prompt: tuple[Message, ...]
    answer: str
