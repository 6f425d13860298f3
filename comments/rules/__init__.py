"""The rules that hold or refuse a comment when it is posted, and those that say why on its card.

What moderators decided beforehand is read at once and kept in the process until it changes (`rulebook`); a verdict is reached before
anything is locked (`verdicts`).
"""
