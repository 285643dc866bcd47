package haricot.local.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/// What judges pictures for `haricot classify`: the model on this computer, or a deployment. Several threads may ask
/// at once.
interface Classifier extends AutoCloseable {

    /// The labels that it knows.
    List<String> labels();

    /// How many pictures it should be asked about at a time.
    int atOnce();

    /// @return the API's answer, or an object with nothing but a `problem`
    /// @throws Failure when it would go the same way for any picture
    ObjectNode answer(byte[] picture) throws IOException, InterruptedException;

    @Override
    void close();
}
