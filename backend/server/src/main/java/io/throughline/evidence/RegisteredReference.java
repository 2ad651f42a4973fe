package io.throughline.evidence;

import tools.jackson.databind.node.ObjectNode;

/// A bibliographic reference in the register. Never changed: a correction is another reference.
///
/// @param id  `ref_…`
/// @param csl CSL-JSON without its own `id`, its DOI in the form of [Doi]
public record RegisteredReference(String id, ObjectNode csl) {}
