package haricot.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.api.Offline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Answers the pictures of events, one line each, with a model file and the code of the unpacked zip beside it, so that
/// another architecture's JVM can run it. Without S3: under emulation the SDK's deadlines pass.
public final class ThreeRequests {
    private ThreeRequests() {}

    /// @param words the model's file, then the events
    public static void main(String[] words) throws IOException {
        try (Offline offline = new Offline(Path.of(words[0]))) {
            for (int i = 1; i < words.length; i++) {
                JsonNode event = new ObjectMapper().readTree(Files.readAllBytes(Path.of(words[i])));
                byte[] picture = Base64.getMimeDecoder().decode(event.path("body").asText());
                System.out.println("answer " + offline.answer(picture));
            }
        }
    }
}
