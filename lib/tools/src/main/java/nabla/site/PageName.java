package nabla.site;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file names of the notebooks' pages, which are none of the site's own. */
final class PageName {
    private static final Set<String> OWN = Set.of("index", "coverage", "errata");
    private static final Pattern NOTEBOOK = Pattern.compile("([^/#?]*)\\.ipynb(?=#|$)");

    private PageName() {}

    /** The page of a notebook. */
    static String of(String notebook) {
        String name = notebook.toLowerCase(Locale.ROOT); // which not all file systems tell apart
        boolean taken = OWN.contains(name) || name.startsWith("notes-");
        return notebook + (taken ? ".ipynb.html" : ".html");
    }

    /** The address of a notebook's page, for a link on another one. */
    static String address(String notebook) {
        StringBuilder address = new StringBuilder();
        for (char c : of(notebook).toCharArray()) {
            address.append("%#?:&\"<>".indexOf(c) < 0 ? "" + c : "%%%02X".formatted((int) c));
        }
        return address.toString();
    }

    /** The destination of a link, changed if it is a notebook of this folder. */
    static String linked(String destination) {
        if (destination.contains("://")) {
            return destination;
        }
        return NOTEBOOK.matcher(destination).replaceFirst(found -> Matcher.quoteReplacement(of(found.group(1))));
    }
}
