"""A determination in five formats; each takes the same value and adds nothing to it."""
