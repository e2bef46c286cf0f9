"""Reviews: begun, changed, taken step by step; and who takes part in them."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from programme.actions import mail
from programme.clock import LONDON, now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.models import Organisation, Place, User
from programme.refusals import Refused, Stale
from thrive.maturity import words
from thrive.maturity.models import Consensus, Domain, Framework, Participant, Review, Score
from thrive.maturity.scoring import Kind, State, next_states

LINK_DAYS = 60  # a link goes on working after the round, for the workshop and what was agreed
TOKEN_BYTES = 24


@dataclass(frozen=True)
class About:
    """All that is said of a review when it begins."""

    place: Place
    kind: Kind
    title: str
    when: FuzzyDate
    purpose: str = ""
    closes_on: date | None = None
    follows: Review | None = None
    source: str = ""
    trailblazer: bool | None = None
    is_example: bool = False


@transaction.atomic
def begin(*, about: About, framework: Framework, by: User | None, at: datetime | None = None) -> Review:
    """Begin a review. Raises Refused."""
    if about.when.start is None or about.when.end is None:
        raise Refused("Say when the review is: a month, a season or a day.")
    if (about.kind is Kind.AGAIN) != (about.follows is not None):
        raise Refused("A re-review follows an earlier review; choose which.")
    if about.follows and about.follows.place_id != about.place.pk:
        raise Refused("A re-review is of the same place as the review it follows.")
    with recorded(by=by, action="Began a maturity review", at=at or now()):
        return Review.objects.create(
            framework=framework,
            place=about.place,
            kind=about.kind,
            title=about.title,
            purpose=about.purpose,
            period_words=about.when.text,
            period_from=about.when.start,
            period_until=about.when.end,
            closes_on=about.closes_on,
            follows=about.follows,
            source=about.source,
            trailblazer=about.trailblazer,
            is_example=about.is_example,
        )


@transaction.atomic
def change(
    *,
    review: Review,
    title: str,
    purpose: str,
    closes_on: date | None,
    version: int,
    by: User,
    at: datetime | None = None,
) -> Review:
    """Change what is said of a review. Its place, kind and framework stay. Raises Stale or Refused."""
    current = locked(review, version)
    refuse_released(current)
    current.title, current.purpose, current.closes_on = title, purpose, closes_on
    with recorded(by=by, action="Changed the maturity review", at=at or now()):
        return _saved(current)


@transaction.atomic
def move(
    *,
    review: Review,
    to: State,
    version: int,
    by: User | None,
    public: bool = False,
    at: datetime | None = None,
) -> Review:
    """Take the next step. Raises Stale, or Refused where the review is not ready for it.

    `public` is for reports that those who made them have published: everybody may read these.
    """
    moment = at or now()
    current = locked(review, version)
    if to not in next_states(current.sort, current.stands):
        raise Refused(f"That cannot be done now: the review stands at “{current.get_state_display()}”.")
    _refuse_unready(current, to)
    back = current.stands is State.AGREED and to is State.WORKSHOP
    current.state = to
    if to is State.RELEASED:
        current.released_at = moment
        current.is_public = public
    action = words.TAKEN_BACK if back else words.TAKEN[to]
    with recorded(by=by, action=action, at=moment):
        _saved(current)
        if to is State.SCORING:
            _send_links(current, moment)
    return current


def _send_links(review: Review, moment: datetime) -> None:
    """Those whose address is known get their link when there is something to score, not before."""
    for who in review.participants.filter(withdrawn_at=None, in_room=False).exclude(email="").select_related("review"):
        _renewed(who, moment, emailed=True)


def _refuse_unready(review: Review, to: State) -> None:
    if to is State.SCORING and not review.participants.filter(withdrawn_at=None).exclude(domains=[]).exists():
        raise Refused("Nobody takes part yet. Add the participants first.")
    if to is State.WORKSHOP and not Score.objects.filter(participant__review=review).exists():
        raise Refused("Nobody has scored yet, so there is nothing to talk about.")
    if to is State.AGREED and not Consensus.objects.filter(review=review).exists():
        raise Refused("Nothing is agreed yet.")
    if to is State.RELEASED and review.sort is Kind.VISIT and not review.findings.exists():
        raise Refused("Nothing was found yet. Add the findings first.")


def locked(review: Review, version: int) -> Review:
    """The review as it stands, kept for this transaction. Raises Stale."""
    current = Review.objects.select_for_update(of=("self",)).select_related("place", "framework").get(pk=review.pk)
    if current.version != version:
        raise Stale(current)
    return current


def refuse_released(review: Review) -> None:
    """What was released stays as it was."""
    if review.stands is State.RELEASED:
        raise Refused("This review has been released. Nothing of it can be changed.")


def _saved(review: Review) -> Review:
    review.version += 1
    review.save()
    return review


# Who takes part


@dataclass(frozen=True)
class Part:
    """Who takes part: for whom they speak, and which domains they are asked about.

    With an address their link is e-mailed; `in_room` means without a link.
    """

    name: str
    sector: str
    domains: Sequence[str]
    organisation: Organisation | None = None
    in_room: bool = False
    email: str = ""


def hashed(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def add_participant(
    *, review: Review, part: Part, by: User | None, at: datetime | None = None
) -> tuple[Participant, str]:
    """Add somebody. Returns them and the secret of their link, which is kept nowhere. Raises Refused.

    With an address there is no secret to return: the link is e-mailed, once the round is open.
    """
    moment = at or now()
    current = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if current.stands not in {State.DRAFT, State.SCORING} or current.sort is Kind.VISIT:
        raise Refused("Participants are added before the round closes.")
    _refuse_domains(current, part.domains)
    if current.participants.filter(name=part.name).exists():
        raise Refused(f"“{part.name}” takes part already. Use another name, such as ‘{part.name} 2’.")
    token = "" if part.in_room else secrets.token_urlsafe(TOKEN_BYTES)
    with recorded(by=by, action="Added a participant", at=moment):
        made = Participant.objects.create(
            review=current,
            name=part.name,
            sector=part.sector,
            domains=list(part.domains),
            organisation=part.organisation,
            in_room=part.in_room,
            email="" if part.in_room else part.email,
            token_hash=hashed(token) if token else None,
            expires_at=_expiry(current, moment) if token else None,
        )
        if made.email and current.stands is State.SCORING:
            _email(made, token, moment)
    return made, "" if made.email else token


def _refuse_domains(review: Review, domains: Sequence[str]) -> None:
    known = set(Domain.objects.filter(framework=review.framework_id).values_list("code", flat=True))
    if not domains or not set(domains) <= known:
        raise Refused("Choose at least one domain of this framework.")


def _expiry(review: Review, moment: datetime) -> datetime:
    last = datetime.combine(review.closes_on, time(23, 59), tzinfo=LONDON) if review.closes_on else moment
    return max(last, moment) + timedelta(days=LINK_DAYS)


@transaction.atomic
def change_participant(
    *, participant: Participant, part: Part, version: int, by: User, at: datetime | None = None
) -> Participant:
    """Change what is said of somebody; whether they use a link stays. Raises Stale or Refused."""
    current = _participant(participant, version)
    _refuse_domains(current.review, part.domains)
    if current.review.participants.filter(name=part.name).exclude(pk=current.pk).exists():
        raise Refused(f"“{part.name}” takes part already. Use another name.")
    current.name, current.sector, current.organisation = part.name, part.sector, part.organisation
    current.domains, current.email = list(part.domains), "" if current.in_room else part.email
    current.version += 1
    with recorded(by=by, action="Changed a participant", at=at or now()):
        current.save()
    return current


def _participant(participant: Participant, version: int) -> Participant:
    found = Participant.objects.select_for_update(of=("self",)).select_related("review")
    current = found.get(pk=participant.pk)
    if current.version != version:
        raise Stale(current)
    refuse_released(current.review)
    return current


@transaction.atomic
def renew_link(
    *, participant: Participant, version: int, by: User, at: datetime | None = None
) -> tuple[Participant, str]:
    """Make a new link to hand over; the old one stops working. Raises Stale or Refused."""
    moment = at or now()
    current = _with_a_link(participant, version)
    with recorded(by=by, action="Made a new link for a participant", at=moment):
        return current, _renewed(current, moment, emailed=False)


@transaction.atomic
def email_link(*, participant: Participant, version: int, by: User, at: datetime | None = None) -> Participant:
    """E-mail somebody a new link; the old one stops working. Raises Stale or Refused."""
    moment = at or now()
    current = _with_a_link(participant, version)
    if not current.email:
        raise Refused("There is no address to send it to. Enter one first.")
    if current.review.stands is State.DRAFT:
        raise Refused("Their link is emailed by itself when the scoring is opened.")
    with recorded(by=by, action="Emailed a new link to a participant", at=moment):
        _renewed(current, moment, emailed=True)
    return current


def _with_a_link(participant: Participant, version: int) -> Participant:
    current = _participant(participant, version)
    if current.in_room:
        raise Refused("This person is in the room: a facilitator writes for them, and they have no link.")
    return current


def _renewed(who: Participant, moment: datetime, *, emailed: bool) -> str:
    """A new secret in the place of the old one. A letter with the old one that has not left yet is called back."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    who.token_hash, who.expires_at = hashed(token), _expiry(who.review, moment)
    who.withdrawn_at = None
    who.version += 1
    who.save()
    mail.call_back(key_begins=_letters_of(who), words="A newer link has taken its place.", at=moment)
    if emailed:
        _email(who, token, moment)
    return token


