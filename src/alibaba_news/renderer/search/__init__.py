"""The search index: documents of an archive -> classic scripts that the search page loads as a query needs them.

``layout`` says which files there are (``plan_search``), ``files`` makes each (``SearchWriter``), ``analysing`` reads one.
How they are laid out is told in docs/search.md; ``static/search`` holds their readers.
"""
