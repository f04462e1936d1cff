"""The values of the chart of treaties over time."""

from cpi1540.briefing.charts.treaties import Notice, TreatiesChart, TreatyLine
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import name, say
from cpi1540.foundation.messages import N_
from cpi1540.states import service as states
from cpi1540.states.instrument_history import belong_to_all, histories
from cpi1540.states.instruments import ActionKind, InstrumentKind

# In this order; memberships of bodies are not dated by their sources.
KINDS = {
    InstrumentKind.TREATY: N_("Treaties"),
    InstrumentKind.ZONE: N_("Nuclear-weapon-free zones"),
    InstrumentKind.REGIME: N_("Export control regimes"),
}


def treaties_chart(question: ChartQuestion, _actor: Actor) -> TreatiesChart:
    """Who belonged to what, year by year, until the day asked for."""
    actions, known = states.actions_of(question.chosen), states.instruments()
    codes = [each.code for kind in KINDS for each in known.values() if each.kind is kind]
    found = histories(actions, codes, question.on)
    treaties = [each.instrument for each in found if known[each.instrument].kind is InstrumentKind.TREATY]
    shown = {each.instrument for each in found}
    rests_on = {f"{act.instrument} {act.as_of}" for acts in actions.values() for act in acts if act.instrument in shown}
    return TreatiesChart(
        ground=question.ground(rests_on=sorted(rests_on)),
        lines=tuple(
            TreatyLine(
                name(known[each.instrument].names), say(KINDS[known[each.instrument].kind]), each.belonging, each.signed
            )
            for each in found
        ),
        years=found[0].years if found else (question.on.year,),
        treaties=len(treaties),
        in_all=len(belong_to_all(actions, treaties, question.on)) if treaties else 0,
        undated=sum(each.undated for each in found),
        notices=tuple(
            Notice(name(state.names), name(known[act.instrument].names), act.date)
            for state in question.in_order
            for act in actions[state.code]
            if act.kind is ActionKind.NOTICE_OF_WITHDRAWAL
            and act.instrument in shown
            and act.date
            and act.date.first_day <= question.on
        ),
    )


MAKERS = {"treaties": treaties_chart}
