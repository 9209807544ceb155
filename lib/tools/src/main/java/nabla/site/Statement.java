package nabla.site;

import java.util.Optional;

/**
 * A row of the inventory: something that the lecture notes state, or an erratum, which is something they state wrongly.
 *
 * @param id such as {@code CD-06}; errata are {@code E-33}
 * @param notes where it stands; empty if in all of them
 * @param slide the slide's title
 * @param kind equation, derivation step, claim, ...; of an erratum, how bad it is
 * @param text in Markdown with mathematics; of an erratum, what is printed
 * @param right of an erratum, what should be printed; otherwise empty
 */
record Statement(String id, Optional<Notes> notes, String slide, String kind, String text, String right) {
    boolean isErratum() {
        return id.startsWith("E-");
    }

    /** Whose notes, for a reader. */
    String author() {
        return notes.map(Notes::author).orElse("all five notes");
    }

    /** Where its row stands in the site. */
    String link() {
        return "coverage.html#" + id;
    }
}
