from alibaba_news.__main__ import start

if __name__ == "__main__":
    raise SystemExit(start())
