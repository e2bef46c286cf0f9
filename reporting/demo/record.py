"""A programme of the past, as its source has it: its page, its workstreams and its stage gates.

No months are reported in it, and nothing is told of it after it was made.
"""

from django.db import transaction

from programme.models import Programme
from reporting.demo import gates, structure
from reporting.demo.people import Cast
from reporting.demo.story import StoryTime, Told, run


@transaction.atomic
def put(told: Told, story: StoryTime, cast: Cast) -> Programme:
    """Everything at once or nothing."""
    programme = structure.make(told, story, cast)
    run(gates.events(programme, story, cast), story)
    return programme
