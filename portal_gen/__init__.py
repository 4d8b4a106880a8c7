"""portal_gen: plain files that project managers write, compiled to one static portal per client."""

__version__ = "0.1.0"
