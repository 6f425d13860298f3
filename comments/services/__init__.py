"""The only writers of discussions and comments, a module for each kind of act.

Every write takes its discussion's row as the lock, so that counters, paths and statuses hold whatever runs at the same
time; every act is one transaction and one audit row; mails are queued in it and leave after it.
"""

from comments.rows import Author
from comments.services.appeals import APPEAL_TIME, appeal, decide_appeal, why_no_appeal, why_not_decide
from comments.services.claims import Taken, claim, unclaim
from comments.services.consultations import Plan, call_off, plan, replan
from comments.services.contributions import (
    StaleContribution,
    Told,
    draft,
    erase_contributions,
    has_other_facilitator,
    places_to_speak,
    rewrite,
    send_back,
    submit,
    validate,
    why_not_speak,
    withdraw,
)
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
from comments.services.identification import hold, look_into, purge_identification, release
from comments.services.learning import configure_filter, learn_decisions, note_decision, start_again
from comments.services.moving import can_move_to, move_thread
from comments.services.notices import accept_notices, choose_pace, move_refusal, refuse_notices
from comments.services.posting import Posted, add_as_found, post
from comments.services.proposals import (
    StaleProposal,
    accept,
    decline,
    erase_proposals,
    propose,
    why_not_accept,
    withdraw_proposal,
)
from comments.services.reading_marks import mark_read
from comments.services.refusals import Refused, StaleDecision
from comments.services.rephrasing import rephrase
from comments.services.reporting import Reported, Reporter, dismiss_reports, report
from comments.services.restraints import lock_discussion, slow_down, unlock_discussion
from comments.services.reviewing import mark_seen, note
from comments.services.rules import change_numbers, import_words, read_first, save_rule, set_standing, withdraw_rule
from comments.services.sanctions import lift, sanction, why_silenced
from comments.services.sanctions import longest as longest_suspension
from comments.services.statuses import moderate, prove_email, remove, undo
from comments.services.usefulness import mark_useful, withdraw_votes
from comments.services.verdicts import forget_reporters

__all__ = [
    "APPEAL_TIME",
    "UNCONFIRMED_LIFETIME",
    "Author",
    "Plan",
    "Posted",
    "Refused",
    "Reported",
    "Reporter",
    "StaleContribution",
    "StaleDecision",
    "StaleProposal",
    "Taken",
    "Told",
    "accept",
    "accept_notices",
    "add_as_found",
    "appeal",
    "call_off",
    "can_move_to",
    "change_numbers",
    "choose_pace",
    "claim",
    "configure",
    "configure_filter",
    "configure_from_page",
    "decide_appeal",
    "decline",
    "discussion_of",
    "dismiss_reports",
    "draft",
    "edit",
    "erase_contributions",
    "erase_proposals",
    "feature",
    "follow_target",
    "forget_reporters",
    "has_other_facilitator",
    "hold",
    "import_words",
    "learn_decisions",
    "lift",
    "lock_discussion",
    "longest_suspension",
    "look_into",
    "mark_read",
    "mark_seen",
    "mark_useful",
    "moderate",
    "move_refusal",
    "move_thread",
    "note",
    "note_decision",
    "pin",
    "places_to_speak",
    "plan",
    "post",
    "propose",
    "prove_email",
    "purge_guest_passes",
    "purge_identification",
    "purge_mails_to_unproven",
    "purge_unconfirmed",
    "read_first",
    "refuse_notices",
    "release",
    "remember_guest",
    "remove",
    "rephrase",
    "replan",
    "report",
    "revoke_guest_pass",
    "revoke_guest_passes",
    "rewrite",
    "sanction",
    "save_rule",
    "send_back",
    "set_standing",
    "slow_down",
    "start_again",
    "submit",
    "unclaim",
    "undo",
    "unlock_discussion",
    "use_guest_pass",
    "validate",
    "why_no_appeal",
    "why_not_accept",
    "why_not_decide",
    "why_not_speak",
    "why_silenced",
    "withdraw",
    "withdraw_proposal",
    "withdraw_rule",
    "withdraw_votes",
]
