package io.throughline.ingest.document;

/// What reading one file gave. Expected refusals are answers, never exceptions.
public sealed interface ParseOutcome permits ParsedDocument, ParseRefusal {}
