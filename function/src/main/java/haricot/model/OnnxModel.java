package haricot.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import haricot.model.BrokenModel.Fault;
import haricot.picture.raster.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A classifier in one ONNX file that takes pixels of any size and has its own preparation and its
/// own scores in the graph. The only class that knows ONNX Runtime.
///
/// Several threads may call it at once; each request runs on the thread that calls.
public final class OnnxModel implements AutoCloseable {
    private static final String INPUT = "image";
    private static final int QUALITY = 3;
    /// Pixels beyond which the arena gives its memory back after a run. A phone's photo comes down to 3 million, for which
    /// it keeps 50 MB; the most that a picture may have left is 16, and would keep a third of a gigabyte for ever.
    private static final int KEPT = 3_200_000;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelCard card;
    private final Queue<Desk> desks = new ConcurrentLinkedQueue<>();

    private OnnxModel(OrtEnvironment environment, OrtSession session, ModelCard card) {
        this.environment = environment;
        this.session = session;
        this.card = card;
    }

    /// Opens a model file and checks all that can be checked without running it.
    ///
    /// @throws BrokenModel if it breaks the contract of model files
    public static OnnxModel load(Path file) {
        if (!Files.isReadable(file)) {
            throw new BrokenModel("file", file.toString(), "a file that can be read");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = options()) {
            OrtSession session = environment.createSession(file.toString(), options);
            try {
                String metadata = session.getMetadata().getCustomMetadataValue("haricot").orElse("");
                List<Fault> graph = faults(session, CardReader.labels(metadata));
                return new OnnxModel(environment, session, card(metadata, graph));
            } catch (BrokenModel broken) {
                session.close();
                throw broken;
            }
        } catch (OrtException refused) {
            throw new BrokenModel("file", "refused by ONNX Runtime (%s)".formatted(refused.getMessage()),
                    "an ONNX model, IR version 9 or older");
        }
    }

    /// Opens a model that is in memory. It passes through a file for a moment: from a path ONNX Runtime maps what from
    /// bytes it would copy.
    ///
    /// @throws BrokenModel if it breaks the contract of model files
    public static OnnxModel of(byte[] bytes) {
        try {
            Path file = Files.createTempFile("model", ".onnx");
            try {
                Files.write(file, bytes);
                return load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a model to the folder for temporary files", e);
        }
    }

    /// One thread, because a second does not make a network of this size quicker, and no spinning: a frozen environment
    /// pays for every turn. With an arena the memory of a request serves the next: without it the C library, as the template
    /// limits it, fetches it anew from the system, for half as much processor time again on a picture of 500 x 500 and
    /// twice as much on one of 2,000 x 1,500 (19 to 23 against 14 ms, 60 to 75 against 35; Xeon, 2026). Patterns won three
    /// per cent, and keep memory for every size of picture that was ever seen.
    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        options.setCPUArenaAllocator(true);
        options.setMemoryPatternOptimization(false);
        return options;
    }

    /// What the metadata say, if there is no fault in them and in the graph.
    private static ModelCard card(String metadata, List<Fault> graph) {
        List<Fault> faults = new ArrayList<>();
        try {
            ModelCard card = CardReader.read(metadata);
            if (graph.isEmpty()) {
                return card;
            }
        } catch (BrokenModel broken) {
            faults.addAll(broken.faults());
        }
        faults.addAll(graph);
        throw new BrokenModel(faults);
    }

