# Web, worker, controller and the command line: one image, told apart by the command.
FROM node:20-slim AS pages
WORKDIR /srv/ringyard
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim
WORKDIR /srv/ringyard
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg sox \
 && rm -rf /var/lib/apt/lists/*
COPY requirements/app.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/app.txt
COPY . .
COPY --from=pages /srv/ringyard/node_modules node_modules
RUN python infra/assets/vendor.py \
 && rm -rf node_modules \
 && pip install --no-cache-dir --no-deps --editable . \
 && useradd --create-home ringyard \
 && install -d -o ringyard /data
USER ringyard
ENV RINGYARD_HOME=/data
ENTRYPOINT ["ringyard"]
