package haricot.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What CloudFormation would let a parameter of the template be, so that a wrong value is found before anything is sent.
///
/// @param allowed the only values; empty where any will do
/// @param pattern empty where there is none
/// @param least and `most`: bounds of a number, infinite where there are none
/// @param number whether it must be one
/// @param description the template's own words
record Rule(List<String> allowed, String pattern, boolean number, double least, double most, String description) {

    static Rule of(JsonNode parameter) {
        List<String> allowed = new ArrayList<>();
        parameter.path("AllowedValues").forEach(value -> allowed.add(value.asText()));
        return new Rule(allowed, parameter.path("AllowedPattern").asText(),
                parameter.path("Type").asText().equals("Number"),
                parameter.path("MinValue").asDouble(Double.NEGATIVE_INFINITY),
                parameter.path("MaxValue").asDouble(Double.POSITIVE_INFINITY),
                parameter.path("Description").asText().strip());
    }

    /// Whether it may be this.
    boolean allows(String value) {
        if (number
                && !(value.matches("-?\\d{1,15}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most)) {
            return false;
        }
        return (allowed.isEmpty() || allowed.contains(value)) && (pattern.isEmpty() || value.matches(pattern));
    }

    /// What it may be, for whoever gave something else.
    String words() {
        if (!allowed.isEmpty()) {
            return String.join(" or ", allowed);
        }
        if (!number) {
            return "of the form " + pattern;
        }
        boolean bounded = most < Double.POSITIVE_INFINITY;
        return "a whole number" + (least != 0 && Double.isFinite(least) ? " from " + (long) least : "") + (bounded ? " to " + (long) most : "");
    }
}
