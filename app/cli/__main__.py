"""`python -m app.cli`, the same as `demarche`."""

from app.cli import main

if __name__ == "__main__":
    main()
