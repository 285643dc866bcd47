package haricot.local.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds out in seconds whether Docker can run an image: Testcontainers waits minutes for a registry that does not answer.
///
/// @param command Docker's own, by name or by path
/// @param patience for each question
record Docker(String command, Duration patience) {

    /// What is missing, empty where nothing is. An image need not be here yet where a registry has it.
    Optional<String> lacks(List<String> images) {
        switch (ask("version")) {
            case ABSENT -> {
                return Optional.of("Docker is not installed");
            }
            case NO -> {
                return Optional.of("Docker is installed but does not answer");
            }
            case YES -> {
            }
        }
        return images.stream()
                .filter(image -> ask("image", "inspect", image) != Answer.YES
                        && ask("manifest", "inspect", image) != Answer.YES)
                .findFirst().map(image -> "the image " + image + " is not here, and no registry gives it");
    }

    private enum Answer {
        YES,
        NO,
        ABSENT
    }

    private Answer ask(String... words) {
        List<String> call = new ArrayList<>(List.of(words));
        call.addFirst(command);
        try {
            Process process = new ProcessBuilder(call).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD)
                    .start();
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0 ? Answer.YES : Answer.NO;
            }
            process.destroyForcibly();
            return Answer.NO;
        } catch (IOException e) {
            return Answer.ABSENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NO;
        }
    }
}
