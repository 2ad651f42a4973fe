package io.throughline.taxonomy;

import java.util.List;

/// A medicine of the portfolio; `indications` are notations of the scheme of that name.
public record Brand(
        String key, String name, String establishedName, String therapeuticArea, List<String> indications, String lifeCycleStage) {

    public Brand {
        indications = List.copyOf(indications);
    }
}
