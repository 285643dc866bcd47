# Haricot's API and page in a container. Pack first, then build:
#   mvn -Pdist package
#   docker build -t haricot .
# The base needs Java 25 (a runtime is enough), bash, and glibc 2.34 for the library that reads pictures.
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}

USER root
ADD local/target/haricot.tar.gz /opt/
# A user without a name or rights, and the one folder that it writes to.
RUN mkdir -p /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
VOLUME /data

ENV HARICOT_DATA=/data
EXPOSE 8080

# Without another program: the base may have no curl.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /v1/health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

# It listens at every address of the container, and does not start without API_KEY.
ENTRYPOINT ["/opt/haricot/haricot"]
CMD ["serve", "--host", "0.0.0.0"]
