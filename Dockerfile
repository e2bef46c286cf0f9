# One image for the web server, the worker, the clock and the migrations; docker-compose.yml says which is which.

# Styles, scripts and fonts
FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static/build.mjs static/
COPY static/src static/src
RUN npm run build

# Python packages, checked by hash
FROM python:3.13-slim-bookworm AS packages
COPY requirements.txt .
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

# What runs: Python, Pango for the PDFs, and the product, as a user who owns nothing but the reports
FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin tracker \
    && install --directory --owner tracker --mode 700 /data/reports
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRACKER_MODE=production \
    REPORTS_DIR=/data/reports \
    BEAT_SCHEDULE_FILE=/tmp/celerybeat-schedule
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY programme programme
COPY workstreams workstreams
COPY thrive thrive
COPY reporting reporting
COPY templates templates
COPY static/src static/src
COPY --from=assets /build/static/dist static/dist
# Fingerprints and compresses the assets. The settings want their values; these are forgotten with this line.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=postgresql://build@build.invalid/build REDIS_URL=redis://build.invalid \
    python manage.py collectstatic --noinput
USER tracker
EXPOSE 8000
# /health/ asks the database too. It answers before host names and HTTPS are checked, so no redirect looks like health.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["gunicorn", "programme.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", \
     "--access-logfile=-", "--no-control-socket", "--worker-tmp-dir=/dev/shm", "--max-requests=2000", "--max-requests-jitter=200"]
