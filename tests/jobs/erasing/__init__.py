"""Nothing is left of whoever is erased."""
