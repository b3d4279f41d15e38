"""Request lines: the one grammar that applications, UR decisions, RFAs and letters share."""
