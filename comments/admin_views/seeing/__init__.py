"""What moderators see of their own work: figures, the register of decisions, the yearly report."""
