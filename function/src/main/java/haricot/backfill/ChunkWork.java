package haricot.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.api.RunPictures;
import haricot.bucket.Chunk;
import haricot.bucket.Flag;
import haricot.bucket.RunId;
import haricot.bucket.Source;
import haricot.bucket.Tally;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Answers the pictures of a chunk in the order of the plan, while the next ones are being read.
public final class ChunkWork {
    /// Reading a photo from S3 takes about as long as judging it: two under way keep a core busy, and four do when one is
    /// slow. Each may take [Photo#MOST_BYTES].
    private static final int AHEAD = 4;

    private final Photos photos;
    private final RunPictures pictures;
    private final Tally nothing;
    private final int atOnce;

    /// A picture with what became of it.
    private record Answered(ObjectNode line, Optional<ObjectNode> flag, RunPictures.Answer answer) {}

    /// @param nothing an empty tally of the model that answers
    /// @param atOnce how many pictures are judged at a time: one a core
    public ChunkWork(Photos photos, RunPictures pictures, Tally nothing, int atOnce) {
        this.photos = photos;
        this.pictures = pictures;
        this.nothing = nothing;
        this.atOnce = atOnce;
    }

    /// @throws NoAccess if none of several pictures may be read: then it is not the pictures
    public ChunkResult of(Chunk chunk) throws InterruptedException {
        ChunkResult result = new ChunkResult(chunk, nothing);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService judges = Executors.newFixedThreadPool(atOnce)) {
            Iterator<Source> next = chunk.objects().iterator();
            Deque<Future<Answered>> asked = new ArrayDeque<>();
            try {
                while (next.hasNext() || !asked.isEmpty()) {
                    while (next.hasNext() && asked.size() < AHEAD + atOnce) {
                        Source source = next.next();
                        Future<Photo> read = readers.submit(() -> photos.read(source));
                        asked.add(judges.submit(() -> answered(chunk, source, result(read))));
                    }
                    Answered answered = result(asked.remove());
                    result.add(answered.line(), answered.flag(), answered.answer().counting());
                }
            } finally {
                asked.forEach(one -> one.cancel(true));
                readers.shutdownNow();
            }
        }
        if (chunk.objects().size() > 1 && result.problems(Obstacle.NO_ACCESS) == chunk.objects().size()) {
            throw new NoAccess(chunk);
        }
        return result;
    }

    private Answered answered(Chunk chunk, Source source, Photo photo) {
        RunId id = RunId.of(chunk.run(), chunk.time(), source);
        RunPictures.Answer answer = switch (photo) {
            case Photo.Missing(Obstacle why, String detail) -> problem(why, detail, id);
            case Photo.Bytes(byte[] bytes) -> judged(bytes, chunk, id);
        };
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("schema", 1).put("id", id.id()).put("time",
                chunk.time().toString());
        line.set("source", source.json());
        answer.json().remove("clientId");
        line.setAll(answer.json());
        return new Answered(line, answer.flag().map(Flag::json).map(json -> json.set("source", source.json())),
                answer);
    }

    /// One picture that brings the decoder down, or the memory to its end, must not take the ninety-nine others along.
    private RunPictures.Answer judged(byte[] bytes, Chunk chunk, RunId id) {
        try {
            return pictures.answer(bytes, chunk.run(), chunk.name(), id, chunk.time());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return problem(Obstacle.INTERNAL, "It could not be judged: " + e.getClass().getSimpleName() + ".", id);
        }
    }

    private static RunPictures.Answer problem(Obstacle why, String detail, RunId id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("problem", why.problem(id.id(), detail));
        return new RunPictures.Answer(json, Optional.empty(), tally -> tally.plusError(why.word()));
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException("answering a picture", e.getCause());
            }
        }
    }
}
