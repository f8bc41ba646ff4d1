"""Graded queries over the example documents, and how well search answers them (README.md)."""
