"""What the charts of assistance say alike: their facts, their source, and what the reader may not see."""

from collections.abc import Sequence

from cpi1540.briefing.charts.chart import Chart, Ground, ground_sentences
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import Sentence, sentence


def assistance_facts(
    chart: Chart, words: Words, counted: Sequence[Sentence], *, whole_view: bool
) -> tuple[tuple[Sentence, ...], ...]:
    """What, as of when; then the counts, and that only what is public counts where the reader does not see all."""
    partly = [] if whole_view else [sentence("Only what the reader may see is counted.")]
    return (chart.what(), *ground_sentences(chart.ground, words)), (*counted, *partly)


def assistance_source(ground: Ground) -> Sentence:
    """Requests, offers and matches of the record."""
    if ground.practice:
        return sentence("Source: the practice record, invented for training.")
    return sentence("Source: the requests, offers and matches in this record.")
