"""What visitors get: pages that are the same for all of them, computed once and never served when they are no longer true."""
