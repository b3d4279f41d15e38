"""Criteria laid against facts: findings, a suggestion, and what would change it."""
