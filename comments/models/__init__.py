"""The tables of the discussions, a module for each thing they are about."""

from comments.models.comments import CommentRevision, ThreadComment, ThreadCommentQuerySet
from comments.models.discussions import Discussion, DiscussionQuerySet, DiscussionSettings, PageDiscussionSettings, ReadingMark
from comments.models.freshness import ContentVersion
from comments.models.guests import GuestPass
from comments.models.identification import IdentificationLook, IdentificationRecord
from comments.models.mail import NoticeRefusal, OutgoingMail
from comments.models.spam import LearntExample, SpamFilter

__all__ = [
    "CommentRevision",
    "ContentVersion",
    "Discussion",
    "DiscussionQuerySet",
    "DiscussionSettings",
    "GuestPass",
    "IdentificationLook",
    "IdentificationRecord",
    "LearntExample",
    "NoticeRefusal",
    "OutgoingMail",
    "PageDiscussionSettings",
    "ReadingMark",
    "SpamFilter",
    "ThreadComment",
    "ThreadCommentQuerySet",
]
