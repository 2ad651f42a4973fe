package io.throughline.shared;

/// How much a finding matters: `block` stops submission and serving, `warning` asks for a look, `hint` helps.
public enum Severity {
    BLOCK,
    WARNING,
    HINT
}
