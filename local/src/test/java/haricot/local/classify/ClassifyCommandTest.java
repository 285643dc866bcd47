package haricot.local.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import haricot.local.serve.Laptop;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `haricot classify` with the real model, over pictures that its maker drew.
final class ClassifyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;
    private Path leaf;

    @BeforeEach
    void copy() throws Exception {
        Files.createDirectories(folder.resolve("healthy"));
        Files.createDirectories(folder.resolve("bean_rust"));
        leaf = Files.copy(TestModel.drawn("leaf-plain"), folder.resolve("healthy/leaf, one.png"));
        Files.copy(TestModel.drawn("leaf-rust"), folder.resolve("bean_rust/no-ending"));
    }

    @Test
    void aFolderIsEveryPictureBelowItByItsBytes() throws Exception {
        Files.writeString(folder.resolve("healthy/notes.txt"), "no picture");
        Files.writeString(folder.resolve(".hidden.png"), "passed over");
        Shell.Ran ran = classify("--csv", folder);
        assertEquals(List.of("file", folder + "/bean_rust/no-ending", "\"" + folder + "/healthy/leaf"),
                ran.out().lines().map(line -> line.split(",", -1)[0]).toList());
    }

    @Test
    void aPictureThatCannotBeReadIsListedAndTold() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
        Path gone = Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(Files.readAllBytes(leaf), 90));
        Shell.Ran ran = classify("--csv", broken, gone);
        assertEquals(1, ran.status());
        assertEquals(
                "file,label,confidence,score,decision,reasons\r\n" + broken + ",,,,unreadable,unsupported-format\r\n"
                        + gone + ",,,,unreadable,truncated\r\n",
                ran.out());
    }

    @Test
    void aLineOfJsonIsTheAnswerOfTheApi(@TempDir Path data) throws Exception {
        try (Laptop laptop = Laptop.start(data)) {
            HttpResponse<String> answer = laptop.classify(Files.readAllBytes(leaf));
            ObjectNode api = (ObjectNode) Laptop.json(answer);
            ObjectNode here = (ObjectNode) JSON.readTree(classify("--json", leaf).out());
            ObjectNode there = (ObjectNode) JSON
                    .readTree(Shell.haricot("classify", "--url", laptop.address(), "--json", leaf).out());
            assertEquals(leaf.toString(), here.remove("file").asText());
            assertEquals(leaf.toString(), there.remove("file").asText());
            assertEquals(comparable(api), comparable(there));
            assertEquals(comparable(api), comparable(here));
        }
    }

    private static ObjectNode comparable(ObjectNode answer) {
        answer.remove(List.of("id", "flag"));
        return answer;
    }

    @Test
    void aDeploymentIsAskedWithItsKey(@TempDir Path data) throws Exception {
        try (Laptop laptop = Laptop.start(data, Laptop.With.DEFAULTS.stage("Prod").apiKey("s3cret"))) {
            String page = laptop.address().toString().replaceAll("/$", "");
            assertEquals(69, Shell.haricot("classify", "--url", page, leaf).status());
            Shell.Ran ran = Shell.haricot("classify", "--url", page, "--api-key", "s3cret", "--json", leaf);
            assertTrue(ran.out().startsWith("{\"file\":"), ran.out() + ran.err());
        }
    }

    @Test
    void aDeploymentThatDoesNotAnswerIsToldOnce() {
        Shell.Ran ran = Shell.haricot("classify", "--url", "http://127.0.0.1:1/", leaf);
        assertEquals(69, ran.status());
        assertEquals(
                "haricot: no answer from http://127.0.0.1:1/ for there is no connection: is the address right, and is it"
                        + " running?\n",
                ran.err());
    }

    @Test
    void aDashIsTheStandardInput() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(leaf)));
        try {
            assertTrue(classify("--csv", "-").out().lines().toList().get(1).startsWith("-,"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aLabelledFolderGetsItsConfusionMatrix() {
        Shell.Ran ran = classify(folder);
        assertTrue(ran.out().contains("2 pictures in "), ran.out());
        assertTrue(ran.out().contains("TRUE \\ GIVEN"), ran.out());
        assertFalse(classify(leaf).out().contains("TRUE"));
    }

    @Test
    void aScriptGetsNothingButWhatIsListed() {
        Shell.Ran ran = classify("--json", folder);
        assertEquals(2, ran.out().lines().count());
        assertTrue(ran.err().contains("TRUE \\ GIVEN"), ran.err());
    }

    @Test
    void aPathThatIsNotThereIsNamed() {
        Shell.Ran ran = classify(folder.resolve("nowhere"));
        assertEquals(69, ran.status());
        assertEquals("haricot: there is no file " + folder.resolve("nowhere") + "\n", ran.err());
    }

    private static Shell.Ran classify(Object... words) {
        Object[] all = new Object[words.length + 2];
        all[0] = "classify";
        all[1] = "--model=" + TestModel.file();
        System.arraycopy(words, 0, all, 2, words.length);
        return Shell.haricot(all);
    }
}
