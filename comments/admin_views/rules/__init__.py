"""The screens of the rules, in the moderation of the Wagtail admin."""
