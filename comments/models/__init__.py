"""The tables of the discussions, a module for each thing they are about."""

from comments.models.comments import CommentRevision, ThreadComment, ThreadCommentQuerySet
from comments.models.consultations import Consultation, ConsultationQuerySet, Stage
from comments.models.contributions import Contribution, PublicProposal, people_behind
from comments.models.discussions import Discussion, DiscussionQuerySet, DiscussionSettings, PageDiscussionSettings, ReadingMark
from comments.models.freshness import ContentVersion
from comments.models.guests import GuestPass
from comments.models.handled import Handled, Handling
from comments.models.identification import IdentificationLook, IdentificationRecord
from comments.models.mail import ModeratorPace, NoticeRefusal, OutgoingMail, Pace
from comments.models.reasons import CannedAnswer, Reason
from comments.models.reports import Report
from comments.models.rules import (
    AuthorStanding,
    AuthorTrust,
    BlockedSender,
    Effect,
    ListedWord,
    ModerationSettings,
    SenderKind,
    SpaceModeration,
    WordKind,
)
from comments.models.sanctions import Sanction, SanctionKind
from comments.models.spam import LearntExample, SpamFilter
from comments.models.statements import Appeal, Ending, Restriction, Statement
from comments.models.workbench import Claim, ModeratorNote

__all__ = [
    "Appeal",
    "AuthorStanding",
    "AuthorTrust",
    "BlockedSender",
    "CannedAnswer",
    "Claim",
    "CommentRevision",
    "Consultation",
    "ConsultationQuerySet",
    "ContentVersion",
    "Contribution",
    "Discussion",
    "DiscussionQuerySet",
    "DiscussionSettings",
    "Effect",
    "Ending",
    "GuestPass",
    "Handled",
    "Handling",
    "IdentificationLook",
    "IdentificationRecord",
    "LearntExample",
    "ListedWord",
    "ModerationSettings",
    "ModeratorNote",
    "ModeratorPace",
    "NoticeRefusal",
    "OutgoingMail",
    "Pace",
    "PageDiscussionSettings",
    "PublicProposal",
    "ReadingMark",
    "Reason",
    "Report",
    "Restriction",
    "Sanction",
    "SanctionKind",
    "SenderKind",
    "SpaceModeration",
    "SpamFilter",
    "Stage",
    "Statement",
    "ThreadComment",
    "ThreadCommentQuerySet",
    "WordKind",
    "people_behind",
]
