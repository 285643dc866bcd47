package haricot.local.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.api.Offline;
import java.nio.file.Path;
import java.util.List;

/// The model on this computer.
final class LocalModel implements Classifier {
    private final Offline offline;

    LocalModel(Path model) {
        offline = new Offline(model);
    }

    @Override
    public List<String> labels() {
        return offline.card().labels();
    }

    /// One per core: decoding and inference each keep one busy.
    @Override
    public int atOnce() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public ObjectNode answer(byte[] picture) {
        return offline.answer(picture);
    }

    @Override
    public void close() {
        offline.close();
    }
}
