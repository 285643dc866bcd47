package haricot.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import haricot.model.BrokenModel.Fault;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A value inside a model's metadata that knows where it is, so that a fault can name the place. A value that is wrong is
/// noted and read as an empty one: whoever made the file wants to know of all faults at once.
///
/// @param path such as `thresholds.quality.sharpness`
/// @param faults noted so far in the whole file
record CardField(String path, JsonNode value, List<Fault> faults) {
    /// Longer values are cut in messages: a golden picture would fill the screen.
    private static final int SHOWN = 80;

    CardField field(String name) {
        boolean inObject = object();
        JsonNode inner = value.get(name);
        // Of an object that is missing, or none, that alone is a fault: those of its fields go to a list that nobody reads.
        return new CardField(path.equals("haricot") ? name : path + "." + name,
                inner == null ? MissingNode.getInstance() : inner, inObject ? faults : new ArrayList<>());
    }

    boolean absent() {
        return value.isMissingNode() || value.isNull();
    }

    boolean object() {
        if (!value.isObject()) {
            broken("an object");
        }
        return value.isObject();
    }

    /// The elements, none where it is no list of such a length.
    List<CardField> elements(int fewest, int most) {
        if (!value.isArray() || value.size() < fewest || value.size() > most) {
            broken(fewest == most ? "a list of %d".formatted(most) : "a list of %d to %d".formatted(fewest, most));
            return List.of();
        }
        List<CardField> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            elements.add(new CardField("%s[%d]".formatted(path, i), value.get(i), faults));
        }
        return elements;
    }

    String text() {
        String text = text("(?s).*\\S.*", "a string that is not empty");
        if (!text.codePoints().allMatch(CardField::shows)) {
            broken("a string without control characters");
            return "";
        }
        return text;
    }

    /// A label or a licence ends up in terminals, logs and pages, and must neither steer nor hide there.
    private static boolean shows(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR && type != Character.SURROGATE;
    }

    String text(String pattern, String expected) {
        if (!value.isTextual() || !value.textValue().matches(pattern)) {
            broken(expected);
            return "";
        }
        return value.textValue();
    }

    boolean truth() {
        if (!value.isBoolean()) {
            broken("true or false");
        }
        return value.booleanValue();
    }

    long integer(long least, long most) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least
                || value.longValue() > most) {
            broken(most >= Integer.MAX_VALUE
                    ? "a whole number from %d".formatted(least)
                    : "a whole number from %d to %d".formatted(least, most));
            return 0;
        }
        return value.longValue();
    }

    /// The number, NaN where there is none within the bounds.
    double number(double least, double most) {
        double number = value.doubleValue();
        if (!value.isNumber() || !(number >= least && number <= most)) {
            broken(most >= Float.MAX_VALUE
                    ? "a number" + (least >= 0 ? " of at least 0" : "")
                    : "a number from %s to %s".formatted(least, most));
            return Double.NaN;
        }
        return number;
    }

    byte[] base64() {
        try {
            return Base64.getDecoder().decode(text());
        } catch (IllegalArgumentException malformed) {
            broken("base64 in the standard alphabet");
            return new byte[0];
        }
    }

    void broken(String expected) {
        String shown = value.isMissingNode() ? "missing" : value.toString();
        faults.add(new Fault(path, shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown, expected));
    }
}
