package haricot.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.local.host.Failure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;

/// Calls what was deployed: a health check, then a drawn picture. A drawing is out of domain, so this shows too that a
/// flag reaches the bucket.
final class Trial {
    /// A new API and a new API key may take AWS up to a minute to be known everywhere: until then they answer 403.
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /// A 5xx may pass while permissions spread, but not for long.
    private static final Duration PATIENCE_WITH_FAULTS = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Deployed deployed;
    private final StartLog log;
    private final Clock clock;
    private final PrintWriter out;

    Trial(Deployed deployed, StartLog log, Clock clock, PrintWriter out) {
        this.deployed = deployed;
        this.log = log;
        this.clock = clock;
        this.out = out;
    }

    /// @throws Failure when it does not answer as it should, with what the function's log says of it
    void run() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            ask(http, HttpRequest.newBuilder(deployed.address().resolve("v1/health")).build());
            out.println("It is healthy.");
            HttpResponse<String> answer = ask(http, classify(drawing()));
            describe(new JsonMapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new Failure(deployed.address() + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while waiting for " + deployed.address(), e);
        }
    }

    private HttpRequest classify(byte[] picture) {
        HttpRequest.Builder request = HttpRequest.newBuilder(deployed.address().resolve("v1/classify"))
                .header("Content-Type", "image/png").POST(HttpRequest.BodyPublishers.ofByteArray(picture));
        return (deployed.apiKey().isEmpty() ? request : request.header("x-api-key", deployed.apiKey())).build();
    }

    private HttpResponse<String> ask(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        Instant begin = clock.instant();
        while (true) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response;
            }
            boolean fault = response.statusCode() >= 500;
            List<String> causes = fault ? log.causes() : List.of();
            Duration patience = fault ? PATIENCE_WITH_FAULTS : PATIENCE;
            if (!causes.isEmpty() || Duration.between(begin, clock.instant()).compareTo(patience) > 0) {
                throw new Failure(request.uri() + " answers " + response.statusCode() + ": " + response.body() + "\n"
                        + log.told(causes));
            }
            Thread.sleep(PAUSE);
        }
    }

    private void describe(JsonNode answer) {
        JsonNode best = answer.path("predictions").path(0);
        out.printf("A drawn picture: %s (it looks most like %s, %.2f).%n",
                answer.path("decision").asText(), best.path("label").asText(), best.path("probability").asDouble());
        JsonNode flag = answer.path("flag");
        if (!flag.path("stored").asBoolean(true)) {
            throw new Failure("the function answers, but could not write " + flag.path("key").asText()
                    + " into the bucket");
        }
        out.println("Its flag: s3://" + deployed.outputs().get("Bucket") + "/" + flag.path("key").asText("(none)"));
    }

    private static byte[] drawing() throws IOException {
        BufferedImage image = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0x30, 0x50, 0x90));
        pen.fillRect(0, 0, 320, 320);
        pen.setColor(new Color(0x40, 0xa0, 0x30));
        pen.fillOval(40, 90, 240, 140);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
