package haricot.picture.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The next byte of 0xFF is found wherever it is, and nothing else is taken for one.
class EntropyCodedTest {
    private static final int LENGTH = 67;

    @Test
    void findsTheOneThatIsThereWhereverTheLookBegins() {
        for (byte around : new byte[]{0, 1, 0x7F, (byte) 0x80, (byte) 0xFE}) {
            for (int at = 0; at < LENGTH; at++) {
                byte[] file = new byte[LENGTH];
                Arrays.fill(file, around);
                file[at] = (byte) 0xFF;
                for (int from = 0; from < LENGTH; from++) {
                    assertEquals(from <= at ? at : LENGTH, EntropyCoded.nextFull(file, from));
                }
            }
        }
    }

    @Test
    void agreesWithOneByteAtATime() {
        Random random = new Random(1);
        byte[] file = new byte[100_000];
        random.nextBytes(file);
        for (int from = 0; from < file.length; from += 1 + random.nextInt(40)) {
            int at = from;
            while (at < file.length && file[at] != (byte) 0xFF) {
                at++;
            }
            assertEquals(at, EntropyCoded.nextFull(file, from));
        }
    }
}
