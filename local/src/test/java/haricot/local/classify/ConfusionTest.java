package haricot.local.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.Pictures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfusionTest {
    private final Confusion confusion = new Confusion(List.of("healthy", "bean_rust"));

    @Test
    void countsWhatIsInAFolderOfALabelAndNothingElse() {
        assertTrue(confusion.isEmpty());
        add("elsewhere", "healthy");
        add("", "healthy");
        assertTrue(confusion.isEmpty());
        add("healthy", "healthy");
        add("healthy", "healthy");
        add("healthy", "bean_rust");
        add("bean_rust", "bean_rust");
        add("bean_rust", null);
        assertEquals(0.75, confusion.accuracy());
        assertEquals("""

                Accuracy 75.0 % of 4 pictures with a label; 1 got none.

                TRUE \\ GIVEN  healthy  bean_rust  no label
                healthy             2          1         0
                bean_rust           0          1         1
                """, printed());
    }

    @Test
    void withoutAnyLabelThereIsNoAccuracy() {
        add("healthy", null);
        assertTrue(printed().startsWith("\nNo picture got a label; 1 got none.\n"), printed());
    }

    private void add(String folder, String label) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("label", label);
        confusion.add(new Classified(new Pictures.Picture("x", Path.of("x"), folder), answer));
    }

    private String printed() {
        StringWriter out = new StringWriter();
        confusion.print(new PrintWriter(out, true));
        return out.toString();
    }
}
