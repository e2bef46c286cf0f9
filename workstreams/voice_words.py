"""The words of the co-production log: who was heard, how, and how far they took part. Pure.

The groups are those that national plans name as under-served; a programme may add to them in the text itself.
"""

from typing import Final

HOW: Final = (
    ("event", "Event or workshop"),
    ("group", "Participation group"),
    ("survey", "Survey"),
    ("feedback", "Feedback on a service"),
)
AUDIENCES: Final = (
    ("young_people", "Young people"),
    ("parents_carers", "Parents and carers"),
    ("staff", "Staff"),
    ("partners", "Partners"),
)
LEVELS: Final = (
    ("informed", "Informed", "They were told what is planned."),
    ("consulted", "Consulted", "They were asked what they think."),
    ("involved", "Involved", "They took part in the work."),
    ("co_designed", "Co-designed", "They made it together with staff."),
    ("co_led", "Co-led", "They led it together with staff."),
)
GROUPS: Final = (
    ("looked_after", "Children looked after and care leavers"),
    ("young_carers", "Young carers"),
    ("send", "Special educational needs and disability"),
    ("neurodivergent", "Autistic people and others who are neurodivergent"),
    ("learning_disability", "Learning disability"),
    ("ethnic_minority", "Ethnic minority communities"),
    ("lgbtq", "LGBTQ+"),
    ("refugees", "Refugees and people seeking asylum"),
    ("gypsy_roma_traveller", "Gypsy, Roma and Traveller communities"),
    ("justice", "In contact with the justice system"),
    ("not_in_school", "Not in school"),
    ("poverty", "Living in poverty"),
    ("under_fives", "Families with children under 5"),
    ("young_adults", "Young adults from 16 to 25"),
    ("rural", "Living far from services"),
)
HOW_WORDS: Final = dict(HOW)
AUDIENCE_WORDS: Final = dict(AUDIENCES)
LEVEL_WORDS: Final = {key: words for key, words, _ in LEVELS}
GROUP_WORDS: Final = dict(GROUPS)
