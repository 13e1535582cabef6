"""The OpenAPI document, and a page to browse it and try operations: no inline scripts or styles, nothing from elsewhere."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class Document(SpectacularAPIView):
    """OpenAPI 3.1, as YAML or, with `?format=json`, as JSON."""

    schema = None


class Docs(SpectacularSwaggerSplitView):
    """The document to browse."""

    schema = None
    url_name = "api:schema"
    template_name = "api/docs.html"
