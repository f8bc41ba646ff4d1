"""Documentation, and the scripts that make those parts of it that could drift."""
