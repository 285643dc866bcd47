package haricot.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import haricot.bucket.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts without a snapshot, and starts that fail: with one line that says what to change.
final class StartTest {
    @TempDir
    Path folder;
    private Region region;
    private LambdaProcess.Launch launch;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(FunctionZip.isBuilt(), "skipped: function/target has no zip, which mvn verify builds");
        region = new Region(folder);
        launch = new LambdaProcess.Launch(FunctionZip.unpackInto(folder.resolve("code")), "on-demand", region);
    }

    @AfterEach
    void close() throws IOException {
        if (region != null) {
            region.close();
        }
    }

    @Test
    void answersAfterAStartOnDemand() throws Exception {
        try (LambdaProcess lambda = new LambdaProcess(launch, folder)) {
            lambda.awaitReady();
            assertEquals(List.of(), region.keys(), "left behind by the start");
            answersOnePicture(lambda);
        }
    }

    @Test
    void startsTwiceInOneProcess() throws Exception {
        Path clock = Files.writeString(folder.resolve("clock"), "2026-03-01T10:30:00Z");
        Path handler = Path.of(System.getProperty("haricot.root"), "local/target/test-classes/haricot");
        Path beside = Files.createDirectories(launch.code().resolve("haricot"));
        for (String name : List.of("PreparedHandler.class", "PreparedHandler$FileClock.class")) {
            Files.copy(handler.resolve(name), beside.resolve(name));
        }
        try (LambdaProcess lambda = new LambdaProcess(
                launch.handler("haricot.PreparedHandler").with("STARTS", "2")
                        .with("CLOCK", clock.toString()).with("RESTORED", folder.resolve("never").toString()),
                folder)) {
            lambda.awaitReady();
            assertEquals(2, lambda.log("started").size());
            answersOnePicture(lambda);
        }
    }

    @Test
    void aWrongSettingIsNamed() throws Exception {
        fails(launch.with("AUDIT_RATE", "2"), "AUDIT_RATE=2: expected a share from 0 to 1");
    }

    @Test
    void aMissingSettingIsNamed() throws Exception {
        fails(launch.with("BUCKET", ""), "BUCKET=: expected the name of an S3 bucket");
    }

    @Test
    void aMissingModelIsNamed() throws Exception {
        fails(launch.with("MODEL_VERSION", "9.9.9"),
                "MODEL_VERSION=9.9.9: expected a model that can be read at s3://haricot/models/beans/9.9.9/model.onnx");
    }

    @Test
    void aDeniedModelIsNamed() throws Exception {
        region.deny();
        fails(launch, "expected a model that can be read at s3://haricot/models/beans/");
    }

    @Test
    void anotherModelThanThePinnedOneIsRefused() throws Exception {
        fails(launch.with("MODEL_SHA256", "0".repeat(64)), "MODEL_SHA256=" + "0".repeat(64) + ": expected the hash of");
    }

    @Test
    void aBrokenModelIsRefused() throws Exception {
        byte[] half = new byte[(int) Files.size(region.modelFile()) / 2];
        System.arraycopy(Files.readAllBytes(region.modelFile()), 0, half, 0, half.length);
        Files.write(region.modelFile(), half);
        fails(launch.with("MODEL_SHA256", Sha256.hex(half)), "an ONNX model");
    }

    private void answersOnePicture(LambdaProcess lambda) throws Exception {
        String answer = lambda.invoke(Requests.event("raw", "png", Requests.drawn(64, 64, "png"))).toString();
        assertTrue(answer.startsWith("{\"statusCode\":200,"), answer);
        assertTrue(region.keys().stream().anyMatch(key -> key.startsWith("tallies/")));
    }

    private void fails(LambdaProcess.Launch wrong, String expected) throws Exception {
        try (LambdaProcess lambda = new LambdaProcess(wrong, folder)) {
            assertNotEquals(0, lambda.exit());
            assertEquals(1, lambda.output().size(), lambda.output().toString());
            assertTrue(lambda.output().getFirst().contains(expected), lambda.output().getFirst());
            // Beside it the JVM says which options it picked up.
            assertEquals(1, lambda.errors().size(), lambda.errors().toString());
            assertTrue(lambda.api().initError().orElse("").contains("haricot.StartFailed"));
        }
    }
}
