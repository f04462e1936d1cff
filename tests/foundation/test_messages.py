from cpi1540.foundation.messages import plural_sentence, sentence


def test_english_is_filled_in() -> None:
    assert str(sentence("There is no State with the code %(state)s.", state="XYZ")) == (
        "There is no State with the code XYZ."
    )


def test_the_number_chooses_the_form() -> None:
    assert str(plural_sentence("%(n)s gap", "%(n)s gaps", 1)) == "1 gap"
    assert str(plural_sentence("%(n)s gap", "%(n)s gaps", 0)) == "0 gaps"
    assert str(plural_sentence("%(n)s gap", "%(n)s gaps", 2)) == "2 gaps"
