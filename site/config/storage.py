"""Static files served with a hash in their name, ES module imports included."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedStaticFilesMixin


class StaticStorage(CompressedStaticFilesMixin, ManifestStaticFilesStorage):
    """Hashed and compressed static files; `import` statements between modules follow the hashes."""

    support_js_module_import_aggregation = True
