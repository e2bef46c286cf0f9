"""SIT maturity reviews: a partnership looks at itself, element by element, and agrees what it sees."""
