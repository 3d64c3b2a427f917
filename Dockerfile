# Milepost in a container. Build: docker build -t milepost .
# Run: docker run --env-file .env -v milepost-data:/data milepost

FROM python:3.11-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/milepost
ENV PATH="/opt/milepost/bin:$PATH"
WORKDIR /build

# The dependencies go in before the source, so that a change of ours does not install them anew.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); print(*p['build-system']['requires'], *p['project']['dependencies'], sep='\n')" > requirements.txt \
    && pip install -c constraints.txt -r requirements.txt

COPY . .
RUN pip install -c constraints.txt --no-deps --no-build-isolation .


FROM python:3.11-slim

# A fixed number, so that whoever provides the volume knows whom to give it to.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin milepost \
    && install -d -o milepost -g milepost -m 0750 /data

ENV PATH="/opt/milepost/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL="sqlite+aiosqlite:////data/milepost.db" \
    PORT=3000

WORKDIR /data
VOLUME ["/data"]
EXPOSE 3000
USER milepost

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["milepost", "health"]
CMD ["milepost", "run"]

COPY --from=build /opt/milepost /opt/milepost
