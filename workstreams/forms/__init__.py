"""What people type about the work, checked before an action sees it."""
