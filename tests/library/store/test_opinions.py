"""What readers said is counted by document and day, and forgotten after a year."""

from datetime import date, timedelta

from library.store import Opinion, Store

DAY = date(2026, 11, 23)


def test_the_most_doubted_comes_first(store: Store) -> None:
    for number in range(3):
        store.opinions.add("a", DAY + timedelta(days=number), helps=False)
    store.opinions.add("a", DAY, helps=True)
    store.opinions.add("b", DAY, helps=False)
    store.opinions.add("c", DAY, helps=True)
    assert store.opinions.doubted(10) == (Opinion("a", 1, 3), Opinion("b", 0, 1))
    assert store.opinions.doubted(1) == (Opinion("a", 1, 3),)


def test_after_a_year_it_is_forgotten(store: Store) -> None:
    store.opinions.add("a", DAY, helps=False)
    store.opinions.add("b", DAY + timedelta(days=1), helps=False)
    store.opinions.forget(DAY + timedelta(days=365))
    assert len(store.opinions.doubted(10)) == 2
    store.opinions.forget(DAY + timedelta(days=366))
    assert store.opinions.doubted(10) == (Opinion("b", 0, 1),)
