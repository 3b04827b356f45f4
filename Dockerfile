# The image of the web process. Two stages, so that what is only needed to install stays behind.
FROM python:3.12-slim-bookworm AS build
WORKDIR /srv/demarche
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv .venv
# The pins change seldom, the code often: two layers.
COPY requirements.txt ./
RUN .venv/bin/pip install --require-hashes -r requirements.txt
COPY . ./
RUN .venv/bin/pip install --no-deps --no-build-isolation -e . && .venv/bin/python -m app.fonts

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/demarche --create-home demarche
COPY --from=build /srv/demarche /srv/demarche
WORKDIR /srv/demarche
ENV PATH=/srv/demarche/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DEMARCHE_HOST=0.0.0.0 DEMARCHE_PORT=8000 DEMARCHE_HOME=/var/lib/demarche
USER demarche
# Without DEMARCHE_DATABASE_URL the embedded Postgres keeps its data here.
VOLUME /var/lib/demarche
EXPOSE 8000
# The first start migrates and reads the sample briefs, which takes a minute or two.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['DEMARCHE_PORT'] + '/api/v1/health/ready', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["demarche", "serve"]
