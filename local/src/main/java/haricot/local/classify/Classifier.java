package haricot.local.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/// What judges pictures for `haricot classify`: the model on this computer, or a deployment. Several threads may call
/// it at once.
interface Classifier extends AutoCloseable {

    /// The labels that it knows.
    List<String> labels();

    /// How many pictures it should be asked about at a time.
    int atOnce();

    /// @return the API's answer, or an object with nothing but a `problem`
    /// @throws Failure when any picture would fail the same way
    ObjectNode answer(byte[] picture) throws IOException, InterruptedException;

    @Override
    void close();
}
