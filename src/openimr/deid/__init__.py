"""Text without the identifiers of people and organisations: what is found, what stands for it."""
