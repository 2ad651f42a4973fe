package io.throughline.delivery;

/// Told on this node whenever it learns of a newer content sequence. Called on the clock's own thread: return at once.
public interface CatalogueListener {

    void advanced(long sequence);
}
