"""The desk's sentences."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

# Kind of a notice -> what it says; the State and the person are named beside it.
NOTICES: Mapping[str, str] = {
    "mention": N_("mentioned you in a comment"),
    "comment": N_("commented on a field"),
    "step-submit": N_("submitted the draft for review"),
    "step-take-back": N_("took the draft back from review"),
    "step-return": N_("returned the draft to the desk officer"),
    "step-send": N_("sent the draft to the State for comment"),
    "step-recall": N_("recalled the draft from the State"),
    "step-agree": N_("recorded the State’s agreement"),
    "step-reopen": N_("opened the draft again"),
    "step-approve": N_("recorded the Committee’s approval"),
}

# Action of an event -> what was done; the person is named before it.
EVENT_NAMES: Mapping[str, str] = {
    "check.explain": N_("gave reasons for warnings"),
    "comment.open-again": N_("opened a comment again"),
    "comment.settle": N_("settled a comment"),
    "comment.write": N_("wrote a comment"),
    "committee.brief": N_("recorded a briefing of the Committee"),
    "document.change": N_("changed a source document"),
    "document.record": N_("recorded source documents"),
    "draft.write": N_("wrote in the draft"),
    "holidays.load": N_("loaded a table of holidays"),
    "layout.load": N_("loaded a layout"),
    "lens.add": N_("added a lens"),
    "lens.change": N_("changed a lens"),
    "lens.withdraw": N_("withdrew a lens"),
    "measure.change": N_("changed a measure"),
    "measure.record": N_("recorded measures"),
    "person.demo-accounts": N_("made accounts for practice"),
    "person.disable": N_("switched an account off"),
    "person.enable": N_("switched an account on again"),
    "person.grant": N_("gave a role"),
    "person.invite": N_("invited a person"),
    "person.link": N_("made a link for a new password"),
    "person.password": N_("set a password"),
    "person.revoke": N_("took a role away"),
    "person.sign-in": N_("signed in"),
    "person.sign-out": N_("signed out"),
    "profile.keep": N_("made a version of a profile of weights"),
    "proposal.answer": N_("answered a proposal of the State"),
    "proposal.make": N_("recorded proposals of the State"),
    "reference-data.load": N_("loaded reference data"),
    "request.act": N_("recorded an act of the procedure"),
    "request.attach": N_("kept a file with a request for assistance"),
    "request.change": N_("changed a request for assistance"),
    "request.load": N_("loaded historical requests for assistance"),
    "request.need": N_("added a need to a request for assistance"),
    "request.need-change": N_("changed a need of a request for assistance"),
    "request.need-status": N_("recorded how far a need has come"),
    "request.need-withdraw": N_("withdrew a need of a request for assistance"),
    "request.note-verbale": N_("registered the note verbale of a request for assistance"),
    "request.register": N_("registered a request for assistance"),
    "request.submit": N_("submitted a request for assistance"),
    "request.take-back": N_("took an act of the procedure back"),
    "request.translate": N_("translated a text of a request for assistance"),
    "upload.keep": N_("uploaded a file"),
    "version.agree": N_("recorded the State’s agreement"),
    "version.approve": N_("recorded the Committee’s approval"),
    "version.recall": N_("recalled the draft from the State"),
    "version.reopen": N_("opened the draft again"),
    "version.return": N_("returned the draft to the desk officer"),
    "version.send": N_("sent the draft to the State for comment"),
    "version.submit": N_("submitted the draft for review"),
    "version.take-back": N_("took the draft back from review"),
    "version.write": N_("made a version"),
}

# Actors that are no persons.
ACTOR_NAMES: Mapping[str, str] = {"system": N_("the system"), "command-line": N_("the command line")}

# Kinds of subject of an event; the name of the thing stands beside it.
SUBJECT_NAMES: Mapping[str, str] = {
    "briefing": N_("briefing"),
    "comment": N_("comment"),
    "document": N_("document"),
    "holidays": N_("holidays"),
    "layout": N_("layout"),
    "measure": N_("measure"),
    "person": N_("person"),
    "reference-data": N_("reference data"),
    "request": N_("request for assistance"),
    "role": N_("role"),
    "state": N_("State"),
    "version": N_("version"),
}

# Parts of a change, other than its field and codes.
DETAIL_NAMES: Mapping[str, str] = {
    "act": N_("act"),
    "approved_on": N_("approved on"),
    "channel": N_("channel"),
    "check": N_("check"),
    "days": N_("days"),
    "decision": N_("decision"),
    "from": N_("from"),
    "handling": N_("handling"),
    "language": N_("language"),
    "layout": N_("layout"),
    "need": N_("need"),
    "needs": N_("needs"),
    "on": N_("on"),
    "origin": N_("origin"),
    "part": N_("part"),
    "practice": N_("practice record"),
    "purpose": N_("purpose"),
    "retrieved_on": N_("retrieved on"),
    "role": N_("role"),
    "scope": N_("scope"),
    "status": N_("status"),
    "symbol": N_("symbol"),
    "to": N_("to"),
}
