"""Publishing: build aside, then swap in whole. A reader never sees half a portal."""
