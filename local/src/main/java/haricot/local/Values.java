package haricot.local;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Values of options that are no plain text, each with a sentence for one that is wrong: picocli's own name Java classes.
final class Values {
    private Values() {}

    static void register(CommandLine commandLine) {
        commandLine.registerConverter(Integer.class, Values::number).registerConverter(int.class, Values::number)
                .registerConverter(LocalDate.class, Values::day).registerConverter(URI.class, Values::address)
                .registerConverter(Path.class, Values::path);
    }

    /// A mistake in the words of a command, as picocli has it but for a slip of its own.
    static String sentence(ParameterException mistake) {
        return mistake.getMessage().replace("option option", "option");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a day such as 2026-01-31 (year, month, day)");
        }
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is not an address such as https://example.org/Prod/");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text.replace("\0", "\\0") + "' cannot be the name of a file: "
                    + e.getReason());
        }
    }
}
