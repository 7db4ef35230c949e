"""Turn a folder of scraped articles into a site: python build.py --help."""

from alibaba_news.cli import main

raise SystemExit(main())
