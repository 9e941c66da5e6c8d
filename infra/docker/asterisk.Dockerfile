# One Asterisk node. Asterisk 22 is in Debian's unstable suite only; the node's configuration is written at each start.
FROM debian:sid-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends asterisk asterisk-core-sounds-en-gsm python3 python3-pydantic-settings \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/ringyard
COPY platform platform
COPY pbx pbx
RUN useradd --create-home ringyard && install -d -o ringyard /var/lib/ringyard
USER ringyard
ENV PYTHONPATH=/srv/ringyard:/srv/ringyard/platform RINGYARD_HOME=/var/lib/ringyard
ENTRYPOINT ["python3", "-m", "ringyard.local.container_node"]
CMD ["node1"]
