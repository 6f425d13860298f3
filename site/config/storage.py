"""Static files served with a hash in their name, ES module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files; `import` statements between modules follow the hashes."""

    support_js_module_import_aggregation = True
