"""The engines' own indexes over the stems; each follows its table by itself.

A later migration that makes SQLite rebuild `search_entry` (most AlterField do) drops its triggers: it must create them again.
"""

from django.db import migrations

POSTGRESQL = [
    """
    ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_stems), 'A') || to_tsvector('simple'::regconfig, text_stems)
    ) STORED
    """,
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
]

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_fulltext USING fts5(
        kind, title_stems, text_stems,
        content='search_entry', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
    )
    """,
    """
    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fulltext(rowid, kind, title_stems, text_stems)
        VALUES (new.id, new.kind, new.title_stems, new.text_stems);
    END
    """,
    """
    CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, kind, title_stems, text_stems)
        VALUES ('delete', old.id, old.kind, old.title_stems, old.text_stems);
    END
    """,
    """
    CREATE TRIGGER search_entry_changed AFTER UPDATE OF kind, title_stems, text_stems ON search_entry BEGIN
        INSERT INTO search_fulltext(search_fulltext, rowid, kind, title_stems, text_stems)
        VALUES ('delete', old.id, old.kind, old.title_stems, old.text_stems);
        INSERT INTO search_fulltext(rowid, kind, title_stems, text_stems)
        VALUES (new.id, new.kind, new.title_stems, new.text_stems);
    END
    """,
]

BACK = {
    "postgresql": ["ALTER TABLE search_entry DROP COLUMN vector"],
    "sqlite": [
        "DROP TRIGGER search_entry_added",
        "DROP TRIGGER search_entry_deleted",
        "DROP TRIGGER search_entry_changed",
        "DROP TABLE search_fulltext",
    ],
}


def create(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, remove)]
