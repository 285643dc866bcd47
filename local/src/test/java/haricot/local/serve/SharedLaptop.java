package haricot.local.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every test that wants one the same [Laptop] with the defaults, which is started once and stopped at the end of all.
final class SharedLaptop implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(SharedLaptop.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Laptop.class;
    }

    @Override
    public Laptop resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(OURS).computeIfAbsent("laptop", name -> start(), Laptop.class);
    }

    private static Laptop start() {
        try {
            // In the build's folder, which a clean build empties.
            return Laptop.start(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "laptop"));
        } catch (IOException e) {
            throw new UncheckedIOException("starting a laptop", e);
        }
    }
}
