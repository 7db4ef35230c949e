from alibaba_news.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
