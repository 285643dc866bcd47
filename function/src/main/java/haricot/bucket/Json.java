package haricot.bucket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/// The JSON of what is in the bucket: the same record always gives the same bytes,
/// and a field that a later version adds does not stop this one.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).addModule(times()).build();

    private Json() {}

    private static SimpleModule times() {
        return new SimpleModule().addSerializer(LocalDate.class, ToStringSerializer.instance)
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(LocalDate.class, new FromStringDeserializer<LocalDate>(LocalDate.class) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected LocalDate _deserialize(String text, DeserializationContext context) {
                        return LocalDate.parse(text);
                    }
                }).addDeserializer(Instant.class, new FromStringDeserializer<Instant>(Instant.class) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected Instant _deserialize(String text, DeserializationContext context) {
                        return Instant.parse(text);
                    }
                });
    }

    /// @throws IOException if the bytes are not a record of this type
    static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        T value = MAPPER.readValue(bytes, type);
        if (value == null) {
            throw new IOException("null instead of a " + type.getSimpleName());
        }
        return value;
    }

    /// The same, of which older ones lack a field: in them it is an empty string.
    static <T> T read(byte[] bytes, String later, Class<T> type) throws IOException {
        ObjectNode object = read(bytes, ObjectNode.class);
        if (!object.has(later)) {
            object.put(later, "");
        }
        return read(write(object), type);
    }

    /// The value with which a text begins, whatever follows it.
    ///
    /// @throws IOException if it begins with none
    static JsonNode first(String text) throws IOException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonNode value = MAPPER.readTree(parser);
            if (value == null) {
                throw new IOException("no JSON");
            }
            return value;
        }
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }
}
