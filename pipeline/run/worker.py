"""A worker process of the local runner that leaves the terminal to the run."""

import logging
import sys


def main(arguments: list[str]) -> None:
    """Serves the runner until it goes away; what it would log of an error, the runner raises."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.CRITICAL)
    # Before Beam is imported: it warns of libraries that are not there, which would set up a log.
    logging.getLogger().addHandler(handler)
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(arguments)


if __name__ == "__main__":
    main(sys.argv)
