package haricot.backfill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.Chunk;
import haricot.bucket.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What became of a chunk: a line for each of its pictures, flags, counts.
public final class ChunkResult {
    private final Chunk chunk;
    private final List<ObjectNode> lines = new ArrayList<>();
    private final List<ObjectNode> flags = new ArrayList<>();
    private Tally tally;

    ChunkResult(Chunk chunk, Tally nothing) {
        this.chunk = chunk;
        this.tally = nothing;
    }

    void add(ObjectNode line, Optional<ObjectNode> flag, UnaryOperator<Tally> counting) {
        lines.add(line);
        flag.ifPresent(flags::add);
        tally = counting.apply(tally);
    }

    public Chunk chunk() {
        return chunk;
    }

    /// In the order of the plan.
    public List<ObjectNode> lines() {
        return List.copyOf(lines);
    }

    List<ObjectNode> flags() {
        return List.copyOf(flags);
    }

    public Tally tally() {
        return tally;
    }

    /// How many of its pictures got a problem for an answer.
    public long unreadable() {
        return lines.size() - tally.answered();
    }

    long problems(Obstacle why) {
        return tally.errors().getOrDefault(why.word(), 0L);
    }
}
