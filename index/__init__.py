"""The index: documents go in, hits come out."""
