package haricot.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The verdict of a report, or of one of its signals; later ones are worse.
public enum Level {
    /// Not enough pictures to tell.
    TOO_FEW("too-few"),
    OK("ok"),
    WATCH("watch"),
    ALARM("alarm");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    @JsonCreator
    static Level of(String word) {
        for (Level level : values()) {
            if (level.word.equals(word)) {
                return level;
            }
        }
        throw new IllegalArgumentException("not a verdict: " + word);
    }

    /// As it appears in a report.
    @JsonValue
    public String word() {
        return word;
    }

    /// The worse of both.
    Level or(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
