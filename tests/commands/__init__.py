"""The front door, tried the way a person does: whole commands, their words and their exit codes."""
