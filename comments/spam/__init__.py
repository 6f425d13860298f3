"""The filter that learns from this site's own decisions what spam is here.

`tokens` says what of a comment counts, `weights` holds what was learnt as every process reads it, `judging` applies it to a
comment with neither a query nor a library; `training` and `measuring` run in the command `train_filter` alone.
"""

from comments.spam.judging import Judgement, holds_back, judge, score_of

__all__ = ["Judgement", "holds_back", "judge", "score_of"]
