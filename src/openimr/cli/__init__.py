"""The command line: data to stdout, talk to stderr, exit codes from the error tree."""
