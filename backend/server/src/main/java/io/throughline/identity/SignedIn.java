package io.throughline.identity;

import java.io.Serializable;
import java.time.Instant;
import org.springframework.security.core.AuthenticatedPrincipal;

/// What a session knows of its person: the id, and which password opened it. Roles and scopes are read anew.
record SignedIn(String personId, Instant passwordChangedAt) implements AuthenticatedPrincipal, Serializable {
    @Override
    public String getName() {
        return personId;
    }
}