    private static List<Fault> faults(OrtSession session, OptionalInt labels) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        List<Runnable> checks = new ArrayList<>(List.of(() -> checkInput(inputs),
                () -> checkOutput(outputs, "quality", QUALITY), () -> checkOutput(outputs, "score"),
                () -> checkOutput(outputs, "distance")));
        labels.ifPresent(count -> checks.add(() -> checkOutput(outputs, "logits", count)));
        labels.ifPresent(count -> checks.add(() -> checkOutput(outputs, "probabilities", count)));
        List<Fault> faults = new ArrayList<>();
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (BrokenModel broken) {
                faults.addAll(broken.faults());
            }
        }
        return faults;
    }

    private static void checkInput(Map<String, NodeInfo> inputs) {
        if (!inputs.keySet().equals(Set.of(INPUT))) {
            throw new BrokenModel("inputs", inputs.keySet().toString(), "[image] alone");
        }
        TensorInfo image = tensor("input " + INPUT, inputs.get(INPUT));
        long[] shape = image.getShape();
        if (image.type != OnnxJavaType.UINT8 || shape.length != 3 || shape[0] != -1 || shape[1] != -1
                || shape[2] != 3) {
            throw new BrokenModel("input image", image.type + " " + Arrays.toString(shape), "UINT8 [-1, -1, 3]");
        }
    }

    private static void checkOutput(Map<String, NodeInfo> outputs, String name, long... shape) {
        NodeInfo node = outputs.get(name);
        if (node == null) {
            throw new BrokenModel("output " + name, "missing", "FLOAT " + Arrays.toString(shape));
        }
        TensorInfo tensor = tensor("output " + name, node);
        if (tensor.type != OnnxJavaType.FLOAT || !Arrays.equals(tensor.getShape(), shape)) {
            throw new BrokenModel("output " + name, tensor.type + " " + Arrays.toString(tensor.getShape()),
                    "FLOAT " + Arrays.toString(shape));
        }
    }

    private static TensorInfo tensor(String field, NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo tensor) {
            return tensor;
        }
        throw new BrokenModel(field, node.getInfo().toString(), "a tensor");
    }

    /// What the file says about itself.
    public ModelCard card() {
        return card;
    }

    /// Runs the graph on one picture.
    public Prediction predict(Image image) {
        Desk idle = desks.poll();
        Desk desk = idle == null ? new Desk(environment, card.labels().size()) : idle;
        try (OrtSession.RunOptions options = new OrtSession.RunOptions();
                OnnxTensor input = desk.lay(image)) {
            if (image.width() * image.height() > KEPT) {
                options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            }
            session.run(Map.of(INPUT, input), Set.of(), desk.outputs, options).close();
            return desk.prediction();
        } catch (OrtException failed) {
            throw new IllegalStateException(
                    "model %s on a picture of %d x %d".formatted(card.name(), image.width(), image.height()), failed);
        } finally {
            desk.clear();
            desks.add(desk);
        }
    }

    /// Memory outside the heap in which a thread's picture lies for the library and where the library writes what the graph
    /// says of it: made once, not for each request, and without the outputs that nobody reads.
    private static final class Desk implements AutoCloseable {
        private final OrtEnvironment environment;
        private final Map<String, OnnxTensor> outputs;
        private Arena arena = Arena.ofShared();
        private MemorySegment pixels = MemorySegment.NULL;

        Desk(OrtEnvironment environment, int labels) {
            this.environment = environment;
            outputs = Map.of("probabilities", output(labels), "quality", output(QUALITY), "score", output(), "distance",
                    output());
        }

        private OnnxTensor output(long... shape) {
            int count = shape.length == 0 ? 1 : (int) shape[0];
            FloatBuffer floats = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            try {
                return OnnxTensor.createTensor(environment, floats, shape);
            } catch (OrtException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        OnnxTensor lay(Image image) throws OrtException {
            int length = image.rgb().length;
            if (pixels.byteSize() < length) {
                empty();
                pixels = arena.allocate(length);
            }
            MemorySegment.copy(image.rgb(), 0, pixels, ValueLayout.JAVA_BYTE, 0, length);
            return OnnxTensor.createTensor(environment, pixels.asSlice(0, length).asByteBuffer(),
                    new long[]{image.height(), image.width(), 3}, OnnxJavaType.UINT8);
        }

        Prediction prediction() {
            float[] quality = floats("quality");
            return new Prediction(floats("probabilities"), floats("score")[0], floats("distance")[0],
                    new Prediction.Quality(quality[0], quality[1], quality[2]));
        }

        private float[] floats(String output) {
            FloatBuffer buffer = (FloatBuffer) outputs.get(output).getBufferRef().orElseThrow().rewind();
            float[] floats = new float[buffer.remaining()];
            buffer.get(floats);
            return floats;
        }

        /// Gives back what only a very large picture needed.
        void clear() {
            if (pixels.byteSize() > 3L * KEPT) {
                empty();
            }
        }

        @SuppressWarnings("MustBeClosedChecker") // It is closed with the desk.
        private void empty() {
            pixels = MemorySegment.NULL;
            arena.close();
            arena = Arena.ofShared();
        }

        @Override
        public void close() {
            arena.close();
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
            desks.forEach(Desk::close);
        } catch (OrtException failed) {
            throw new IllegalStateException("closing model " + card.name(), failed);
        }
    }
}
