from app.clean.wrapping import join_lines, unwrap_if_wrapped

WRAPPED = """\
The minister reiterated that the country will not take part in a training
mission on the territory of a country at war, and that no change of this
long-standing position is planned. She thanked the ambassador for a frank
account of the talks, which are to go on until the end of the month and which
she hopes will lead to a better under-
standing.
A second paragraph begins here, and it is long enough to be wrapped as well
by whatever program wrote it.
"""


def test_wrapped_lines_become_paragraphs() -> None:
    first, second = unwrap_if_wrapped(WRAPPED).split("\n\n")
    assert "in a training mission on the territory" in first
    assert first.endswith("lead to a better understanding.")
    assert second.startswith("A second paragraph begins here")


def test_a_text_whose_lines_are_paragraphs_is_left_alone() -> None:
    text = "\n".join(f"Minister number {n} said no. " * (1 + n % 3) for n in range(20))
    assert unwrap_if_wrapped(text) == text


def test_a_poem_or_a_list_of_names_is_left_alone() -> None:
    text = "\n".join(["Ilka Maren, Estmark", "Oskar Venn, Lorvania", "Tomas Edel, Norvale"] * 4)
    assert unwrap_if_wrapped(text) == text


def test_a_divided_word_keeps_its_hyphen_where_the_text_has_it_elsewhere() -> None:
    assert "a long-term plan" in join_lines(
        "We need a long-\nterm plan. A long-term plan is needed by us all."
    )


def test_items_of_a_list_stay_apart() -> None:
    assert join_lines("They agreed on\n- shells for the army,\n- a fund.").split("\n\n")[1:] == [
        "- shells for the army,",
        "- a fund.",
    ]
