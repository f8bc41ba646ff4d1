"""Measurements: relevance (`make eval`) and speed (`make bench`).

What measures is never part of the test run; what writes down the figures is tested here.
"""
