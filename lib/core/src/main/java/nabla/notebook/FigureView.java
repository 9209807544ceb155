package nabla.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import nabla.notebook.draw.Drawable;
import nabla.notebook.draw.FigureSpec;
import nabla.notebook.draw.StaticSvg;
import tech.tablesaw.plotly.components.Figure;

/**
 * A Tablesaw figure as a static picture that a script replaces by the interactive chart.
 *
 * <p>The script uses the page's own {@code window.Plotly}, or else {@code assets/plotly.min.js} beside the notebook. Where no
 * script runs, on paper, or where neither is found, the picture stays. Nothing is loaded from another host. The same figure always gives the
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
        JsonNode layout = spec.get("layout");
        String limit = layout.path("autosize").asBoolean() ? "" : " style=\"max-width:" + layout.path("width") + "px\"";
        String picture = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        String image = """
                <div class="nabla-figure %s"%s><img alt="%s" style="display:block;width:100%%;height:auto" \
                src="data:image/svg+xml;base64,%s"/></div>
                """.formatted(id, limit, Html.escape(FigureWords.of(spec)), picture);
        if (!Drawable.isLive(spec)) {
            return image; // Plotly would draw it as something else
        }
        return image + """
                <script>
                %s
                nablaPlotly.then(function (Plotly) {
                  document.querySelectorAll('.%s').forEach(function (div) {
                    if (div.nablaLive) return;
                    div.nablaLive = true;
                    var spec = %s, picture = div.innerHTML;
                %s
                  });
                }, function () {});
                </script>
                """.formatted(LOADER, id, json, DRAWING);
    }

    /**
     * Draws {@code spec} into {@code div}, as wide as that is now and whenever its width changes. Where it is narrow, the legend
     * goes above the plot, and titles are set smaller so as not to be cut off. Paper gets the picture, which needs no script to fit.
     */
    private static final String DRAWING = """
                var layout = spec.layout, legend = layout.legend, width = layout.width, height = layout.height;
                var title = layout.title && layout.title.text ? layout.title : null, titleSize = title && title.font.size;
                var names = spec.data.filter(function (t) { return t.name && t.showlegend !== false; });
                var longest = Math.max.apply(null, names.map(function (t) { return t.name.length; }));
                var upright = layout.yaxis.title;
                upright = upright && upright.text && !upright.font ? upright : null;
                var live = document.createElement('div');
                function fit() {
                  var now = div.clientWidth || width, share = now / width;
                  layout.width = now;
                  layout.height = Math.round(Math.max(Math.min(height, 320), Math.min(1.1 * height, share * height)));
                  if (title) title.font.size = Math.min(titleSize, Math.max(10, 1.75 * now / title.text.length));
                  if (legend && layout.showlegend !== false && names.length) {
                    var above = now < 500 || legend.orientation == 'h';
                    layout.legend = above ? {orientation: 'h', x: 0, y: 1, yanchor: 'bottom'} : legend;
                    var columns = Math.max(1, Math.floor((now - 90) / (50 + 7 * longest)));
                    var rows = above ? 20 * Math.ceil(names.length / columns) : 0;
                    layout.margin.t = (title ? 46 : 20) + rows;
                    layout.height += now < 500 ? rows : 0;
                  }
                  if (upright) {
                    var room = layout.height - layout.margin.t - layout.margin.b;
                    upright.font = {size: Math.min(14, Math.max(9, 1.85 * room / upright.text.length))};
                  }
                }
                if (title) Object.assign(title, {y: 1, yref: 'container', yanchor: 'top', pad: {t: 14}});
                layout.autosize = false; // fit() does that, height and titles included
                fit();
                div.innerHTML = '<div class="nabla-picture">' + picture + '</div>';
                div.appendChild(live);
                Promise.resolve().then(function () {
                  return Plotly.newPlot(live, spec.data, layout, {
                    displaylogo: false,
                    displayModeBar: layout.width < 500 ? false : 'hover',
                    modeBarButtonsToRemove: ['select2d', 'lasso2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d']
                  });
                }).then(function () {
                  if (window.ResizeObserver) new ResizeObserver(function () {
                    if (div.clientWidth && div.clientWidth != layout.width) { fit(); Plotly.react(live, spec.data, layout); }
                  }).observe(div);
                }).catch(function () { div.innerHTML = picture; });""".indent(4).stripTrailing();

    /**
     * Defines {@code window.nablaPlotly}, once per page, as the promise of Plotly. The address of the notebook's folder is
     * that of the page, except in Jupyter, which serves files elsewhere than it shows them. Where RequireJS is on the page
     * (classic notebook), Plotly registers with it and not with the window.
     */
    private static final String LOADER = """
            window.nablaPlotly = window.nablaPlotly || new Promise(function (found, missing) {
              var style = document.createElement('style');
              style.textContent = '@media screen { .nabla-picture { display: none; } }' +
                '@media print { .nabla-picture + div { display: none; } }';
              document.head.appendChild(style);
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
