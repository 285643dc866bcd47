package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Pattern;

/// What no answer may hold: the names of classes and exceptions, places in code, paths of files.
final class Leaks {
    private static final Pattern INSIDE = Pattern.compile("Exception|Error:|\\bat [a-z]+\\.|java\\.|haricot\\.|"
            + "fasterxml|apache|onnx|\\.java|/var/|/tmp/|/home/|/root/|/opt/|Caused by", Pattern.CASE_INSENSITIVE);

    private Leaks() {}

    static void none(String what, String answer) {
        var found = INSIDE.matcher(answer);
        assertFalse(found.find(), () -> what + " shows " + found.group() + ": " + answer);
    }
}
