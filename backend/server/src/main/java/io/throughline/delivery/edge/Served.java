package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueChange;
import java.time.Instant;

/// An answer that may be kept until something in the catalogue changes it.
public interface Served {

    Body body();

    /// Strong, with its quotes.
    String etag();

    /// Keys for a purge, with spaces between.
    String surrogateKeys();

    /// The answer must not be served at or after this instant.
    Instant validUntil();

    /// The content sequence it was made at.
    long sequence();

    boolean isChangedBy(CatalogueChange change);
}
