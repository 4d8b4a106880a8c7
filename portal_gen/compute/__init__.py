"""What follows from all facts together: audience, schedule, promises, status, terms."""
