"""The root of every error that we raise ourselves.

    KennisbankError
    ├── SettingsError        a setting is wrong or unknown                      (library.settings)
    ├── HomeError            KENNISBANK_HOME cannot be made, read or written    (library.store)
    ├── JobLost              another worker does the job now                    (library.store)
    ├── StoreError           the database cannot be used                        (library.store)
    │   ├── NotFound         a row that must exist does not
    │   └── StoreOutdated    the database wants another version of the program
    └── further trees        crawler, index and webapp hang their own error below the root

The text of an error is one line of plain English that tells what is wrong and what can be done;
the front door prints it without a traceback. Expected outcomes (a page that is gone, a line of an
import that is wrong) are values, not errors: see ``crawler.outcomes``.
"""


class KennisbankError(Exception):
    """Something went wrong in a way that we can explain in one line."""


class SettingsError(KennisbankError):
    """A setting has a wrong value, or a name that we do not know."""


class HomeError(KennisbankError):
    """The folder with all state cannot be made, read or written."""


class StoreError(KennisbankError):
    """The database cannot be used."""


class JobLost(KennisbankError):
    """Another worker took over a job: whoever did it stops, and leaves everything as it is."""


class NotFound(StoreError):
    """A row that the caller knows must exist does not exist."""


class StoreOutdated(StoreError):
    """The database was made by another version of the program."""
