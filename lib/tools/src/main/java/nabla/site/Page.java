package nabla.site;

/** The frame that all pages share. */
final class Page {
    private Page() {}

    /**
     * A whole page.
     *
     * @param title as plain text
     * @param sidebar HTML beside the page on a wide screen, above it on a narrow one; may be empty
     * @param figures whether the page has figures, which need the plotting script before them
     */
    static String html(String title, String sidebar, String main, boolean figures) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="assets/site.css">
                %s<script src="assets/math.js"></script>
                <script src="assets/tex-svg-full.js" defer></script>
                <script src="assets/site.js" defer></script>
                </head>
                <body class="no-math">
                <header class="top">
                <nav><a href="index.html">∇ Nabla</a> <a href="coverage.html">Statements</a> <a href="errata.html">Errata</a></nav>
                <form class="search" role="search" hidden>
                <input type="search" placeholder="Search ( / )" aria-label="Search titles, headings and statements">
                <ol hidden></ol>
                </form>
                </header>
                <nav class="sidebar">
                %s</nav>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(
                Html.escape(title), figures ? "<script src=\"assets/plotly.min.js\"></script>\n" : "", sidebar, main);
    }

    /** Seconds for a reader; a dash if unknown. */
    static String seconds(double seconds) {
        return Double.isNaN(seconds) ? "–" : "%.1f\u202fs".formatted(seconds);
    }

    /** An error or a tolerance for a reader; a dash if there is none. */
    static String magnitude(double x) {
        return Double.isNaN(x) ? "–" : x == 0 ? "0" : "%.1e".formatted(x);
    }
}
