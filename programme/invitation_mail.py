"""The e-mail of an invitation: who invites, to what by name, and the link. Nothing else of the programme."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from programme.models import Invitation

log = logging.getLogger(__name__)


def send(invitation: Invitation, token: str) -> bool:
    """Hand the letter to the mail server. False where it does not take it: the invitation waits, to be sent again."""
    joining = invitation.kind == Invitation.Kind.JOIN
    context = {
        "invitation": invitation,
        "service": settings.SERVICE_NAME,
        "support_email": settings.SUPPORT_EMAIL,
        "link": settings.PUBLIC_URL + reverse("invitation", args=[token]),
    }
    name = "invitation" if joining else "confirm_address"
    subject = "You are invited to " if joining else "Confirm your address for "
    body = render_to_string(f"emails/{name}.txt", context)
    try:
        sent = EmailMessage(subject + settings.SERVICE_NAME, body, to=[invitation.email]).send()
    except (OSError, SMTPException) as problem:
        log.warning("An invitation was not sent: %s", type(problem).__name__)
        return False
    return bool(sent)