def _letters_of(who: Participant) -> str:
    return f"maturity-link:{who.pk}:"


def _email(who: Participant, token: str, moment: datetime) -> None:
    """The link and until when it works: nothing of which review, which place or who asks."""
    service, support = settings.SERVICE_NAME, settings.SUPPORT_EMAIL
    context = {"service": service, "support_email": support, "until": who.expires_at, "place_of_link": mail.LINK}
    who.mail, _ = mail.write_outside(
        key=f"{_letters_of(who)}{who.version}",
        address=who.email,
        subject=f"Your personal link, {service}",
        body=render_to_string("emails/personal_link.txt", context),
        link=settings.PUBLIC_URL + reverse("maturity-link", args=[token]),
        at=moment,
    )
    who.save(update_fields=["mail"])


@transaction.atomic
def withdraw(*, participant: Participant, version: int, by: User, at: datetime | None = None) -> Participant:
    """Somebody takes part no longer. What they said stays out of the picture, and their link stops working."""
    moment = at or now()
    current = _participant(participant, version)
    if current.review.stands not in {State.DRAFT, State.SCORING}:
        raise Refused("The round has closed: what was scored stays.")
    current.withdrawn_at = moment
    current.version += 1
    with recorded(by=by, action="Took a participant off", at=moment):
        current.save()
        mail.call_back(key_begins=_letters_of(current), words="This person takes part no longer.", at=moment)
    return current


def find_by_link(token: str, *, at: datetime | None = None) -> Participant | None:
    """Whose link this is, if it still works."""
    found = Participant.objects.select_related("review__place", "review__framework", "organisation")
    who = found.filter(token_hash=hashed(token)).first()
    return who if who and who.link_works(at or now()) else None
