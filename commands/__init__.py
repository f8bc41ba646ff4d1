"""The commands: what is typed after ``kennisbank``, a file for each subject.

In: words of the command line, and the ``House`` of ``house``. Out: lines for people, or JSON for
programs. Nothing is worked out here: each command hands over to the room that does the work.
``labels``, ``output``, ``example_sites`` and ``source_options`` are what several commands share.

This is the door: it lists every command and every group of them.
"""

import click

from commands.classification import classify, export_labels, train_facets_command, train_goals
from commands.crawling import crawl, try_
from commands.documents import explain_, export, extract, import_
from commands.evaluation import evaluate
from commands.indexing import reindex
from commands.maintenance import backup, doctor, migrate, restore
from commands.people import add_admin, person
from commands.searching import complete, search, terms
from commands.serving import serve_command, start
from commands.sources import source
from commands.working import work

COMMANDS: tuple[click.Command, ...] = (
    start,
    serve_command,
    work,
    migrate,
    doctor,
    add_admin,
    person,
    backup,
    restore,
    source,
    crawl,
    try_,
    import_,
    export,
    extract,
    explain_,
    reindex,
    search,
    terms,
    complete,
    classify,
    train_goals,
    train_facets_command,
    export_labels,
    evaluate,
)
