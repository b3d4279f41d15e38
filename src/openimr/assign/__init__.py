"""The right reviewer: who may decide, who may not and why, and a whole queue at once."""
