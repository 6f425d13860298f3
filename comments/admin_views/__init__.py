"""The moderators' workbench in the Wagtail admin."""
