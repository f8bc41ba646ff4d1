"""What we know: settings, errors, documents, goals and the store. Imports nothing of ours."""
