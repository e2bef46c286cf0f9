"""Pages of maturity reviews."""
