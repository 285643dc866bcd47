package haricot.picture.library;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// libjpeg-turbo and libwebp, both inside the native library Leptonica. The only class that knows it.
///
/// It is given files that Java has walked through: what is animated, too large, cut off early or of a kind that is not read
/// never comes here. Several threads may ask at once.
@SuppressWarnings("restricted")
public final class PictureLibrary {
    /// Of `webp/decode.h`. The library refuses a structure of another major version.
    private static final int WEBP_ABI = 0x0210;
    private static final int WEBP_OK = 0;
    private static final int SILENT = 6;
    private static final VarHandle FOUR_BYTES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    /// `WebPDecoderConfig`, as far as it is used: what it reads of a file, where the pixels go, and how.
    private static final MemoryLayout WEBP_CONFIG = MemoryLayout.structLayout(MemoryLayout.paddingLayout(40),
            JAVA_INT.withName("colours"), MemoryLayout.paddingLayout(8), JAVA_INT.withName("external"),
            ADDRESS.withName("pixels"), JAVA_INT.withName("stride"), MemoryLayout.paddingLayout(4),
            JAVA_LONG.withName("size"), MemoryLayout.paddingLayout(88), JAVA_INT.withName("cropping"),
            MemoryLayout.paddingLayout(8), JAVA_INT.withName("croppedWidth"), JAVA_INT.withName("croppedHeight"),
            JAVA_INT.withName("scaling"), JAVA_INT.withName("scaledWidth"), JAVA_INT.withName("scaledHeight"),
            MemoryLayout.paddingLayout(40));

    private static final Object LOADING = new Object();
    private static PictureLibrary loaded;

    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle readJpeg;
    private final MethodHandle pixWidth;
    private final MethodHandle pixHeight;
    private final MethodHandle pixDepth;
    private final MethodHandle pixData;
    private final MethodHandle destroyPix;
    private final MethodHandle startWebp;
    private final MethodHandle readWebp;

    /// The library, loaded once for the process.
    ///
    /// @throws NoPictureLibrary when this computer cannot have it
    public static PictureLibrary load() {
        synchronized (LOADING) {
            if (loaded == null) {
                try (LibraryFile file = LibraryFile.find(Platform.here())) {
                    loaded = new PictureLibrary(SymbolLookup.libraryLookup(file.path(), Arena.global()));
                }
            }
            return loaded;
        }
    }

