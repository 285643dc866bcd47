package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.TestModel;
import org.junit.jupiter.api.Test;

final class ModelCheckTest {

    @Test
    void theShippedModelMayBeDeployed() {
        String screen = ModelCheck.describe(TestModel.file());
        assertTrue(screen.endsWith("may be deployed.\n"), screen);
        assertTrue(screen.contains("95.7 % of 1,167 held-out photos, of them 98.8 % right (97.9 % to 99.3 %)\n"),
                screen);
        assertTrue(screen.contains("self-check  passed: 100.0 % of 290 drawn and 99.7 % of 4,084 ruined pictures"),
                screen);
        assertTrue(screen.lines().count() <= 24 && screen.contains("angular_leaf_spot, bean_rust, healthy"), screen);
    }
}
