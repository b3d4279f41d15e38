"""Criteria laid against facts: findings, a suggestion with its reasons, and what would change it."""
