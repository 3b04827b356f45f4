"""Every SQL statement, one subject a file: a session first, records back. Nothing here commits.

Columns are selected, never entities: on the read path an object for each row costs several times the
query. Lists are pages by keyset: a page deep in a list costs what the first one does.
"""
