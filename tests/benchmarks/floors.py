"""Figures beside the floors below which ``make eval`` fails.

In: what was reached, and floors by the same names. Out: a table, and what is below.
"""

from collections.abc import Mapping


def tell(reached: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Print what was reached beside its floor; give what is below."""
    print(f"\n{'figure':30} {'reached':>10} {'floor':>9}")
    below = [name for name, value in reached.items() if value < floors[name]]
    for name, value in reached.items():
        print(f"{name:30} {value:10.3f} {floors[name]:9.3f}{'  BELOW' if name in below else ''}")
    return below
