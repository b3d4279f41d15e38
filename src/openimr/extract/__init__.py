"""Evidence: from the text of documents to facts with their pages."""
