package io.throughline.audit;

import java.util.stream.Collectors;

/// The statements over the table of a kind. Table and columns come from the kind's declaration in our code, which lets nothing through
/// but letters, digits and underscores; values are parameters.
record KindSql(AuditedKind kind) {

    /// The same as the function `audit_facts` has it, but not by that function: whoever alters rows might alter it too.
    private static final String FACTS = """
            (select jsonb_object_agg(case when long then key || '#sha256' else key end,
                                     case when long then to_jsonb(encode(sha256(convert_to(value::text, 'UTF8')), 'hex')) else value end)
               from (select key, value, value <> 'null' and (length(value::text) > 200 or key = any (string_to_array(?, ','))) as long
                       from jsonb_each(to_jsonb(audited))) as field)""";

    String keys() {
        return String.join(",", kind.key());
    }

    String secrets() {
        return kind.secrets().stream().sorted().collect(Collectors.joining(","));
    }

    /// The id of the row `audited`.
    String id() {
        return kind.key().stream().map("(audited).%s::text"::formatted).collect(Collectors.joining(" || '/' || "));
    }

    String trigger() {
        return "create or replace trigger audited after insert or update or delete on %s for each row execute function audit_fact('%s', '%s', '%s')"
                .formatted(kind.table(), kind.name(), keys(), secrets());
    }

    /// Records what is there; answers the batches. Parameters: `kind`, `secrets`, and `piece`, how many make a batch.
    String takeOver() {
        return """
                with numbered as (select audited, (row_number() over () - 1) / :piece as piece from %s audited),
                     batch as (select piece, nextval('audit_batch') as batch from (select distinct piece from numbered) pieces),
                     recorded as (insert into audit_record (kind, record_id, batch, facts)
                       select :kind, %s, batch, audit_facts(to_jsonb(audited), string_to_array(:secrets, ','))
                         from numbered join batch using (piece))
                select batch from batch order by batch
                """.formatted(kind.table(), id());
    }

    /// Each row with what was recorded of it, where that differs. Parameters: the secret columns, the kind.
    String rows() {
        return """
                select %s as id, rec.batch, rec.record_id is null as unrecorded,
                       case when now.facts is distinct from rec.facts then now.facts end as now,
                       case when now.facts is distinct from rec.facts then rec.facts end as recorded
                  from %s audited
                 cross join lateral (select %s as facts) now
                  left join lateral (select record_id, facts, batch from audit_record record
                                      where record.kind = ? and record.record_id = %s order by ordinal desc limit 1) rec on true
                """.formatted(id(), kind.table(), FACTS, id());
    }

    /// The newest record of each id, and whether its row is missing. Parameter: the kind.
    String missing() {
        return """
                select newest.record_id as id, newest.batch, newest.facts is not null and audited.%s is null as missing
                  from (select distinct on (record_id) record_id, batch, facts from audit_record where kind = ? order by record_id, ordinal desc) newest
                  left join %s audited on %s = newest.record_id
                """.formatted(kind.key().getFirst(), kind.table(), id());
    }
}
