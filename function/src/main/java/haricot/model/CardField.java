package haricot.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A value inside a model's metadata that knows where it is, so that an error can name the place.
///
/// @param path such as `thresholds.quality.sharpness`
record CardField(String path, JsonNode value) {
    /// Longer values are cut in messages: a golden picture would fill the screen.
    private static final int SHOWN = 80;

    CardField field(String name) {
        object();
        JsonNode inner = value.get(name);
        return new CardField(path.equals("haricot") ? name : path + "." + name,
                inner == null ? MissingNode.getInstance() : inner);
    }

    boolean absent() {
        return value.isMissingNode() || value.isNull();
    }

    void object() {
        if (!value.isObject()) {
            throw broken("an object");
        }
    }

    List<CardField> elements(int fewest, int most) {
        if (!value.isArray() || value.size() < fewest || value.size() > most) {
            throw broken(
                    fewest == most ? "a list of %d".formatted(most) : "a list of %d to %d".formatted(fewest, most));
        }
        List<CardField> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            elements.add(new CardField("%s[%d]".formatted(path, i), value.get(i)));
        }
        return elements;
    }

    String text() {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw broken("a string that is not empty");
        }
        if (!value.textValue().codePoints().allMatch(CardField::shows)) {
            throw broken("a string without control characters");
        }
        return value.textValue();
    }

    /// A label or a licence ends up in terminals, logs and pages, and must neither steer nor hide there.
    private static boolean shows(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR && type != Character.SURROGATE;
    }

    String text(String pattern, String expected) {
        if (!value.isTextual() || !value.textValue().matches(pattern)) {
            throw broken(expected);
        }
        return value.textValue();
    }

    long integer(long least, long most) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least
                || value.longValue() > most) {
            throw broken(most >= Integer.MAX_VALUE
                    ? "a whole number from %d".formatted(least)
                    : "a whole number from %d to %d".formatted(least, most));
        }
        return value.longValue();
    }

    double number(double least, double most) {
        double number = value.doubleValue();
        if (!value.isNumber() || !(number >= least && number <= most)) {
            throw broken(most >= Float.MAX_VALUE
                    ? "a number" + (least >= 0 ? " of at least 0" : "")
                    : "a number from %s to %s".formatted(least, most));
        }
        return number;
    }

    byte[] base64() {
        try {
            return Base64.getDecoder().decode(text());
        } catch (IllegalArgumentException malformed) {
            throw broken("base64 in the standard alphabet");
        }
    }

    BrokenModel broken(String expected) {
        String shown = value.isMissingNode() ? "missing" : value.toString();
        return new BrokenModel(path, shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown, expected);
    }
}
