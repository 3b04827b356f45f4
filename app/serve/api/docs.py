"""The API's description to read and try, from this machine alone.

The reader is Swagger UI out of a wheel (`fastapi-offline` carries its files); our part is a page without
inline script and the few lines that start it.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from app.serve.pages.headers import POLICY

router = APIRouter(include_in_schema=False)

# Swagger UI sets styles inline and draws with data: images. Still nothing but our own files.
DOCS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self'", "img-src 'self' data:"
)

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>REST interface – Demarche</title>
<link rel="stylesheet" href="/docs/files/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<noscript>
<p>This page needs JavaScript. The same description, as JSON: <a href="/openapi.json">/openapi.json</a>.</p>
</noscript>
<main id="reader"></main>
<script src="/docs/files/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = """\
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reader",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
"""


@router.get("/docs")
async def read_docs() -> HTMLResponse:
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": DOCS_POLICY})


@router.get("/docs/start.js")
async def start_docs() -> Response:
    return Response(START, media_type="text/javascript")


def docs_files() -> StaticFiles:
    """Swagger UI's own files."""
    return StaticFiles(directory=Path(str(files("fastapi_offline"))) / "static")
