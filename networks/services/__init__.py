"""The only writers of networks, their people and their topics, by noun.

Every act is one transaction and one audit row; its actor is `by`.
"""

from networks.services.agenda import remove_date, save_date
from networks.services.joining import ASK_AGAIN_AFTER, accept, may_ask_again_at, refuse, request_to_join
from networks.services.members import leave, remove_member, set_role
from networks.services.presentation import PRESENTATION_FIELDS, add_document, remove_document, save_presentation
from networks.services.refusals import AlreadyDecided, LastFacilitator, Refused
from networks.services.topics import MAX_PINNED, archive_topic, close_topic, edit_topic, open_topic, pin_topic, reopen_topic, unpin_topic
from networks.services.visibility import LookedOtherwise, set_visibility

__all__ = [
    "ASK_AGAIN_AFTER",
    "MAX_PINNED",
    "PRESENTATION_FIELDS",
    "AlreadyDecided",
    "LastFacilitator",
    "LookedOtherwise",
    "Refused",
    "accept",
    "add_document",
    "archive_topic",
    "close_topic",
    "edit_topic",
    "leave",
    "may_ask_again_at",
    "open_topic",
    "pin_topic",
    "refuse",
    "remove_date",
    "remove_document",
    "remove_member",
    "reopen_topic",
    "request_to_join",
    "save_date",
    "save_presentation",
    "set_role",
    "set_visibility",
    "unpin_topic",
]
