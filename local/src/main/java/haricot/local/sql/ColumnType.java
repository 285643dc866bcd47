package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The type of a column: as Glue writes it, as DuckDB does, and what JSON it takes.
public sealed interface ColumnType {

    /// A single value.
    enum Scalar implements ColumnType {
        STRING("VARCHAR"),
        INT("INTEGER"),
        BIGINT("BIGINT"),
        DOUBLE("DOUBLE"),
        BOOLEAN("BOOLEAN");

        private final String duck;

        Scalar(String duck) {
            this.duck = duck;
        }
    }

    /// Several of one type.
    record ListOf(ColumnType element) implements ColumnType {}

    /// Values by name.
    record MapOf(ColumnType value) implements ColumnType {}

    /// Named parts; the names in lower case, as Glue wants them.
    record Struct(SequencedMap<String, ColumnType> fields) implements ColumnType {
        /// An object with exactly these fields, null where it has none.
        private ObjectNode fitted(JsonNode object) throws IOException {
            ObjectNode fitted = JsonNodeFactory.instance.objectNode();
            fields.keySet().forEach(fitted::putNull);
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String name = field.getKey().toLowerCase(Locale.ROOT);
                if (fields.containsKey(name)) {
                    try {
                        fitted.set(name, fields.get(name).fit(field.getValue()));
                    } catch (IOException e) {
                        throw new IOException(name + ": " + e.getMessage(), e);
                    }
                }
            }
            return fitted;
        }
    }

    /// Reads Glue's form, such as `array<struct<id:string,score:double>>`.
    static ColumnType of(String glue) {
        if (glue.startsWith("array<")) {
            return new ListOf(of(inside(glue)));
        }
        if (glue.startsWith("map<string,")) {
            return new MapOf(of(inside(glue).substring("string,".length())));
        }
        if (glue.startsWith("struct<")) {
            SequencedMap<String, ColumnType> fields = new LinkedHashMap<>();
            parts(inside(glue)).forEach(part -> fields.put(part.substring(0, part.indexOf(':')),
                    of(part.substring(part.indexOf(':') + 1))));
            return new Struct(fields);
        }
        return Scalar.valueOf(glue.toUpperCase(Locale.ROOT));
    }

    /// As Glue writes it.
    default String glue() {
        return switch (this) {
            case Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT);
            case ListOf list -> "array<" + list.element.glue() + ">";
            case MapOf map -> "map<string," + map.value.glue() + ">";
            case Struct struct -> struct.fields.entrySet().stream()
                    .map(field -> field.getKey() + ":" + field.getValue().glue())
                    .collect(Collectors.joining(",", "struct<", ">"));
        };
    }

    /// As DuckDB writes it.
    default String duck() {
        return switch (this) {
            case Scalar scalar -> scalar.duck;
            case ListOf list -> list.element.duck() + "[]";
            case MapOf map -> "MAP(VARCHAR, " + map.value.duck() + ")";
            case Struct struct -> struct.fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\" " + field.getValue().duck())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        };
    }

    /// The same value with the names of this type, and without what the type does not name.
    ///
    /// @throws IOException if it is of another type
    default JsonNode fit(JsonNode value) throws IOException {
        if (value.isNull() || value.isMissingNode()) {
            return NullNode.instance;
        }
        boolean fits = switch (this) {
            case Scalar scalar -> switch (scalar) {
                case STRING -> value.isTextual();
                case INT -> value.canConvertToInt() && value.isIntegralNumber();
                case BIGINT -> value.canConvertToLong() && value.isIntegralNumber();
                case DOUBLE -> value.isNumber();
                case BOOLEAN -> value.isBoolean();
            };
            case ListOf _ -> value.isArray();
            case MapOf _,Struct _ -> value.isObject();
        };
        if (!fits) {
            throw new IOException(value.getNodeType().name().toLowerCase(Locale.ROOT) + " instead of " + glue());
        }
        return switch (this) {
            case Scalar _ -> value;
            case ListOf list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (JsonNode each : value) {
                    array.add(list.element.fit(each));
                }
                yield array;
            }
            case MapOf map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (var each : value.properties()) {
                    object.set(each.getKey(), map.value.fit(each.getValue()));
                }
                yield object;
            }
            case Struct struct -> struct.fitted(value);
        };
    }

    private static String inside(String glue) {
        return glue.substring(glue.indexOf('<') + 1, glue.length() - 1);
    }

    /// Splits at the commas that stand in no brackets.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '<' -> depth++;
                case '>' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(text.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {
                    // A letter of a name.
                }
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
