package haricot.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.local.host.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Asks the API which model answers. A moved alias takes some seconds to be known everywhere.
final class Answering {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final URI address;
    private final Clock clock;

    Answering(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /// @param model name and version that should answer
    /// @return name and version that does, once it is that one
    /// @throws Failure when another still answers after a minute
    String await(String model) {
        Instant begin = clock.instant();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            while (true) {
                String answers = ask(http);
                if (answers.equals(model)) {
                    return model;
                }
                if (Duration.between(begin, clock.instant()).compareTo(PATIENCE) > 0) {
                    throw new Failure(address + " still says: " + answers + "; expected " + model);
                }
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new Failure(address + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while waiting for " + address, e);
        }
    }

    private String ask(HttpClient http) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(address.resolve("v1/model")).build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            return "status " + response.statusCode();
        }
        JsonNode card = new JsonMapper().readTree(response.body());
        return card.path("name").asText() + " " + card.path("version").asText();
    }
}
