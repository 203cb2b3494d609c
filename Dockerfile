# One service from its packaged jar:
#   mvn -B -DskipTests package && docker build --build-arg SERVICE=billing -t tollgate-billing .
FROM eclipse-temurin:25-jre

ARG SERVICE
RUN groupadd --system tollgate && useradd --system --gid tollgate --home-dir /data tollgate \
    && install -d -o tollgate -g tollgate /data
COPY ${SERVICE}-service/target/${SERVICE}-service-*-app.jar /app/service.jar
COPY ops/healthcheck /app/healthcheck

# Native memory is asked for by many threads: an arena for each would keep what they freed.
ENV MALLOC_ARENA_MAX=2

# Inside a container the network is the wall: listen on all of its interfaces.
ENV TOLLGATE_BIND=0.0.0.0 TOLLGATE_DATA_DIR=/data TOLLGATE_MANAGEMENT_PORT=9080
USER tollgate
VOLUME /data
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 CMD ["/app/healthcheck"]
# Exec form, so that SIGTERM reaches the JVM and the shutdown is graceful.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/service.jar"]
