"""The only writers of discussions and comments, a module for each kind of act.

Every write takes its discussion's row as the lock, so that counters, paths and statuses hold whatever runs at the same
time; every act is one transaction and one audit row; mails are queued in it and leave after it.
"""

from comments.rows import Author
from comments.rules.origin import Origin
from comments.services.discussions import configure, configure_from_page, discussion_of, follow_target
from comments.services.editing import edit
from comments.services.guests import (
    UNCONFIRMED_LIFETIME,
    purge_guest_passes,
    purge_mails_to_unproven,
    purge_unconfirmed,
    remember_guest,
    revoke_guest_pass,
    revoke_guest_passes,
    use_guest_pass,
)
from comments.services.highlighting import feature, pin
from comments.services.notices import accept_notices, move_refusal, refuse_notices
from comments.services.posting import Posted, add_as_found, post
from comments.services.reading_marks import mark_read
from comments.services.refusals import Refused, StaleDecision
from comments.services.rules import change_numbers, import_words, read_first, save_rule, set_standing, withdraw_rule
from comments.services.statuses import moderate, prove_email, remove
from comments.services.usefulness import mark_useful, withdraw_votes

__all__ = [
    "UNCONFIRMED_LIFETIME",
    "Author",
    "Origin",
    "Posted",
    "Refused",
    "StaleDecision",
    "accept_notices",
    "add_as_found",
    "change_numbers",
    "configure",
    "configure_from_page",
    "discussion_of",
    "edit",
    "feature",
    "follow_target",
    "import_words",
    "mark_read",
    "mark_useful",
    "moderate",
    "move_refusal",
    "pin",
    "post",
    "prove_email",
    "purge_guest_passes",
    "purge_mails_to_unproven",
    "purge_unconfirmed",
    "read_first",
    "refuse_notices",
    "remember_guest",
    "remove",
    "revoke_guest_pass",
    "revoke_guest_passes",
    "save_rule",
    "set_standing",
    "use_guest_pass",
    "withdraw_rule",
    "withdraw_votes",
]
