package io.throughline.content;

/// When rules are asked: the same rules give hints while writing, stop a submission, and leave an item out when serving.
public enum Moment {
    WRITING,
    SUBMITTING,
    SERVING
}
