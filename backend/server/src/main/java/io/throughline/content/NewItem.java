package io.throughline.content;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An item to be made, with its first draft.
public record NewItem(String type, String kind, @Nullable String brand, String locale, ObjectNode document) {}
