"""Is it better, and how do we know."""
