package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The QR code on the terminal, seen as a camera sees it and read by a reader of other hands.
class QrCodeTest {
    private static final String TEXT = "http://192.168.178.20:8080/#key=q1n1Vb0ZkW7yJ0p-1TqE_w";
    private static final int MODULE = 4;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCameraReadsIt(boolean colours) throws Exception {
        List<String> lines = QrCode.of(TEXT, colours).lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
        int width = lines.getFirst().length() * MODULE;
        int height = lines.size() * 2 * MODULE;
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / width / MODULE;
            char block = lines.get(y / 2).charAt(i % width / MODULE);
            boolean drawn = block == '█' || block == (y % 2 == 0 ? '▀' : '▄');
            pixels[i] = drawn == colours ? 0x000000 : 0xffffff;
        }
        BinaryBitmap seen = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        assertEquals(TEXT, new QRCodeReader().decode(seen).getText());
    }
}
