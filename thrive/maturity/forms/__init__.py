"""Forms of maturity reviews."""
