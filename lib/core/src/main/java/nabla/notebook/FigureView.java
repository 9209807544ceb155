package nabla.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import nabla.notebook.draw.FigureSpec;
import nabla.notebook.draw.StaticSvg;
import tech.tablesaw.plotly.components.Figure;

/**
 * A Tablesaw figure as a static picture that a script replaces by the interactive chart.
 *
 * <p>The script uses the page's own {@code window.Plotly}, or else {@code assets/plotly.min.js} beside the notebook. Where no
 * script runs, or neither is found, the picture stays. Nothing is loaded from another host. The same figure always gives the
 * same bytes.
 */
final class FigureView {
    private FigureView() {}

    static Map<String, Object> of(Figure figure) {
        JsonNode spec = FigureSpec.of(figure);
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", FigureWords.of(spec));
        bundle.put("text/html", html(spec));
        return bundle;
    }

    private static String html(JsonNode spec) {
        String svg = StaticSvg.draw(spec);
        // No "<" of the data may end the script or begin a comment in it.
        String json = spec.toString().replace("<", "\\u003c");
        String id = "nabla-" + UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8));
        int width = spec.path("layout").path("width").asInt();
        String picture = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return """
                <div class="nabla-figure %s" style="max-width:%dpx"><img alt="%s" style="display:block;max-width:100%%;height:auto" \
                src="data:image/svg+xml;base64,%s"/></div>
                <script>
                %s
                nablaPlotly.then(function (Plotly) {
                  document.querySelectorAll('.%s').forEach(function (div) {
                    if (div.nablaLive) return;
                    div.nablaLive = true;
                    var spec = %s, picture = div.innerHTML;
                    var layout = spec.layout, share = Math.min(1, div.clientWidth / layout.width || 1);
                    layout.width *= share;
                    if (layout.title && layout.title.font.size) layout.title.font.size *= share;
                    div.innerHTML = '';
                    Promise.resolve().then(function () {
                      return Plotly.newPlot(div, spec.data, layout, {
                        displaylogo: false,
                        modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d']
                      });
                    }).catch(function () { div.innerHTML = picture; });
                  });
                }, function () {});
                </script>
                """.formatted(id, width, Html.escape(FigureWords.of(spec)), picture, LOADER, id, json);
    }

    /**
     * Defines {@code window.nablaPlotly}, once per page, as the promise of Plotly. The address of the notebook's folder is
     * that of the page, except in Jupyter, which serves files elsewhere than it shows them. Where RequireJS is on the page
     * (classic notebook), Plotly registers with it and not with the window.
     */
    private static final String LOADER = """
            window.nablaPlotly = window.nablaPlotly || new Promise(function (found, missing) {
              if (window.Plotly) return found(window.Plotly);
              var at = location.pathname.match(
                /^(.*?)\\/(?:nbclassic\\/|doc\\/|lab\\/)?(?:notebooks|tree|workspaces\\/[^/]+\\/tree)\\/(.*)$/);
              var page = location.protocol.indexOf('http') == 0 && at
                ? location.origin + at[1] + '/files/' + at[2] : document.baseURI;
              var url = new URL('assets/plotly.min.js', page).href;
              function got(module) {
                var Plotly = module && module.newPlot ? module : window.Plotly;
                Plotly ? found(Plotly) : missing();
              }
              if (window.requirejs && window.define && window.define.amd) return window.requirejs([url], got, missing);
              var script = document.createElement('script');
              script.src = url;
              script.onload = function () { got(); };
              script.onerror = missing;
              document.head.appendChild(script);
            });""";
}
