"""Case files of every topic with criteria: evidence planned as facts, and judged by the rules."""
