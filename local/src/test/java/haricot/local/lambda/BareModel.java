package haricot.local.lambda;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import haricot.picture.raster.Image;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The model as whoever calls ONNX Runtime and nothing else would run it: one thread, and the library's own choices in all
/// else. What Haricot adds is measured against this.
final class BareModel implements AutoCloseable {
    private static final Set<String> OUTPUTS = Set.of("probabilities", "score", "distance", "quality");

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    BareModel(Path file) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(file.toString(), options);
        }
    }

    /// A picture where the library can read it.
    record Input(OnnxTensor tensor) implements AutoCloseable {
        @Override
        public void close() {
            tensor.close();
        }
    }

    Input input(Image image) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(image.rgb().length).put(image.rgb()).flip();
        try {
            return new Input(OnnxTensor.createTensor(environment, pixels,
                    new long[]{image.height(), image.width(), 3}, OnnxJavaType.UINT8));
        } catch (OrtException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /// The bare run.
    void run(Input input) {
        try {
            session.run(Map.of("image", input.tensor()), OUTPUTS).close();
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
