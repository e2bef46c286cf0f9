"""Dates as British programme pages write them: a table by form, what must give nothing, and what always holds."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.dates import FuzzyDate, Kind, Precision
from workstreams.fuzzydates import MOST_MENTIONS, Tense, find, parse


def window(text: str) -> tuple[date | None, date | None]:
    """'2025-03-01/2025-03-31', with nothing for an open end."""
    start, _, end = text.partition("/")
    return (date.fromisoformat(start) if start else None, date.fromisoformat(end or start) if end or not _ else None)


DAYS = [
    ("14 November 2024", "2024-11-14"),
    ("14th November 2024", "2024-11-14"),
    ("14th of November 2024", "2024-11-14"),
    ("the 14th of November, 2024", "2024-11-14"),
    ("14 Nov 2024", "2024-11-14"),
    ("14 Nov. 2024", "2024-11-14"),
    ("14 Nov 24", "2024-11-14"),
    ("14 Nov '24", "2024-11-14"),
    ("14 Nov ’24", "2024-11-14"),
    ("14-Nov-2024", "2024-11-14"),
    ("14-Nov-24", "2024-11-14"),
    ("14/11/2024", "2024-11-14"),
    ("14/11/24", "2024-11-14"),
    ("4/6/25", "2025-06-04"),
    ("04/06/2025", "2025-06-04"),
    ("14.11.2024", "2024-11-14"),
    ("14.11.24", "2024-11-14"),
    ("4.6.2025", "2025-06-04"),
    ("14-11-2024", "2024-11-14"),
    ("2024-11-14", "2024-11-14"),
    ("2024/11/14", "2024-11-14"),
    ("Thursday 14 November 2024", "2024-11-14"),
    ("Thurs 14 Nov 2024", "2024-11-14"),
    ("Thursday, 14 November 2024", "2024-11-14"),
    ("Thursday the 14th of November 2024", "2024-11-14"),
    ("Thu 14/11/2024", "2024-11-14"),
    ("November 14, 2024", "2024-11-14"),
    ("November 14th 2024", "2024-11-14"),
    ("Nov 14th, 2024", "2024-11-14"),
    ("1st May 2025", "2025-05-01"),
    ("1 May 2025", "2025-05-01"),
    ("5 may 2025", "2025-05-05"),
    ("22 March 2023", "2023-03-22"),
    ("29 February 2024", "2024-02-29"),
    ("31 December 2025", "2025-12-31"),
    ("on 3 November 2025", "2025-11-03"),
    ("3 November 2025: two week rule introduced", "2025-11-03"),
    ("The board met on 2nd April 2025 at 10am", "2025-04-02"),
    ("Award ceremony planned for 4 February 2026.", "2026-02-04"),
    ("\uff11\uff14 November \uff12\uff10\uff12\uff14", "2024-11-14"),
    ("14\u00a0November\u00a02024", "2024-11-14"),
    ("Christmas Day 2025", "2025-12-25"),
    ("New Year 2026", "2026-01-01"),
    ("(20 October 2025)", "2025-10-20"),
    ("SEPTEMBER 5 2025 is no British form but 5 SEPTEMBER 2025 is", "2025-09-05"),
]

WEEKS = [
    ("w/c 3 March 2025", "2025-03-03/2025-03-09"),
    ("W/C 03/03/2025", "2025-03-03/2025-03-09"),
    ("w/c Monday 3 March 2025", "2025-03-03/2025-03-09"),
    ("w/c: 3rd March 2025", "2025-03-03/2025-03-09"),
    ("wc 3 March 2025", "2025-03-03/2025-03-09"),
    ("w/b 3 March 2025", "2025-03-03/2025-03-09"),
    ("week commencing 3 March 2025", "2025-03-03/2025-03-09"),
    ("week commencing the 3rd of March 2025", "2025-03-03/2025-03-09"),
    ("week beginning 3 March 2025", "2025-03-03/2025-03-09"),
    ("week ending 7 March 2025", "2025-03-01/2025-03-07"),
    ("week ending Friday 7 March 2025", "2025-03-01/2025-03-07"),
    ("w/e 7 March 2025", "2025-03-01/2025-03-07"),
    ("week of 5 March 2025", "2025-03-03/2025-03-09"),
    ("first week of March 2025", "2025-03-01/2025-03-07"),
    ("second week in March 2025", "2025-03-08/2025-03-14"),
    ("the last week of March 2025", "2025-03-25/2025-03-31"),
]

MONTHS = [
    ("November 2024", "2024-11-01/2024-11-30"),
    ("Nov 2024", "2024-11-01/2024-11-30"),
    ("Sep. 2018", "2018-09-01/2018-09-30"),
    ("Sept 2019", "2019-09-01/2019-09-30"),
    ("Nov 24", "2024-11-01/2024-11-30"),
    ("March 23", "2023-03-01/2023-03-31"),
    ("July 22", "2022-07-01/2022-07-31"),
    ("Jan 23", "2023-01-01/2023-01-31"),
    ("Nov '24", "2024-11-01/2024-11-30"),
    ("Nov ‘24", "2024-11-01/2024-11-30"),
    ("Nov-24", "2024-11-01/2024-11-30"),
    ("Nov–24", "2024-11-01/2024-11-30"),
    ("Nov-2024", "2024-11-01/2024-11-30"),
    ("November, 2024", "2024-11-01/2024-11-30"),
    ("November of 2024", "2024-11-01/2024-11-30"),
    ("11/2024", "2024-11-01/2024-11-30"),
    ("2024-11", "2024-11-01/2024-11-30"),
    ("October half term 2025", "2025-10-01/2025-10-31"),
    ("may 2025", "2025-05-01/2025-05-31"),
    ("MAY 2025", "2025-05-01/2025-05-31"),
    ("march 2025", "2025-03-01/2025-03-31"),
    ("February 2024", "2024-02-01/2024-02-29"),
    ("February 2025", "2025-02-01/2025-02-28"),
    ("October 2023 as planned", "2023-10-01/2023-10-31"),
    ("starting Jan 23", "2023-01-01/2023-01-31"),
    ("planned for October 2023", "2023-10-01/2023-10-31"),
    ("Go live: November 2024", "2024-11-01/2024-11-30"),
    ("Band 7 March 2025", "2025-03-01/2025-03-31"),
    ("Phase 2 March 2025", "2025-03-01/2025-03-31"),
    ("Tier 3 November 2025", "2025-11-01/2025-11-30"),
    ("Engagement event for the 18 to 25 model in June 2025", "2025-06-01/2025-06-30"),
    ("slipped from February to March 2023", "2023-03-01/2023-03-31"),
    ("November\u00a02024", "2024-11-01/2024-11-30"),
]

PARTS_OF_MONTHS = [
    ("early November 2022", "2022-11-01/2022-11-10"),
    ("early Nov 22", "2022-11-01/2022-11-10"),
    ("mid June 2025", "2025-06-11/2025-06-20"),
    ("mid-June 2025", "2025-06-11/2025-06-20"),
    ("Mid–June 2025", "2025-06-11/2025-06-20"),
    ("late February 2025", "2025-02-21/2025-02-28"),
    ("beginning of March 2025", "2025-03-01/2025-03-10"),
    ("the start of March 2025", "2025-03-01/2025-03-10"),
    ("middle of March 2025", "2025-03-11/2025-03-20"),
    ("the end of March 2025", "2025-03-21/2025-03-31"),
    ("end March 2025", "2025-03-21/2025-03-31"),
    ("at the end of April 2025", "2025-04-21/2025-04-30"),
    ("mid to late March 2025", "2025-03-11/2025-03-31"),
    ("early to mid March 2025", "2025-03-01/2025-03-20"),
    ("mid/late March 2025", "2025-03-11/2025-03-31"),
]

MONTH_RANGES = [
    ("February to April 2025", "2025-02-01/2025-04-30"),
    ("Nov to Dec 2025", "2025-11-01/2025-12-31"),
    ("Nov-Dec 2025", "2025-11-01/2025-12-31"),
    ("Nov – Dec 2025", "2025-11-01/2025-12-31"),
    ("Nov—Dec 2025", "2025-11-01/2025-12-31"),
    ("Nov/Dec 2025", "2025-11-01/2025-12-31"),
    ("Nov & Dec 2025", "2025-11-01/2025-12-31"),
    ("November and December 2025", "2025-11-01/2025-12-31"),
    ("March to May 2025", "2025-03-01/2025-05-31"),
    ("September 2025 to November 2025", "2025-09-01/2025-11-30"),
    ("November 2025 to April 2026", "2025-11-01/2026-04-30"),
    ("November to February 2026", "2025-11-01/2026-02-28"),
    ("November 2025 to February", "2025-11-01/2026-02-28"),
    ("Nov 25 to Jan 26", "2025-11-01/2026-01-31"),
    ("Nov 25 - Jan 26", "2025-11-01/2026-01-31"),
    ("from March to May 2025", "2025-03-01/2025-05-31"),
    ("between March and May 2025", "2025-03-01/2025-05-31"),
    ("October 2024 – March 2025", "2024-10-01/2025-03-31"),
    ("October 2024 until March 2025", "2024-10-01/2025-03-31"),
    ("October 2024 through March 2025", "2024-10-01/2025-03-31"),
    ("Phase 1: Foundation (January 2024 to November 2024)", "2024-01-01/2024-11-30"),
    ("nov to dec 2025", "2025-11-01/2025-12-31"),
]

QUARTERS = [
    ("Q1 2025/26", "2025-04-01/2025-06-30"),
    ("Q2 2025/26", "2025-07-01/2025-09-30"),
    ("Q3 2025/26", "2025-10-01/2025-12-31"),
    ("Q4 2025/26", "2026-01-01/2026-03-31"),
    ("Q3 25/26", "2025-10-01/2025-12-31"),
    ("Q3 2025-26", "2025-10-01/2025-12-31"),
    ("Q3 FY25/26", "2025-10-01/2025-12-31"),
    ("Q3 of 2025/26", "2025-10-01/2025-12-31"),
    ("Quarter 3 2025/26", "2025-10-01/2025-12-31"),
    ("quarter three of 2025/26", "2025-10-01/2025-12-31"),
    ("third quarter of 2025/26", "2025-10-01/2025-12-31"),
    ("final quarter of 2025/26", "2026-01-01/2026-03-31"),
    ("2025/26 Q3", "2025-10-01/2025-12-31"),
    ("Q3 2025 to 2026", "2025-10-01/2025-12-31"),
    ("Q3 of the financial year 2025/26", "2025-10-01/2025-12-31"),
    ("calendar Q3 2025", "2025-07-01/2025-09-30"),
    ("Q3 calendar year 2025", "2025-07-01/2025-09-30"),
]

HALVES = [
    ("H1 2025/26", "2025-04-01/2025-09-30"),
    ("H2 2025/26", "2025-10-01/2026-03-31"),
    ("first half of 2025/26", "2025-04-01/2025-09-30"),
    ("second half of 2025/26", "2025-10-01/2026-03-31"),
    ("first half of 2025", "2025-01-01/2025-06-30"),
    ("the second half of 2025", "2025-07-01/2025-12-31"),
]

SEASONS = [
    ("Spring 2025", "2025-03-01/2025-05-31"),
    ("spring 23", "2023-03-01/2023-05-31"),
    ("Summer 2024", "2024-06-01/2024-08-31"),
    ("Autumn 2025", "2025-09-01/2025-11-30"),
    ("autumn '25", "2025-09-01/2025-11-30"),
    ("the summer of 2025", "2025-06-01/2025-08-31"),
    ("Winter 2024/25", "2024-12-01/2025-02-28"),
    ("Winter 2024-25", "2024-12-01/2025-02-28"),
    ("winter 24/25", "2024-12-01/2025-02-28"),
    ("Winter 2024/2025", "2024-12-01/2025-02-28"),
    ("Winter 2025 to 2026", "2025-12-01/2026-02-28"),
    ("Winter 2023/24", "2023-12-01/2024-02-29"),
    ("starting spring 23", "2023-03-01/2023-05-31"),
]

SEASON_RANGES = [
    ("Spring/summer 2025", "2025-03-01/2025-08-31"),
    ("Spring to summer 2025", "2025-03-01/2025-08-31"),
    ("spring and summer 2025", "2025-03-01/2025-08-31"),
    ("Spring – Summer 2025", "2025-03-01/2025-08-31"),
    ("autumn/winter 2025", "2025-09-01/2026-02-28"),
    ("Autumn/Winter 2025/26", "2025-09-01/2026-02-28"),
    ("winter to spring 2025", "2024-12-01/2025-05-31"),
    ("Autumn 2025 to spring 2026", "2025-09-01/2026-05-31"),
]

PARTS_OF_YEARS = [
    ("Early 2025", "2025-01-01/2025-03-31"),
    ("Mid 2025", "2025-05-01/2025-08-31"),
    ("mid-2025", "2025-05-01/2025-08-31"),
    ("late 2025", "2025-10-01/2025-12-31"),
    ("later in 2025", "2025-10-01/2025-12-31"),
    ("end of 2025", "2025-10-01/2025-12-31"),
    ("the start of 2026", "2026-01-01/2026-03-31"),
    ("early summer 2025", "2025-06-01/2025-06-30"),
    ("late summer 2025", "2025-08-01/2025-08-31"),
    ("end of Q3 2025/26", "2025-12-01/2025-12-31"),
    ("end of the financial year 2024/25", "2025-01-01/2025-03-31"),
    ("early to mid 2025", "2025-01-01/2025-08-31"),
]

YEARS = [
    ("2025", "2025-01-01/2025-12-31", Precision.YEAR),
    ("in 2019", "2019-01-01/2019-12-31", Precision.YEAR),
    ("during 2024", "2024-01-01/2024-12-31", Precision.YEAR),
    ("calendar year 2025", "2025-01-01/2025-12-31", Precision.YEAR),
    ("(Framework, 2019)", "2019-01-01/2019-12-31", Precision.YEAR),
    ("2018 and 2019", "2018-01-01/2019-12-31", Precision.YEAR_RANGE),
    ("2019 to 2021", "2019-01-01/2021-12-31", Precision.YEAR_RANGE),
    ("2019/20 to 2023/24", "2019-04-01/2024-03-31", Precision.YEAR_RANGE),
    ("2023/24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("2023-24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("2023–24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("2023/2024", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("FY 2023/24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("FY23/24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("24/25", "2024-04-01/2025-03-31", Precision.FINANCIAL_YEAR),
    ("in 24/25", "2024-04-01/2025-03-31", Precision.FINANCIAL_YEAR),
    ("financial year 2023 to 2024", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("the strategy for 2023/24", "2023-04-01/2024-03-31", Precision.FINANCIAL_YEAR),
    ("academic year 2024/25", "2024-09-01/2025-08-31", Precision.ACADEMIC_YEAR),
    ("school year 2024/25", "2024-09-01/2025-08-31", Precision.ACADEMIC_YEAR),
    ("academic year 2024 to 2025", "2024-09-01/2025-08-31", Precision.ACADEMIC_YEAR),
    ("autumn term 2025", "2025-09-01/2025-12-31", Precision.TERM),
    ("spring term 2026", "2026-01-01/2026-03-31", Precision.TERM),
    ("summer term 2026", "2026-04-01/2026-07-31", Precision.TERM),
    ("spring term 2025/26", "2026-01-01/2026-03-31", Precision.TERM),
    ("autumn term 2025/26", "2025-09-01/2025-12-31", Precision.TERM),
    ("Easter 2025", "2025-04-18/2025-04-21", Precision.RANGE),
    ("Easter 2026", "2026-04-03/2026-04-06", Precision.RANGE),
    ("Christmas 2025", "2025-12-25/2025-12-26", Precision.RANGE),
]

RANGES = [
    ("4 to 6 June 2025", "2025-06-04/2025-06-06"),
    ("4-6 June 2025", "2025-06-04/2025-06-06"),
    ("4th – 6th June 2025", "2025-06-04/2025-06-06"),
    ("28 March to 4 April 2025", "2025-03-28/2025-04-04"),
    ("28 December to 4 January 2026", "2025-12-28/2026-01-04"),
    ("from 3 March 2025 to 4 April 2025", "2025-03-03/2025-04-04"),
    ("between 4 and 6 June 2025", "2025-06-04/2025-06-06"),
    ("01.04.2025-31.03.2026", "2025-04-01/2026-03-31"),
    ("03/03/2025 - 04/04/2025", "2025-03-03/2025-04-04"),
    ("3 March to June 2025", "2025-03-03/2025-06-30"),
    ("mid March to early April 2025", "2025-03-11/2025-04-10"),
]

OPEN = [
    ("July 2026 onwards", "2026-07-01/"),
    ("April 2025 onward", "2025-04-01/"),
    ("from April 2025", "2025-04-01/"),
    ("from 1 November 2025 onwards", "2025-11-01/"),
    ("Since January 2017", "2017-01-01/"),
    ("from 2022/23", "2022-04-01/"),
    ("April 2025 and beyond", "2025-04-01/"),
    ("April 2025 - ongoing", "2025-04-01/"),
    ("April 2025 to present", "2025-04-01/"),
    ("after March 2025", "2025-04-01/"),
    ("no earlier than April 2025", "2025-04-01/"),
    ("with effect from 1 April 2025", "2025-04-01/"),
    ("as of 1 April 2025", "2025-04-01/"),
    ("Phase 3: Integration (April 2025 onwards)", "2025-04-01/"),
    ("by 2020/21", "/2021-03-31"),
    ("by March 2026", "/2026-03-31"),
    ("by the end of March 2026", "/2026-03-31"),
    ("by end March 2026", "/2026-03-31"),
    ("by mid-March 2026", "/2026-03-20"),
    ("by 31 March 2026", "/2026-03-31"),
    ("by close of 2025", "/2025-12-31"),
    ("by the end of 2025", "/2025-12-31"),
    ("by Q3 2025/26", "/2025-12-31"),
    ("by the end of Q3 2025/26", "/2025-12-31"),
    ("by summer 2025", "/2025-08-31"),
    ("until March 2026", "/2026-03-31"),
    ("up to March 2026", "/2026-03-31"),
    ("before April 2026", "/2026-03-31"),
    ("prior to April 2026", "/2026-03-31"),
    ("no later than 31 March 2026", "/2026-03-31"),
    ("31 March 2026 at the latest", "/2026-03-31"),
]

NO_WINDOW = [
    ("Ongoing", Precision.ONGOING, Kind.ONGOING),
    ("ongoing.", Precision.ONGOING, Kind.ONGOING),
    ("on-going", Precision.ONGOING, Kind.ONGOING),
    ("Recruitment is ongoing", Precision.ONGOING, Kind.ONGOING),
    ("Continuous", Precision.ONGOING, Kind.ONGOING),
    ("TBC", Precision.UNDATED, Kind.UNDATED),
    ("tbd", Precision.UNDATED, Kind.UNDATED),
    ("To be confirmed", Precision.UNDATED, Kind.UNDATED),
    ("date to be agreed", Precision.UNDATED, Kind.UNDATED),
    ("Go live date not yet set", Precision.UNDATED, Kind.UNDATED),
    ("weekly", Precision.NONE, Kind.RECURRING),
    ("monthly and quarterly", Precision.NONE, Kind.RECURRING),
    ("fortnightly", Precision.NONE, Kind.RECURRING),
    ("every other week", Precision.NONE, Kind.RECURRING),
    ("every Monday", Precision.NONE, Kind.RECURRING),
    ("each evening", Precision.NONE, Kind.RECURRING),
    ("per day", Precision.NONE, Kind.RECURRING),
    ("twice a year", Precision.NONE, Kind.RECURRING),
    ("bi-monthly", Precision.NONE, Kind.RECURRING),
    ("over the next 12 months", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("the next two years", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("in the coming years", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("the past year", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("over the past couple of years", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("last 10-15 years", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("in October", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
    ("September update", Precision.RELATIVE_UNANCHORED, Kind.UNDATED),
]

NOTHING = [
    "", " ", "\n", "no date here", "six weeks", "6-8 weeks", "6–8 weeks", "within six weeks", "four week", "18 week",
    "two week", "2-3 days", "24hr", "4hr", "1-4 hours, 24 hours or 72 hours", "several months", "six to eight week",
    "within 12 months of discharge", "4 year", "0-25", "0 to 25", "18 to 25 model", "16-25", "under 5s", "24/7",
    "24/7 offer", "Tier 3", "136 suite", "section 136", "Step 4", "Band 7", "Phase One", "Phase 2", "Phase I",
    "version 1.2.24", "v2.0", "1.10.3", "£2024", "£2,025", "$2025", "2025%", "0151 2019 2020", "0800 2025 1234",
    "call 020 7946 2025", "50 to 60 percent", "50-60%", "13 providers", "70 individuals", "2,024 contacts",
    "2024 contacts", "1999.5", "31 June 2025", "30 February 2024", "29 February 2025", "32 January 2025", "31/04/2025",
    "14/13/2024", "99/99/9999", "00/00/0000", "0 March", "it may be delayed", "teams may need support", "they march on",
    "spring into action", "a second submission", "first contact", "the end of the corridor", "April Jones leads",
    "ward 12", "room 2025b", "https://example.org/2019/07/plan-2019-20.pdf", "www.example.org/2024-11-14",
    "someone@march2025.example", "1/2", "3/4 of staff", "10/10", "item 24/25 of the list", "1 in 6", "5 per cent",
    "7.5 hours", "9-5", "Q5 2025", "H3 2025", "the 5 Questions", "10 essential care processes", "3rd sector",
]  # fmt: skip


def cases() -> list[tuple[str, str, Precision]]:
    """Every dated case with its precision."""
    table = [
        *((text, span, Precision.DAY) for text, span in DAYS),
        *((text, span, Precision.WEEK) for text, span in WEEKS),
        *((text, span, Precision.MONTH) for text, span in MONTHS),
        *((text, span, Precision.PART_MONTH) for text, span in PARTS_OF_MONTHS),
        *((text, span, Precision.MONTH_RANGE) for text, span in MONTH_RANGES),
        *((text, span, Precision.QUARTER) for text, span in QUARTERS),
        *((text, span, Precision.HALF_YEAR) for text, span in HALVES),
        *((text, span, Precision.SEASON) for text, span in SEASONS),
        *((text, span, Precision.SEASON_RANGE) for text, span in SEASON_RANGES),
        *((text, span, Precision.PART_YEAR) for text, span in PARTS_OF_YEARS),
        *YEARS,
        *((text, span, Precision.RANGE) for text, span in RANGES),
    ]
    for text, span in OPEN:
        table.append((text, span, Precision.OPEN_UNTIL if span.startswith("/") else Precision.OPEN_FROM))
    return table


@pytest.mark.parametrize(("text", "span", "precision"), cases())
def test_reads_a_stated_date(text: str, span: str, precision: Precision) -> None:
    found = parse(text)
    assert found is not None
    assert (found.start, found.end) == window(span)
    assert found.precision is precision
    assert not found.ambiguous
    assert found.text == text.strip()
    assert found.basis


@pytest.mark.parametrize(("text", "precision", "kind"), NO_WINDOW)
def test_reads_words_that_fix_no_window(text: str, precision: Precision, kind: Kind) -> None:
    found = parse(text)
    assert found is not None
    assert (found.start, found.end, found.precision, found.kind) == (None, None, precision, kind)
    assert not found.is_past(date(2099, 1, 1))


@pytest.mark.parametrize("text", NOTHING)
def test_invents_nothing(text: str) -> None:
    assert parse(text) is None
    assert find(text) == []


AMBIGUOUS = [
    ("Winter 2024", ["2024-12-01/2025-02-28", "2023-12-01/2024-02-29"]),
    ("Q3 2025", ["2025-10-01/2025-12-31", "2025-07-01/2025-09-30"]),
    ("H1 2025", ["2025-04-01/2025-09-30", "2025-01-01/2025-06-30"]),
    ("2024-2025", ["2024-01-01/2025-12-31", "2024-04-01/2025-03-31"]),
    ("FY25", ["2025-04-01/2026-03-31", "2024-04-01/2025-03-31"]),
    ("spring 2024/25", ["2024-03-01/2024-05-31", "2025-03-01/2025-05-31"]),
    ("by winter 2024", ["/2025-02-28", "/2024-02-29"]),
]


@pytest.mark.parametrize(("text", "spans"), AMBIGUOUS)
def test_marks_what_a_careful_reader_would_doubt(text: str, spans: list[str]) -> None:
    found = parse(text)
    assert found is not None
    assert found.ambiguous
    assert [(a.start, a.end) for a in found.alternatives] == [window(span) for span in spans]
    assert (found.start, found.end) == window(spans[0])


def test_a_wrong_weekday_is_doubted_but_kept() -> None:
    found = parse("Monday 14 November 2024")
    assert found is not None
    assert found.ambiguous
    assert found.start == date(2024, 11, 14)
    assert "weekday" in found.basis


def test_month_and_a_teen_can_be_a_year_or_a_day() -> None:
    found = parse("March 14", date(2025, 2, 1))
    assert found is not None
    assert found.ambiguous
    assert date(2025, 3, 14) in {a.start for a in found.alternatives}


UPDATE = date(2022, 11, 1)
WITH_REFERENCE = [
    ("Event planned for March", date(2023, 3, 1), "2023-03-01/2023-03-31"),
    ("the team will move in February", date(2023, 1, 1), "2023-02-01/2023-02-28"),
    ("In July an event was held", date(2022, 8, 1), "2022-07-01/2022-07-31"),
    ("consultation started on 14 November for 30 days", UPDATE, "2022-11-14/2022-12-13"),
    ("14 November for six weeks", UPDATE, "2022-11-14/2022-12-25"),
    ("early Nov", UPDATE, "2022-11-01/2022-11-10"),
    ("a follow up event is planned for January", UPDATE, "2023-01-01/2023-01-31"),
    ("held in December", date(2023, 1, 1), "2022-12-01/2022-12-31"),
    ("4 June", date(2025, 6, 1), "2025-06-04"),
    ("Thursday 14 November", date(2024, 10, 1), "2024-11-14"),
    ("July to October", date(2025, 8, 1), "2025-07-01/2025-10-31"),
    ("over the next 12 months", date(2024, 4, 1), "2024-04-01/2025-03-31"),
    ("Over the following 12 months", date(2024, 4, 1), "2024-04-01/2025-03-31"),
    ("over the next two weeks", date(2024, 4, 1), "2024-04-01/2024-04-14"),
    ("in the last 3 months", date(2024, 4, 30), "2024-01-31/2024-04-30"),
    ("next month", date(2024, 12, 5), "2025-01-01/2025-01-31"),
    ("last month", date(2024, 1, 5), "2023-12-01/2023-12-31"),
    ("this month", date(2024, 1, 5), "2024-01-01/2024-01-31"),
    ("next week", date(2024, 1, 3), "2024-01-08/2024-01-14"),
    ("next year", date(2024, 1, 3), "2025-01-01/2025-12-31"),
    ("this financial year", date(2024, 1, 3), "2023-04-01/2024-03-31"),
    ("next financial year", date(2024, 5, 3), "2025-04-01/2026-03-31"),
    ("next quarter", date(2024, 1, 3), "2024-04-01/2024-06-30"),
    ("next spring", date(2024, 6, 3), "2025-03-01/2025-05-31"),
    ("last March", date(2024, 6, 3), "2024-03-01/2024-03-31"),
    ("three months ago", date(2024, 6, 3), "2024-03-03"),
    ("in six weeks' time", date(2024, 6, 3), "2024-07-15"),
    ("tomorrow", date(2024, 6, 3), "2024-06-04"),
    ("in the new year", date(2024, 11, 3), "2025-01-01/2025-03-31"),
    ("by Easter", date(2026, 2, 1), "/2026-04-06"),
    ("by Christmas", date(2025, 11, 1), "/2025-12-26"),
    ("Q4", date(2025, 11, 1), "2026-01-01/2026-03-31"),
]


@pytest.mark.parametrize(("text", "reference", "span"), WITH_REFERENCE)
def test_leans_on_a_reference(text: str, reference: date, span: str) -> None:
    found = parse(text, reference)
    assert found is not None
    assert (found.start, found.end) == window(span)


@pytest.mark.parametrize("reference", [date.min, date.max, date(1900, 1, 1), date(2199, 12, 31)])
@pytest.mark.parametrize(
    "text", ["March", "next month", "9999 years ago", "over the next 9999 years", "last spring", "Easter"]
)
def test_stays_inside_the_calendar(text: str, reference: date) -> None:
    found = parse(text, reference)
    assert found is None or found.precision in Precision


def test_a_heading_window_places_a_date_without_a_year() -> None:
    autumn = FuzzyDate.season(2025, "autumn")
    winter = FuzzyDate.season(2024, "winter")
    launch = parse("7 October: soft launch", autumn)
    assert launch is not None
    assert launch.start == date(2025, 10, 7)
    found = parse("Review confirms closure planned for March", winter)
    assert found is not None
    assert found.start == date(2025, 3, 1)


def test_end_of_a_period_counted_from_another() -> None:
    found = parse("By the end of this period", FuzzyDate.range(date(2024, 4, 1), date(2025, 3, 31)))
    assert found is not None
    assert (found.start, found.end, found.precision) == (date(2025, 3, 31), date(2025, 3, 31), Precision.RELATIVE)


def test_finds_every_phrase_with_its_place_and_tense() -> None:
    text = (
        "July 22 event held to discuss the model. External event planned for October. Follow up January 2023, "
        "then agreement for implementation starting spring 23."
    )
    mentions = find(text, date(2022, 10, 1))
    assert [m.text for m in mentions] == ["July 22", "October", "January 2023", "spring 23"]
    assert [text[m.start : m.end] for m in mentions] == [m.text for m in mentions]
    assert [m.tense for m in mentions][:2] == [Tense.DONE, Tense.PLANNED]
    assert mentions[1].date.start == date(2022, 10, 1)


TENSES = [
    ("Application submitted 20 October 2025", Tense.DONE),
    ("Award ceremony planned for 4 February 2026.", Tense.PLANNED),
    ("The team will move in February 2023", Tense.PLANNED),
    ("to be completed by March 2025", Tense.PLANNED),
    ("Service to go live October 2023 as planned", Tense.PLANNED),
    ("went live in June 2025", Tense.DONE),
    ("has been completed. June 2025", Tense.UNKNOWN),
    ("Training day on 4 June 2025", Tense.UNKNOWN),
    ("We met on 2 April 2025", Tense.DONE),
    ("due in May 2025", Tense.PLANNED),
    ("Begin phased rollout of approved pathways March 2025", Tense.UNKNOWN),
]


@pytest.mark.parametrize(("text", "tense"), TENSES)
def test_tense_suggests_done_or_planned(text: str, tense: Tense) -> None:
    assert find(text)[0].tense is tense


LISTED_DAYS = [
    ("7th, 14th and 21st October", ["2025-10-07", "2025-10-14", "2025-10-21"]),
    ("7, 14 and 21 October 2025", ["2025-10-07", "2025-10-14", "2025-10-21"]),
    ("on 7th, 14th, and 21st of October", ["2025-10-07", "2025-10-14", "2025-10-21"]),
    ("1st, 9th, 17th & 25th Nov 2025", ["2025-11-01", "2025-11-09", "2025-11-17", "2025-11-25"]),
    ("4 and 6 June 2025", ["2025-06-04", "2025-06-06"]),
    ("Bands 3, 4 and 5 in May 2025", ["2025-05-01"]),
    ("21, 14 and 7 October 2025", ["2025-10-07"]),
    ("30 and 31 June 2025", []),
    ("10, 20, 30 staff", []),
]


@pytest.mark.parametrize(("text", "days"), LISTED_DAYS)
def test_each_day_of_a_list_is_found(text: str, days: list[str]) -> None:
    found = find(text, date(2025, 10, 1))

    assert [mention.date.start for mention in found] == [date.fromisoformat(day) for day in days]


@given(st.lists(st.integers(1, 28), min_size=2, max_size=8, unique=True), st.sampled_from(["", "th"]))
def test_every_day_of_a_list_lies_in_what_is_found(numbers: list[int], ending: str) -> None:
    days = sorted(numbers)
    words = ", ".join(f"{day}{ending}" for day in days[:-1]) + f" and {days[-1]}{ending} October 2025"

    windows = [mention.date for mention in find(words)]

    for day in days:
        stated = date(2025, 10, day)
        assert any(each.start and each.end and each.start <= stated <= each.end for each in windows)


RECENT = [
    "There has been a recent visit to the coast",
    "The team has recently moved",
    "The garden opened recently.",
    "We recently met the board",
    "recent",
]
NOT_RECENT = [
    "in recent years",
    "over recent months",
    "the most recent data",
    "more recently than most",
    "Recently qualified nurses may apply",
    "Recent updates",
]


@pytest.mark.parametrize("text", RECENT)
def test_recent_is_a_doubtful_time_where_it_is_known_when_it_was_written(text: str) -> None:
    (mention,) = find(text, date(2025, 1, 1))

    assert mention.vague
    assert (mention.date.precision, mention.date.ambiguous) == (Precision.RELATIVE, True)
    assert (mention.date.start, mention.date.end) == window("2025-01-01/2025-01-31")
    assert [a.start for a in mention.date.alternatives] == [date(2025, 1, 1), date(2024, 12, 1), date(2024, 11, 1)]


@pytest.mark.parametrize("text", [*RECENT, *NOT_RECENT])
def test_recent_is_no_date_where_nobody_knows_when_it_was_written(text: str) -> None:
    assert find(text) == []
    assert parse(text) is None


@pytest.mark.parametrize("text", NOT_RECENT)
def test_recent_is_no_time_where_it_compares_or_describes(text: str) -> None:
    assert not [mention for mention in find(text, date(2025, 1, 1)) if mention.date.has_window]


def test_recent_gives_way_to_a_date_in_its_sentence() -> None:
    text = "The recent visit was on 3 December 2024. A recent talk followed."
    assert [mention.text for mention in find(text, date(2025, 1, 1))] == ["3 December 2024", "recent"]
    stated = parse(text, date(2025, 1, 1))
    assert stated is not None
    assert stated.start == date(2024, 12, 3)


DATES = st.dates(date(1995, 1, 1), date(2090, 12, 31))
MONTH_WORDS = [
    "January",
    "Feb",
    "march",
    "Sept",
    "May",
    "October",
    "winter",
    "spring",
    "Q3",
    "H1",
    "early",
    "mid",
    "the end of",
]
PIECES = st.sampled_from(
    [
        *MONTH_WORDS, "2024", "25", "2024/25", "24/7", "-", "–", "to", "/", "by", "from", "and", "w/c", "14", "31st",
        "of",
        ",", ".", "next", "12", "months", "ongoing", "TBC", "for", "days", "(", ")", "'", "weekly", "term", "Easter",
        "recent", "recently", "a", "between", "until", "ago", "9999", "\u00a0",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
    ),
    DATES,
)
@settings(max_examples=600, deadline=None)
def test_never_raises_and_never_ends_before_it_starts(text: str, reference: date) -> None:
    for mention in [*find(text), *find(text, reference)]:
        stated = mention.date
        for each in (stated, *stated.alternatives):
            assert each.start is None or each.end is None or each.start <= each.end
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        if stated.kind in {Kind.ONGOING, Kind.RECURRING, Kind.UNDATED}:
            assert not stated.has_window
        assert mention.tense in Tense
    parse(text, reference)


@given(DATES, st.integers(0, 11), st.sampled_from(["spring", "summer", "autumn", "winter"]), st.integers(1, 400))
@settings(max_examples=300, deadline=None)
def test_canonical_words_mean_the_same_window(day: date, months: int, season: str, days: int) -> None:
    index = day.year * 12 + day.month - 1 + months
    last = date(index // 12, index % 12 + 1, 1)
    made = [
        FuzzyDate.day(day),
        FuzzyDate.week(day),
        FuzzyDate.month(day.year, day.month),
        FuzzyDate.months(day, last),
        FuzzyDate.season(day.year, season),
        FuzzyDate.year(day.year),
        FuzzyDate.financial_year(day.year),
        FuzzyDate.range(day, day + timedelta(days=days)),
        FuzzyDate.open_from(day),
        FuzzyDate.open_until(day),
    ]
    for each in made:
        again = parse(each.display())
        assert again is not None, each.display()
        assert (again.start, again.end, again.ambiguous) == (each.start, each.end, False), each.display()


@pytest.mark.parametrize(("text", "span", "precision"), cases())
def test_display_of_a_parsed_date_reads_back(text: str, span: str, precision: Precision) -> None:
    found = parse(text)
    assert found is not None
    again = parse(found.display())
    assert again is not None, found.display()
    assert (again.start, again.end) == (found.start, found.end), found.display()


LONG = 1_000_000
HOSTILE = {
    "one letter": "a" * LONG,
    "spaces": " " * LONG,
    "no-break spaces": "\u00a0" * LONG,
    "one number": "1" * LONG,
    "digits": "1 " * (LONG // 2),
    "strokes": "1/" * (LONG // 2),
    "brackets": "(" * LONG,
    "commas": "," * LONG,
    "at signs": "a@" * (LONG // 2),
    "www": "www." * (LONG // 4),
    "prose": "teams work with people in the town " * (5 * LONG // 35),
    "openings": "by the end of " * (LONG // 14),
    "parts": "early mid late " * (LONG // 15),
    "cues": "planned completed " * (LONG // 18),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    parse(text, date(2025, 1, 1))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece",
    ["January ", "Jan-", "March to ", "2024/25 ", "Q3 ", "weekly ", "next ", "Winter 2024/", "3 March 2025 for "],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def once(count: int) -> float:
        began = time.process_time()
        find(piece * count, date(2025, 1, 1))
        return time.process_time() - began

    def seconds(count: int) -> float:
        """The processor's own time, best of three: what other programs do on the machine does not count."""
        return min(once(count) for _ in range(3))

    seconds(100)
    assert seconds(8_000) < 8 * 4 * max(seconds(1_000), 0.004)


