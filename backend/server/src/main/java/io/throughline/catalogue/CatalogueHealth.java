package io.throughline.catalogue;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Part of readiness: a node that refuses to serve (RV-7) wants no requests from the load balancer. It is alive all the same, since
/// starting it anew would mend nothing.
@Component("catalogueHealthIndicator")
public class CatalogueHealth implements HealthIndicator {

    private final CatalogueClock clock;
    private final AlteredDocuments altered;

    CatalogueHealth(CatalogueClock clock, AlteredDocuments altered) {
        this.clock = clock;
        this.altered = altered;
    }

    @Override
    public Health health() {
        return (clock.isFresh() ? Health.up() : Health.down()).withDetail("alteredDocuments", altered.ids().size()).build();
    }
}
