"""The tables of the discussions, a module for each thing they are about."""

from comments.models.comments import CommentRevision, ThreadComment, ThreadCommentQuerySet
from comments.models.discussions import Discussion, DiscussionQuerySet, DiscussionSettings, PageDiscussionSettings, ReadingMark
from comments.models.freshness import ContentVersion
from comments.models.guests import GuestPass
from comments.models.mail import NoticeRefusal, OutgoingMail
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

__all__ = [
    "AuthorStanding",
    "AuthorTrust",
    "BlockedSender",
    "CommentRevision",
    "ContentVersion",
    "Discussion",
    "DiscussionQuerySet",
    "DiscussionSettings",
    "Effect",
    "GuestPass",
    "ListedWord",
    "ModerationSettings",
    "NoticeRefusal",
    "OutgoingMail",
    "PageDiscussionSettings",
    "ReadingMark",
    "SenderKind",
    "SpaceModeration",
    "ThreadComment",
    "ThreadCommentQuerySet",
    "WordKind",
]
