package io.throughline.taxonomy;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import java.util.List;
import org.springframework.stereotype.Component;

/// Brands: rights are given by them.
@Component
class BrandRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(AuditedKind.of("brand", "brand", "key"));
    }
}
