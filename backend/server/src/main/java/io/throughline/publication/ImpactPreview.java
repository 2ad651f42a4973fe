package io.throughline.publication;

import java.util.List;

/// What a withdrawal would impact (RV-6).
///
/// @param count   of items, of every brand; a lower bound when there is `more`
/// @param more    whether there are more than were looked at
/// @param impacts those of the brands that the person works for; what is published comes first
public record ImpactPreview(int count, boolean more, List<Impact> impacts) {

    public ImpactPreview {
        impacts = List.copyOf(impacts);
    }
}
