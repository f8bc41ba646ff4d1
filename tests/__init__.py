"""Tests mirror the packages; `flow` goes from source to page over real HTTP."""
