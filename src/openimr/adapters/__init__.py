"""The outside world: files, child processes, OCR engines, the clock."""
