"""`python -m openimr`."""

from openimr.cli.main import main

if __name__ == "__main__":
    main()