    private PictureLibrary(SymbolLookup symbols) {
        MethodHandle severity = handle(symbols, "setMsgSeverity", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        readJpeg = handle(symbols, "pixReadMemJpeg",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        pixWidth = handle(symbols, "pixGetWidth", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        pixHeight = handle(symbols, "pixGetHeight", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        pixDepth = handle(symbols, "pixGetDepth", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        pixData = handle(symbols, "pixGetData", FunctionDescriptor.of(ADDRESS, ADDRESS));
        destroyPix = handle(symbols, "pixDestroy", FunctionDescriptor.ofVoid(ADDRESS));
        startWebp = handle(symbols, "WebPInitDecoderConfigInternal",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        readWebp = handle(symbols, "WebPDecode", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS));
        call(() -> (int) severity.invokeExact(SILENT));
        silenceStandardError();
    }

    private MethodHandle handle(SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    /// libjpeg writes what it dislikes about a file to C's `stderr`, and nothing can tell it not to: the log would fill
    /// with lines that no one can trace to a request. So C's `stderr` leads nowhere from here on. Java's `System.err`, the
    /// JVM's report of a crash and the C library's own last words are written to the descriptor, and still appear.
    private void silenceStandardError() {
        SymbolLookup c = linker.defaultLookup();
        // As macOS calls it.
        MemorySegment stderr = c.find("stderr").or(() -> c.find("__stderrp")).orElseThrow();
        MethodHandle open = handle(c, "fopen", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/null");
            MemorySegment mode = arena.allocateFrom("w");
            MemorySegment nowhere = call(() -> (MemorySegment) open.invokeExact(path, mode));
            if (nowhere.address() != 0) {
                stderr.reinterpret(ADDRESS.byteSize()).set(ADDRESS, 0, nowhere);
            }
        }
    }

    /// Decodes a JPEG file.
    ///
    /// @param reduction 1, 2, 4 or 8
    /// @param width after the reduction
    /// @param height likewise
    /// @return three bytes a pixel; empty if the file is damaged or cut off anywhere
    public Optional<byte[]> jpeg(ByteBuffer file, int reduction, int width, int height) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = copy(MemorySegment.ofBuffer(file), arena);
            MemorySegment pix = call(() -> (MemorySegment) readJpeg.invokeExact(bytes, bytes.byteSize(), 0, reduction,
                    MemorySegment.NULL, 0));
            if (pix.address() == 0) {
                return Optional.empty();
            }
            MemorySegment holder = arena.allocateFrom(ADDRESS, pix);
            try {
                return pixels(pix, width, height);
            } finally {
                call(() -> {
                    destroyPix.invokeExact(holder);
                    return 0;
                });
            }
        }
    }

    private Optional<byte[]> pixels(MemorySegment pix, int width, int height) {
        boolean asExpected = call(() -> (int) pixWidth.invokeExact(pix)) == width
                && call(() -> (int) pixHeight.invokeExact(pix)) == height;
        if (!asExpected) {
            return Optional.empty();
        }
        MemorySegment data = call(() -> (MemorySegment) pixData.invokeExact(pix));
        return switch (call(() -> (int) pixDepth.invokeExact(pix))) {
            case 8 -> Optional.of(grey(data.reinterpret((width + 3L & ~3L) * height), width, height));
            case 32 -> Optional.of(coloured(data.reinterpret(4L * width * height), width * height));
            default -> Optional.empty();
        };
    }

    /// A pixel is a number of 32 bits: red, green, blue and nothing. Each is written with its nothing, which the next
    /// overwrites: 0.17 ms for 500 x 500 pixels where a loop over bytes takes 0.35 (EPYC, 2026).
    private static byte[] coloured(MemorySegment data, int count) {
        byte[] rgb = new byte[3 * count];
        for (int i = 0; i < count - 1; i++) {
            FOUR_BYTES.set(rgb, 3 * i, data.getAtIndex(JAVA_INT, i));
        }
        int last = data.getAtIndex(JAVA_INT, count - 1L);
        for (int i = 0; i < 3; i++) {
            rgb[3 * count - 3 + i] = (byte) (last >> 24 - 8 * i);
        }
        return rgb;
    }

    /// Four pixels are a number of 32 bits, the first in its highest byte; rows begin with a new one.
    private static byte[] grey(MemorySegment data, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int words = width + 3 >> 2;
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, to += 3) {
                int four = data.getAtIndex(JAVA_INT, (long) y * words + (x >> 2));
                byte level = (byte) (four >> 24 - 8 * (x & 3));
                rgb[to] = level;
                rgb[to + 1] = level;
                rgb[to + 2] = level;
            }
        }
        return rgb;
    }

    /// Decodes a still WebP file. What does not fill a whole square at its right and lower edge is left out.
    ///
    /// @param transparent whether to read how opaque it is
    /// @param factor the side of a square that becomes a pixel
    /// @param width after the reduction
    /// @param height likewise
    /// @return three bytes a pixel, or with transparency four; empty if the file is damaged
    public Optional<byte[]> webp(byte[] file, boolean transparent, int factor, int width, int height) {
        try (Arena arena = Arena.ofConfined()) {
            int bytesEach = transparent ? 4 : 3;
            MemorySegment pixels = arena.allocate((long) bytesEach * width * height);
            MemorySegment config = arena.allocate(WEBP_CONFIG);
            if (call(() -> (int) startWebp.invokeExact(config, WEBP_ABI)) == 0) {
                throw new IllegalStateException("libwebp of another version than " + Integer.toHexString(WEBP_ABI));
            }
            set(config, "colours", transparent ? 1 : 0);
            set(config, "external", 1);
            set(config, "stride", bytesEach * width);
            config.set(ADDRESS, offset("pixels"), pixels);
            config.set(JAVA_LONG, offset("size"), pixels.byteSize());
            if (factor > 1) {
                set(config, "cropping", 1);
                set(config, "croppedWidth", factor * width);
                set(config, "croppedHeight", factor * height);
                set(config, "scaling", 1);
                set(config, "scaledWidth", width);
                set(config, "scaledHeight", height);
            }
            MemorySegment bytes = copy(MemorySegment.ofArray(file), arena);
            int status = call(() -> (int) readWebp.invokeExact(bytes, (long) file.length, config));
            return status == WEBP_OK ? Optional.of(pixels.toArray(JAVA_BYTE)) : Optional.empty();
        }
    }

    private static void set(MemorySegment config, String field, int value) {
        config.set(JAVA_INT, offset(field), value);
    }

    private static long offset(String field) {
        return WEBP_CONFIG.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }

    private static MemorySegment copy(MemorySegment file, Arena arena) {
        return arena.allocate(file.byteSize()).copyFrom(file);
    }

    @FunctionalInterface
    private interface NativeCall<T> {
        T run() throws Throwable;
    }

    /// A native function throws nothing; what is thrown is about the call itself.
    private static <T> T call(NativeCall<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
