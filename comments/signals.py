"""What the discussions tell the apps above them; sent inside the transaction of the act."""

from django.dispatch import Signal

comment_changed = Signal()
"""A comment was written or its status changed. Arguments: `comment`, `previous` (a Status, or None for a new comment)."""

discussion_changed = Signal()
"""A discussion was opened or its settings, title or network changed. Argument: `discussion`."""

comments_loaded = Signal()
"""Many comments were written at once by comments.bulk. Arguments: `discussion`, `sequences` (a range of comment numbers)."""
