package io.throughline.catalogue;

import java.util.List;

/// Looks up what one item has published, in one market at one sequence.
public interface Publications {

    /// At most one for each locale; whether they are effective is not asked.
    List<Candidate> of(String itemId);
}
