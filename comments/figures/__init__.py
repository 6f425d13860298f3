"""Numbers about the moderation of a time, worked out by the database: for the charts, and for the yearly report."""
