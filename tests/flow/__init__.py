"""From source to page: real sites over HTTP, real processes, a real browser."""
