"""Tests of the example sites and their server."""
