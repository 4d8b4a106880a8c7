"""From files that people write to records that remember where each value stands."""
