package haricot.picture.library;

/// This computer cannot load the native library that reads JPEG and WebP. The message says in one sentence what it lacks.
public final class NoPictureLibrary extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoPictureLibrary(String message) {
        super(message);
    }
}
