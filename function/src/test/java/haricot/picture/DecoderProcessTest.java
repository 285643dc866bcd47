package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a process that decodes does beside its answers: the memory that it takes, and what it prints.
@EnabledOnOs(OS.LINUX)
class DecoderProcessTest {
    @TempDir
    Path folder;

    @Test
    void takesLittleMemoryForTwelveMegapixels() throws Exception {
        assertDecoded("2000x1500", 60, jpeg(4000, 3000, false));
        assertDecoded("2000x1500", 90, jpeg(4000, 3000, true));
    }

    @Test
    void takesBoundedMemoryForFortyEightMegapixels() throws Exception {
        assertDecoded("2000x1500", 60, jpeg(8000, 6000, false));
        assertDecoded("2000x1500", 220, jpeg(8000, 6000, true));
        assertDecoded("1600x1200", 60, resource("large-lossy.webp"));
        assertDecoded("1600x1200", 280, resource("large-lossless.webp"));
    }

    @Test
    void brokenPicturesLeaveNoTraceOnStandardError() throws Exception {
        byte[] whole = Files.readAllBytes(jpeg(640, 480, false));
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
        byte[] wrong = whole.clone();
        java.util.Arrays.fill(wrong, whole.length / 2, whole.length / 2 + 20, (byte) 0xA5);
        byte[] webp = Pictures.resource("lossy-75.webp");
        // In the start code of its only frame.
        webp[23] = 0;
        Apart apart = Apart.run(DecodedApart.class, folder.resolve("run"), Duration.ofMinutes(1),
                Files.write(folder.resolve("cut"), cut).toString(),
                Files.write(folder.resolve("wrong"), wrong).toString(),
                Files.write(folder.resolve("webp"), webp).toString());
        assertEquals("TRUNCATED UNDECODABLE UNDECODABLE", apart.out().replaceAll(" -?\\d+ MB\\s+", " ").strip());
        assertEquals("", apart.err());
    }

    private void assertDecoded(String size, int mostMegabytes, Path file) throws IOException, InterruptedException {
        Apart apart = Apart.run(DecodedApart.class, folder.resolve("run"), Duration.ofMinutes(1), file.toString());
        assertTrue(apart.out().startsWith(size + " "), () -> apart.out() + apart.err());
        int megabytes = Integer.parseInt(apart.out().replaceAll(".* (-?\\d+) MB\\s+", "$1"));
        System.out.printf("%s: %d MB%n", file.getFileName(), megabytes);
        assertTrue(megabytes <= mostMegabytes, () -> "%s: %d MB".formatted(file, megabytes));
    }

    private Path resource(String name) throws IOException {
        return Files.write(folder.resolve(name), Pictures.resource(name));
    }

    private Path jpeg(int width, int height, boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.GREEN, width, height, Color.ORANGE));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        Path file = folder.resolve("%d%s.jpg".formatted(width, progressive ? "-progressive" : ""));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return file;
    }
}
