"""Commands of bin/manage that this app adds."""
