"""The process on plain files: puts workflow, assign and render in order for a case folder."""
