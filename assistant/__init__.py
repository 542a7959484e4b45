"""From a message to recommendations that can be trusted."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.assistant import Assistant as Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    # Importing a room must stay a matter of milliseconds: the assistant is loaded when it is asked for.
    if name == "Assistant":
        from assistant.assistant import Assistant

        return Assistant
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
