"""Pages in, a site on disk out: gathers the input, renders it, and puts the new site in the place of the old in one step."""
