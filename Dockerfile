# One image for all services; the build argument says which. Build the jars first:
#   mvn -B -DskipTests package
#   docker build --build-arg SERVICE=billing -t tollgate/billing .
# Runs as user 10001, with a read-only root file system: it writes to /data (a volume) and to /tmp (a tmpfs from which
# code may be executed: RocksDB and compression unpack their native libraries there).
ARG JAVA=eclipse-temurin:25.0.3_9-jre

FROM ${JAVA} AS layers
ARG SERVICE
COPY ${SERVICE}-service/target/${SERVICE}-service-*-app.jar /service.jar
RUN java -Djarmode=tools -jar /service.jar extract --layers --destination /layers

FROM ${JAVA}
RUN groupadd --system --gid 10001 tollgate \
    && useradd --system --uid 10001 --gid tollgate --home-dir /data --shell /usr/sbin/nologin tollgate \
    && install -d -o tollgate -g tollgate /data
WORKDIR /app
# What changes least comes first: a new version of a service replaces the last layers only.
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
COPY ops/healthcheck ./healthcheck

# Native memory is asked for by many threads: an arena for each would keep what they freed.
ENV MALLOC_ARENA_MAX=2
# Inside a container the network is the wall: listen on all of its interfaces. Files mounted at /run/secrets are settings
# of their names, so that no password is in an image or in the environment.
ENV TOLLGATE_BIND=0.0.0.0 TOLLGATE_DATA_DIR=/data TOLLGATE_MANAGEMENT_PORT=9080 \
    SPRING_CONFIG_IMPORT=optional:configtree:/run/secrets/
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s --retries=6 CMD ["/app/healthcheck"]
# Exec form, so that SIGTERM reaches the JVM and the shutdown is graceful.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
    "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-jar", "/app/service.jar"]
