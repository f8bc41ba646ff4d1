"""Search engines behind one interface: ``base`` says what an engine does, the rest do it."""
