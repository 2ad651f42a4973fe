package io.throughline.shared;

import jakarta.servlet.http.HttpServletResponse;

/// What a module's every answer carries, for requests that are refused before any filter sees them ([RefusalValve]).
public interface RefusalHeaders {

    /// @param path as it was written, never decoded; it may be malformed, and is empty where not even that could be read
    void addTo(String path, HttpServletResponse refusal);
}
