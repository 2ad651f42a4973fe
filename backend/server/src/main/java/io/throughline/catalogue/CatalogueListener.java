package io.throughline.catalogue;

/// Told on this node whenever it learns of a newer content sequence. Called on the clock's own thread: return at once.
public interface CatalogueListener {

    void advanced(long sequence);
}
