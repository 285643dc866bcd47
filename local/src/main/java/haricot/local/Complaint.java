package haricot.local;

import haricot.BadSetting;
import haricot.local.host.Failure;
import haricot.local.host.Terminal;
import haricot.model.BrokenModel;
import haricot.picture.library.NoPictureLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// What went wrong, for the person who called.
final class Complaint {
    private Complaint() {}

    /// Empty for a mistake in this program: only its stack says anything about it.
    static Optional<String> of(Exception problem) {
        return switch (problem) {
            case Failure failure -> Optional.of(failure.getMessage());
            case BadSetting setting -> Optional.of(setting.getMessage());
            case BrokenModel model -> Optional.of(model.getMessage());
            case NoPictureLibrary library -> Optional.of(library.getMessage());
            case UncheckedIOException wrapped -> Optional.of(input(wrapped.getCause()));
            case IOException input -> Optional.of(input(input));
            default -> Optional.empty();
        };
    }

    /// Java's own messages of these are a path and nothing else.
    private static String input(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> "there is no file " + Terminal.shown(missing.getFile());
            case AccessDeniedException denied -> "no permission for " + Terminal.shown(denied.getFile());
            case FileAlreadyExistsException there ->
                Terminal.shown(there.getFile()) + " is there already, and is no folder";
            case NotDirectoryException file -> Terminal.shown(file.getFile()) + " is no folder";
            case FileSystemException failed -> Terminal.shown(failed.getFile()) + ": "
                    + Optional.ofNullable(failed.getReason()).orElse("the file system refuses it");
            default -> Optional.ofNullable(problem.getMessage()).map(Complaint::whole)
                    .orElse("reading or writing failed");
        };
    }

    /// The system's word for a full disk comes without a place.
    private static String whole(String message) {
        return message.startsWith("No space left") ? "the disk that should be written to is full" : message;
    }
}
