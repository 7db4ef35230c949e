"""How a story is cited: a reference to read, and BibTeX, RIS and CSL-JSON for programs that keep references.

A name stands as the paper prints it: most Indonesian names have no family name that a program could turn to the front. What
the archive worked out itself is never given as printed: square brackets in the reference, the mark or the note of each format.
"""

from alibaba_news.renderer.citing.export import EXPORTS, cite_story
from alibaba_news.renderer.citing.reference import CitationView, draw_citation

__all__ = ["EXPORTS", "CitationView", "cite_story", "draw_citation"]
