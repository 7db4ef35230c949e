"""One module a kind of page: look-ups in, flat frozen view types out. Templates only lay out what stands here."""
