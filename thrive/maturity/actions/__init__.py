"""Writing of maturity reviews: each function is one thing that somebody does."""