@pytest.mark.parametrize("piece", ["January ", "3 March 2025 ", "Winter 2024, ", "the end of March 2025 and then "])
def test_five_megabytes_of_nothing_but_dates_take_seconds(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    began = time.process_time()
    found = find(text, date(2025, 1, 1))
    assert time.process_time() - began < 15
    assert len(found) == MOST_MENTIONS


def test_ordinary_text_is_quick() -> None:
    sentence = "The follow up event in January 2023 will inform the options paper, with a start expected in spring 23."
    began = time.process_time()
    for _ in range(200):
        parse(sentence)
    assert (time.process_time() - began) / 200 < 0.002


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("To be signed by the end of the month", date(2025, 5, 31)),
        ("To be signed by the end of the quarter", date(2025, 6, 30)),
        ("No later than the end of the week", date(2025, 5, 4)),
    ],
)
def test_the_end_of_the_month_is_counted_from_the_month_it_was_written_in(text, day):
    stated = parse(text, date(2025, 5, 1))

    assert stated is not None
    assert (stated.start, stated.end) == (day, day)


@pytest.mark.parametrize("text", ["the end of the week of action", "by the end of the corridor", "by the end of the"])
def test_an_end_of_something_else_is_no_date(text):
    stated = parse(text, date(2025, 5, 1))

    assert stated is None or not stated.has_window


def test_a_length_of_time_is_not_ambiguous_but_an_unstated_count_is():
    length = parse("lessons of the last 10-15 years")
    unstated = parse("over the past couple of years")

    assert length is not None
    assert unstated is not None
    assert (length.ambiguous, unstated.ambiguous) == (False, True)
