"""The public pages of the discussions."""
