"""What readers get: the dashboard, snapshots and board reports."""
