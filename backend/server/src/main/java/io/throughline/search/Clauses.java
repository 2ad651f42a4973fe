package io.throughline.search;

import io.throughline.shared.BrandScope;
import io.throughline.shared.Json;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The few query clauses that this module uses, as trees.
final class Clauses {

    private Clauses() {}

    static ObjectNode term(String field, String value) {
        var node = Json.object();
        node.putObject("term").put(field, value);
        return node;
    }

    static ObjectNode terms(String field, Collection<String> values) {
        var node = Json.object();
        var list = node.putObject("terms").putArray(field);
        values.stream().sorted().forEach(list::add);
        return node;
    }

    static ObjectNode missing(String field) {
        var node = Json.object();
        node.putObject("bool").putArray("must_not").addObject().putObject("exists").put("field", field);
        return node;
    }

    /// Documents whose field `brand` a scope of some brands covers.
    static ObjectNode brands(BrandScope scope) {
        var named = scope.brands().stream().filter(brand -> !brand.equals(BrandScope.UNBRANDED)).sorted().toList();
        return scope.covers(null) ? anyOf(missing("brand"), terms("brand", named)) : terms("brand", named);
    }

    static ObjectNode exists(String field) {
        var node = Json.object();
        node.putObject("exists").put("field", field);
        return node;
    }

    static ObjectNode anyOf(ObjectNode... clauses) {
        var node = Json.object();
        var should = node.putObject("bool").put("minimum_should_match", 1).putArray("should");
        for (var clause : clauses) {
            should.add(clause);
        }
        return node;
    }

    static ObjectNode range(String field, String operator, String value) {
        var node = Json.object();
        node.putObject("range").putObject(field).put(operator, value);
        return node;
    }

    static ObjectNode range(String field, String operator, long value) {
        var node = Json.object();
        node.putObject("range").putObject(field).put(operator, value);
        return node;
    }

    /// A clause that adds a fixed score.
    static ObjectNode worth(double score, ObjectNode filter) {
        var node = Json.object();
        node.putObject("constant_score").put("boost", score).set("filter", filter);
        return node;
    }

    static void sort(ArrayNode sort, String field, String order) {
        sort.addObject().put(field, order);
    }
}
