"""Source -> document: fetch politely, stay on the public internet, give every address a reason.

In: a ``Source`` and the frontier in the store. Out: documents in the store and one outcome for each
address. The modules: ``urls`` and ``outcomes`` are the words; ``guard`` and ``fetch`` speak to the
network; ``robots``, ``politeness`` and ``frontier`` decide whether, when and what; ``sitemaps``,
``links`` and ``extract`` read what came; ``crawl`` is the loop and ``tasks`` ties it to the store.
"""
