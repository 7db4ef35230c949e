"""``python -m alibaba_news``: the same program as the console script."""

from alibaba_news.cli import main

raise SystemExit(main())
