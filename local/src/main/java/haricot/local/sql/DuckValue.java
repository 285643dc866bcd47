package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Map;

/// What DuckDB's driver hands out, as JSON.
final class DuckValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DuckValue() {}

    static JsonNode json(Object value) throws SQLException {
        return switch (value) {
            case null -> NullNode.instance;
            case Boolean flag -> NODES.booleanNode(flag);
            case Double number ->
                Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
            case Float number -> Float.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
            case BigDecimal number -> NODES.numberNode(number);
            case BigInteger number -> NODES.numberNode(number);
            case Number number -> NODES.numberNode(number.longValue());
            case Array array -> {
                ArrayNode list = NODES.arrayNode();
                for (Object each : (Object[]) array.getArray()) {
                    list.add(json(each));
                }
                yield list;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                for (Map.Entry<?, ?> each : map.entrySet()) {
                    object.set(String.valueOf(each.getKey()), json(each.getValue()));
                }
                yield object;
            }
            case Struct struct -> struct(struct);
            default -> NODES.textNode(value.toString());
        };
    }

    /// JDBC's structs have no names; those of the driver have, under a method of its own.
    private static JsonNode struct(Struct struct) throws SQLException {
        try {
            return json(struct.getClass().getMethod("getMap").invoke(struct));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DuckDB's driver hands out structs without names", e);
        }
    }
}
