"""The only writers of networks, their people and their topics, by noun.

Every act is one transaction and one audit row; its actor is `by`.
"""

from networks.services.agenda import remove_date, save_date
from networks.services.announcements import ANNOUNCEMENTS_PER_DAY, announce, recipients_of
from networks.services.entering import accept_invitation, is_addressed_to, use_link
from networks.services.guests import end_visit
from networks.services.invitations import (
    INVITATIONS_KEPT,
    invite,
    invite_all,
    purge_invitations,
    resend_invitation,
    revoke_invitation,
)
from networks.services.joining import ASK_AGAIN_AFTER, accept, may_ask_again_at, refuse, request_to_join
from networks.services.links import LINK_LASTS, create_link, revoke_link
from networks.services.members import add_member, leave, remove_member, set_role, spaces_left_alone
from networks.services.presentation import PRESENTATION_FIELDS, add_document, remove_document, save_presentation
from networks.services.refusals import AlreadyDecided, ForSomebodyElse, LastFacilitator, NoLongerOpen, Refused
from networks.services.sending import INVITATION_LASTS, INVITATIONS_PER_DAY, SEND_AGAIN_AFTER, Invited, Offered
from networks.services.topics import MAX_PINNED, archive_topic, close_topic, edit_topic, open_topic, pin_topic, reopen_topic, unpin_topic
from networks.services.visibility import LookedOtherwise, set_visibility

__all__ = [
    "ANNOUNCEMENTS_PER_DAY",
    "ASK_AGAIN_AFTER",
    "INVITATIONS_KEPT",
    "INVITATIONS_PER_DAY",
    "INVITATION_LASTS",
    "LINK_LASTS",
    "MAX_PINNED",
    "PRESENTATION_FIELDS",
    "SEND_AGAIN_AFTER",
    "AlreadyDecided",
    "ForSomebodyElse",
    "Invited",
    "LastFacilitator",
    "LookedOtherwise",
    "NoLongerOpen",
    "Offered",
    "Refused",
    "accept",
    "accept_invitation",
    "add_document",
    "add_member",
    "announce",
    "archive_topic",
    "close_topic",
    "create_link",
    "edit_topic",
    "end_visit",
    "invite",
    "invite_all",
    "is_addressed_to",
    "leave",
    "may_ask_again_at",
    "open_topic",
    "pin_topic",
    "purge_invitations",
    "recipients_of",
    "refuse",
    "remove_date",
    "remove_document",
    "remove_member",
    "reopen_topic",
    "request_to_join",
    "resend_invitation",
    "revoke_invitation",
    "revoke_link",
    "save_date",
    "save_presentation",
    "set_role",
    "set_visibility",
    "spaces_left_alone",
    "unpin_topic",
    "use_link",
]
