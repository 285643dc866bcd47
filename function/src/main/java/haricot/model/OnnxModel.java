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
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A classifier in one ONNX file that takes pixels of any size and has its own preparation and its
/// own scores in the graph. The only class that knows ONNX Runtime.
///
/// Several threads may call it at once; each request runs on the thread that calls.
public final class OnnxModel implements AutoCloseable {
    private static final String INPUT = "image";
    private static final int QUALITY = 3;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelCard card;

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
    /// pays for every turn. Without arena and pattern the memory of the largest picture goes back after its request, for
    /// two per cent of time (11.3 against 11.5 ms on a picture of 500 x 500, EPYC, 2026).
    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        options.setCPUArenaAllocator(false);
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
        long[] shape = {image.height(), image.width(), 3};
        // Memory of its own outside the heap, given back at once: the library would otherwise copy the pixels.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(image.rgb().length);
            pixels.copyFrom(MemorySegment.ofArray(image.rgb()));
            try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels.asByteBuffer(), shape,
                    OnnxJavaType.UINT8); OrtSession.Result result = session.run(Map.of(INPUT, input))) {
                float[] quality = floats(result, "quality");
                return new Prediction(floats(result, "probabilities"), floats(result, "score")[0],
                        floats(result, "distance")[0], new Prediction.Quality(quality[0], quality[1], quality[2]));
            }
        } catch (OrtException failed) {
            throw new IllegalStateException(
                    "model %s on a picture of %d x %d".formatted(card.name(), image.width(), image.height()), failed);
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        Optional<ai.onnxruntime.OnnxValue> value = result.get(output);
        FloatBuffer buffer = ((OnnxTensor) value.orElseThrow()).getFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException("closing model " + card.name(), failed);
        }
    }
}
