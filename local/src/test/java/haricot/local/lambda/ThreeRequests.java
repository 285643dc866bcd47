package haricot.local.lambda;

import haricot.ClassifyHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Answers the events that it is told, one line each, as the deployed function does. Runs with nothing but the unpacked zip
/// beside it, so that another architecture's JVM can run it.
public final class ThreeRequests {
    private ThreeRequests() {}

    public static void main(String[] events) throws IOException {
        ClassifyHandler handler = new ClassifyHandler();
        for (String event : events) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(Files.readAllBytes(Path.of(event))), answer, null);
            System.out.println("answer " + answer.toString(StandardCharsets.UTF_8));
        }
    }
}
