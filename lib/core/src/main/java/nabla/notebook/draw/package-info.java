/**
 * Pictures without a window system, a browser or fonts: a chart as SVG ({@link nabla.notebook.draw.StaticSvg}), pixels as
 * PNG ({@link nabla.notebook.draw.Pixels}).
 *
 * <p>A Tablesaw figure becomes a Plotly specification ({@link nabla.notebook.draw.FigureSpec}), and that one specification
 * is what both the static picture and the interactive chart are drawn from.
 */
package nabla.notebook.draw;
