"""What each quality check says, as sentences with named placeholders."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

CHECKS: Mapping[str, str] = {
    "unknown-measure": N_("The State has no measure %(measure)s."),
    "no-evidence": N_("X without a source and without a remark."),
    "enforcement-without-framework": N_("X in enforcement, but nothing in the national legal framework."),
    "not-applicable-against-another": N_("NA here, but %(code)s in the other aspect of the same row."),
    "repealed-cited": N_("Cites %(measure)s, which is repealed since %(date)s."),
    "missing-translation": N_("%(measure)s has no title in this language: %(language)s."),
    "missing-translations": N_("%(measure)s has no title in these two languages: %(language)s, %(other)s."),
    "basis-missing": N_("X that does not say what it rests on: the State’s word, or a reference."),
}
