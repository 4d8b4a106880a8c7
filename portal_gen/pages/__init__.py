"""From views to finished pages of the docs tree."""
