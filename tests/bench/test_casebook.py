"""What the bench of the casebook says of its figures."""

from bench.casebook import Made, lines


def test_a_target_is_reached_when_the_rival_takes_so_many_times_longer() -> None:
    found = {
        "Exemplar": Made(1.0, 1.0, 199, 3),
        "floor": Made(0.7, 1.0, 100, 3),
        "python-docx": Made(14.9, 20, 90, 3),
        "pandoc": Made(25.0, 20, 300, 3),
    }
    _head, rows = lines(300, found)
    assert [(row[0], row[-3], row[-1]) for row in rows] == [
        ("Exemplar", "", "reached"),
        ("floor", "0.70 x", "reached"),
        ("python-docx", "14.90 x", "missed"),
        ("pandoc", "25.00 x", "reached"),
    ]


def test_nothing_is_wanted_of_a_small_book() -> None:
    _head, rows = lines(50, {"Exemplar": Made(1, 1, 201, 3), "pandoc": Made(2, 2, 2, 2)})
    assert [row[-1] for row in rows] == ["missed", ""]
