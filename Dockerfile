# The server against real PostgreSQL and Elasticsearch; docker-compose.yml starts all three.
FROM eclipse-temurin:25-jdk-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    ./mvnw --batch-mode --no-transfer-progress -DskipTests package \
    && java -Djarmode=tools -jar backend/server/target/throughline-server-*.jar extract --layers --destination /layers \
    && mv /layers/application/throughline-server-*.jar /layers/application/throughline.jar

FROM eclipse-temurin:25-jre-noble
RUN groupadd --system --gid 10001 throughline \
    && useradd --system --uid 10001 --gid throughline --home-dir /var/lib/throughline --create-home throughline
WORKDIR /opt/throughline
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER 10001:10001
ENV THROUGHLINE_DATA=/var/lib/throughline THROUGHLINE_BLOBS=/var/lib/throughline/blobs
VOLUME /var/lib/throughline
EXPOSE 8080
# a large catalogue fills half of the heap for good: by its own judgement the collector would mark it without a pause
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:-G1UseAdaptiveIHOP", "-XX:InitiatingHeapOccupancyPercent=65", "-XX:+ExitOnOutOfMemoryError", "-jar", "throughline.jar"]
