"""The wing's sentences for codes and labels."""

from collections.abc import Mapping

from cpi1540.assistance.requests.request import Channel, Consent, Kind, NeedStatus, Priority, Status
from cpi1540.foundation.messages import N_
from cpi1540.matrix.layout import Domain

CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.NOTE_VERBALE: N_("Note verbale"),
    Channel.MEMORANDUM: N_("Memorandum"),
    Channel.TEMPLATE: N_("Assistance template"),
    Channel.NATIONAL_REPORT: N_("National report"),
    Channel.REFERRAL: N_("Referral by an organization"),
    Channel.VISIT: N_("Visit or dialogue"),
    Channel.PORTAL: N_("Submitted by the focal point"),
    Channel.OTHER: N_("Another way"),
    Channel.NOT_RECORDED: N_("Channel not recorded"),
}
KIND_NAMES: Mapping[Kind, str] = {
    Kind.LEGISLATIVE_DRAFTING: N_("Legislative drafting"),
    Kind.REGULATORY: N_("Regulations and licensing"),
    Kind.TRAINING: N_("Training"),
    Kind.EQUIPMENT: N_("Equipment"),
    Kind.TECHNICAL: N_("Technical advice"),
    Kind.ACTION_PLAN: N_("National action plan"),
    Kind.REPORTING: N_("Reporting to the Committee"),
    Kind.FUNDING: N_("Funding"),
    Kind.NOT_RECORDED: N_("Kind not recorded"),
}
PRIORITY_NAMES: Mapping[Priority, str] = {
    Priority.HIGH: N_("High priority"),
    Priority.MEDIUM: N_("Medium priority"),
    Priority.LOW: N_("Low priority"),
}
CONSENT_NAMES: Mapping[Consent, str] = {
    Consent.YES: N_("Consents to publication"),
    Consent.NO: N_("Does not consent to publication"),
    Consent.NOT_ASKED: N_("Not asked for consent yet"),
}
STATUS_NAMES: Mapping[Status, str] = {
    Status.OPEN: N_("Open request"),
    Status.CLOSED: N_("Closed request"),
    Status.WITHDRAWN: N_("Withdrawn request"),
    Status.HISTORICAL: N_("Historical request"),
}
NEED_STATUS_NAMES: Mapping[NeedStatus, str] = {
    NeedStatus.OPEN: N_("Need open"),
    NeedStatus.PROPOSED: N_("Match proposed"),
    NeedStatus.AGREED: N_("Match agreed"),
    NeedStatus.IN_DELIVERY: N_("In delivery"),
    NeedStatus.DELIVERED: N_("Delivered"),
    NeedStatus.WITHDRAWN: N_("Need withdrawn"),
}
FORMAL_NAMES: Mapping[bool | None, str] = {
    True: N_("Formal request"),
    False: N_("Informal request"),
    None: N_("Not known whether formal"),
}
# Weapon domains in the middle of a sentence.
DOMAINS_NAMED: Mapping[Domain, str] = {
    Domain.NW: N_("nuclear weapons"),
    Domain.CW: N_("chemical weapons"),
    Domain.BW: N_("biological weapons"),
}
# After a text that stands in another language than what is around it.
LANGUAGE_MARKS: Mapping[str, str] = {
    "ar": N_("(in Arabic)"),
    "zh": N_("(in Chinese)"),
    "en": N_("(in English)"),
    "fr": N_("(in French)"),
    "ru": N_("(in Russian)"),
    "es": N_("(in Spanish)"),
}
WITHOUT_TABLE = N_("No table of holidays is loaded for %(years)s: only weekends were left out.")
HISTORICAL_NOTE = N_("Known from the past: no clock runs, and it counts neither as open nor as unmatched.")
INFORMAL_NOTE = N_("An informal request: match-making and follow-up only, no windows.")

# Faults of a table of holidays.
HOLIDAY_PROBLEMS: Mapping[str, str] = {
    "not-utf-8": N_("The file is not text in UTF-8."),
    "too-large": N_("The file is too large for a table of holidays."),
    "no-date": N_("%(found)s is not a date of the form YYYY-MM-DD."),
    "repeated-date": N_("%(found)s is named twice; it stands in line %(first)s already."),
    "no-name": N_("The holiday has no name."),
    "no-lines": N_("The table names no day."),
}
