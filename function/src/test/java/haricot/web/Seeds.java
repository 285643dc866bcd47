package haricot.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where fuzzing begins: the events of the repository.
final class Seeds {
    private static final Path EVENTS = Path.of(System.getProperty("haricot.events"));

    /// Larger seeds slow a fuzzer down and teach it nothing.
    private static final int LARGEST = 5_000;

    private Seeds() {}

    static Stream<byte[]> events() throws IOException {
        List<byte[]> events = new ArrayList<>();
        for (String name : new JsonMapper().readTree(EVENTS.resolve("expected.json").toFile()).properties().stream()
                .map(one -> one.getKey()).toList()) {
            byte[] event = Files.readAllBytes(EVENTS.resolve(name + ".json"));
            if (event.length < LARGEST) {
                events.add(event);
            }
        }
        return events.stream();
    }

    /// Bodies of the events with this content type.
    static Stream<byte[]> bodies(String type) throws IOException {
        return events().map(ProxyEvent::read).filter(request -> request.header("content-type").startsWith(type))
                .map(request -> switch (request.body()) {
                    case Request.Binary(byte[] bytes) -> bytes;
                    case Request.Text(byte[] bytes) -> bytes;
                    case Request.NotBase64(int _) -> new byte[0];
                });
    }
}
