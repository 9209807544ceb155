package nabla.site;

import java.util.Locale;

/** The five sets of lecture notes. */
enum Notes {
    XU("Xu", "Richard Yi Da Xu, University of Technology Sydney, 2018"),
    FLEISCHER("Fleischer", "Mark Fleischer, Johns Hopkins University, 2014"),
    IISC("IISc", "E9 309, Indian Institute of Science, 2020"),
    SRIHARI("Srihari", "Sargur N. Srihari, University at Buffalo"),
    GAVVES("Gavves", "Efstratios Gavves, University of Amsterdam");

    private final String author;
    private final String source;

    Notes(String author, String source) {
        this.author = author;
        this.source = source;
    }

    /** The short name, as in the notebooks. */
    String author() {
        return author;
    }

    /** Who wrote them, where and when. */
    String source() {
        return source;
    }

    /** The file of their page. */
    String page() {
        return "notes-" + name().toLowerCase(Locale.ROOT) + ".html";
    }
}
