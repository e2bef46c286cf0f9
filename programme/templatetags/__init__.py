"""Tags and filters of every template; they are builtins, so no template loads them."""
