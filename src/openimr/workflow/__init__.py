"""The process on a case: (state, act, actor, now) -> (state, events); what is due, and why."""
