"""The field's words, in our own. Shown on the glossary page and used as the one spelling of each term."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A term and what it means here."""

    term: str
    meaning: str


GLOSSARY = tuple(
    Entry(*row)
    for row in (
        ("Actual", "The date on which something was really done."),
        (
            "ARRS",
            "Additional Roles Reimbursement Scheme: national money with which primary care networks employ staff.",
        ),
        ("Action", "Something that somebody is to do by a day."),
        ("Ask", "Help or a decision that a workstream wants from above, with the day by which it is wanted."),
        ("As at", "The moment whose facts a page or report shows."),
        ("Assurance", "A second opinion on how a workstream is going, given by somebody who did not write its update."),
        ("Assured rating", "A rating given by somebody who did not write the update, from evidence, with the reason."),
        (
            "Baseline",
            "The first date agreed for a milestone. It stays when the date moves. A new one has to be agreed.",
        ),
        ("BAU", "Business as usual: work that has become part of the ordinary service."),
        ("Board report", "The monthly paper on the whole programme, frozen, approved and published."),
        ("CEDS", "Children's eating disorder service."),
        ("Closed", "Of a month: updates can no longer be sent, only corrected. Of a workstream: its work is finished."),
        ("Co-production", "Young people, families, staff and partners deciding and making something together."),
        ("Commissioner", "The body, or the person in it, that plans and pays for services."),
        ("CRT", "Crisis response team."),
        ("CYP", "Children and young people, usually up to 18, in some services up to 25."),
        ("CYPMHS", "Children and young people's mental health services. CAMHS is the older name."),
        ("Decision", "What was decided, by whom and when."),
        ("Declared rating", "The rating the lead gives, with the reason."),
        ("Delivery confidence", "How likely it is that the whole will be delivered, whatever this month was like."),
        ("Derived rating", "The rating that the rules give from the facts, with each reason and its threshold."),
        ("Financial year", "From 1 April to 31 March of the next year."),
        ("FOI", "Freedom of information: anybody may ask a public body for what it holds, drafts included."),
        ("Forecast", "The date on which a milestone is now expected."),
        ("Highlight report", "A short regular report: progress, next steps, risks and whether the work is on track."),
        ("HTT", "Home treatment team."),
        ("ICB", "Integrated care board: the NHS body that plans services for a system."),
        ("Issue", "Something that has gone wrong and stands in the way."),
        ("KLOE", "Key line of enquiry: a question that guides a review of how mature a system is."),
        ("Lead", "The person who answers for a workstream. There can be joint leads."),
        ("Mandate", "Who asked for the programme and what it is to achieve."),
        ("MHST", "Mental health support team in schools and colleges."),
        ("Milestone", "One deliverable with a date, or with a window where the day is not known."),
        ("Not reported", "No update was sent for a month. It is never shown as Green."),
        ("Not known", "Nobody has recorded it. It is never counted as good, and it is not the same as none."),
        ("Path to Green", "What will bring a Red workstream back on track, by whom and by which day."),
        ("PCN", "Primary care network: a group of general practices."),
        ("Phase", "A stretch of a plan with a window of its own. Phases may overlap."),
        ("Pilot", "Something tried in a small way first, then evaluated, then rolled out if it works."),
        ("Place", "An area within a system, often a borough."),
        ("Programme office", "The people who run the month: they chase updates and build the report."),
        ("Roadmap", "The milestones of all workstreams that lie ahead, by date."),
        ("RAG", "Red, Amber or Green: off track, at risk or on track."),
        ("Recurrent", "Of money: it comes every year. Other money comes for one year only."),
        ("Reporting period", "The month an update is about, with the days on which it opens, is due and closes."),
        ("Risk", "Something that may go wrong. Its score is likelihood times impact, each from 1 to 5."),
        ("SIT", "System improvement team. It works with partners on how mature their system is."),
        ("Slip", "How far a date has moved from its baseline."),
        ("SLT", "Senior leadership team."),
        ("Small-number rule", "A count from 1 to 4 is shown as ‘fewer than 5’, so that it points at nobody."),
        ("Snapshot", "Everything a report says, frozen at a moment and never changed afterwards."),
        ("SOP", "Standard operating procedure."),
        ("Sponsor", "A senior person who backs a workstream."),
        ("System", "All partners who plan and provide care for an area together."),
        ("THRIVE", "A framework that describes what help children and young people need in five groupings."),
        ("Told back", "Those who said something have been told what became of it."),
        ("Under-served group", "People whom services reach less often than others, such as young carers."),
        ("VCFSE", "Voluntary, community, faith and social enterprise organisations."),
        ("Voice", "Something that young people, families, staff or partners said. Never who said it."),
        ("Window", "The earliest and the latest day a date such as ‘Spring 2027’ can mean."),
        ("Workstream", "One strand of a programme, with leads, objectives, a plan and a monthly update."),
        ("WTE", "Whole-time equivalent: 0.5 WTE is half of a full-time post."),
    )
)
