package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.TestModel;
import org.junit.jupiter.api.Test;

final class ModelCheckTest {

    @Test
    void theShippedModelMayBeDeployed() {
        String screen = ModelCheck.describe(TestModel.file());
        assertTrue(screen.endsWith("may be deployed.\n"), screen);
        assertTrue(screen.lines().count() <= 24 && screen.contains("angular_leaf_spot, bean_rust, healthy"), screen);
    }
}
