package haricot.local.classify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.classify.Pictures.Picture;
import haricot.local.host.Failure;
import haricot.web.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A classifier's answers in the order of the pictures, while later ones are being worked on.
final class InOrder implements Iterator<Classified>, AutoCloseable {
    /// How many answers may wait for a slow earlier one before no more are asked for.
    private static final int AHEAD = 64;
    /// No photograph is larger, and a film would not fit into memory.
    private static final long LARGEST = 64L << 20;

    private final Iterator<Picture> pictures;
    private final Classifier classifier;
    private final ExecutorService workers;
    private final Queue<Future<Classified>> asked = new ArrayDeque<>();

    InOrder(List<Picture> pictures, Classifier classifier) {
        this.pictures = pictures.iterator();
        this.classifier = classifier;
        this.workers = Executors.newFixedThreadPool(classifier.atOnce());
        while (asked.size() < AHEAD && this.pictures.hasNext()) {
            ask();
        }
    }

    @Override
    public boolean hasNext() {
        return !asked.isEmpty();
    }

    /// @throws Failure when any picture would fail the same way
    @Override
    public Classified next() {
        try {
            Classified judged = asked.remove().get();
            if (pictures.hasNext()) {
                ask();
            }
            return judged;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : new IllegalStateException("asking about a picture", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void ask() {
        Picture picture = pictures.next();
        asked.add(workers.submit(() -> new Classified(picture, answer(picture))));
    }

    private ObjectNode answer(Picture picture) throws IOException, InterruptedException {
        byte[] bytes;
        try {
            if (Files.exists(picture.file()) && Files.size(picture.file()) > LARGEST) {
                return problem(Code.TOO_LARGE.word(), "The file is larger than any photograph.");
            }
            bytes = picture.bytes();
        } catch (IOException e) {
            return problem("unreadable-file", "The file cannot be read: " + e.getMessage());
        }
        return classifier.answer(bytes);
    }

    private static ObjectNode problem(String code, String detail) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("problem").put("code", code).put("detail", detail);
        return answer;
    }
}
