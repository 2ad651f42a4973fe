/// Reads one file into a document, purely: bytes and a name go in, a parsed document or a refusal comes out.
/// Nothing here touches the network, the disk, the clock of the business or the database.
@NullMarked
package io.throughline.ingest.document;

import org.jspecify.annotations.NullMarked;
