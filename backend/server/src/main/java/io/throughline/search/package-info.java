/// Projects drafts and publications into Elasticsearch, answers queries from it, and checks for drift.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "evidence", "review", "strategy", "delivery", "publication", "catalogue"})
package io.throughline.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
