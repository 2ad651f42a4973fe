package io.throughline.identity;

import io.throughline.shared.Actor;

/// Who looks at a preview: the person who made the token, with what they may see now.
public record PreviewViewer(String tokenId, Actor actor) {}
