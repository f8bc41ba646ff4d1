"""Pages as the partners' systems make them, with the text, title, date, kind and language in them."""
