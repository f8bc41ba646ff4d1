"""Measurements: relevance (`make eval`) and speed (`make bench`). Never part of the test run."""
