package nabla.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ArgumentFuzz} found to be refused, naming the argument, is refused yet. */
class RefusalsTest {
    private static Map<String, Call> calls;

    @BeforeAll
    static void findGoodCalls() throws IOException, URISyntaxException, ClassNotFoundException {
        calls = new Calls().byName();
    }

    /** The lines of the table by class: method | argument | what is refused. */
    static Stream<Map.Entry<String, List<String>>> classes() throws IOException {
        Map<String, List<String>> byClass = new TreeMap<>();
        try (InputStream table = RefusalsTest.class.getResourceAsStream("refusals.txt")) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String type = line.replaceFirst("[(].*", "").replaceFirst("[.][a-z][A-Za-z]*$", "");
                byClass.computeIfAbsent(type, name -> new ArrayList<>()).add(line);
            });
        }
        return byClass.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void badArgumentsAreRefusedByName(Map.Entry<String, List<String>> ofClass) throws ReflectiveOperationException {
        List<String> wrong = new ArrayList<>();
        for (String line : ofClass.getValue()) {
            String[] parts = line.split(" [|] ", -1);
            Call call = calls.get(parts[0]);
            if (call == null) {
                wrong.add("no such method, or no good call of it: " + parts[0]);
                continue;
            }
            for (String kind : parts[2].split(", ", -1)) {
                String outcome = outcome(call, parts[1], kind);
                if (!outcome.equals(Outcome.NAMED.words)) {
                    wrong.add(parts[0] + ", " + parts[1] + " " + kind + ": " + outcome);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String outcome(Call call, String name, String kind) throws ReflectiveOperationException {
        int first = Call.hasReceiver(call.what()) ? 1 : 0;
        for (int i = 0; i < call.what().getParameterCount(); i++) {
            if (call.what().getParameters()[i].getName().equals(name)) {
                Object[] values = call.fresh();
                values[first + i] = Bad.of(call.what().getParameterTypes()[i], values[first + i])
                        .get(kind);
                try {
                    call.with(values);
                    return "accepted";
                } catch (Throwable e) {
                    Outcome outcome = Outcome.ofException(e, name);
                    return outcome == Outcome.NAMED ? outcome.words : String.valueOf(e);
                }
            }
        }
        return "no such argument";
    }
}
