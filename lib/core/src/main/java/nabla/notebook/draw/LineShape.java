package nabla.notebook.draw;

import java.util.ArrayList;
import java.util.List;

/** How a line goes from point to point: straight, or in steps. */
final class LineShape {
    private LineShape() {}

    /** The corners of the line through points in pixels, for a {@code line.shape} of Plotly. */
    static List<double[]> corners(List<double[]> points, String shape) {
        List<double[]> corners = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double[] q = points.get(i);
            if (i > 0) {
                double[] p = points.get(i - 1);
                double x = (p[0] + q[0]) / 2;
                double y = (p[1] + q[1]) / 2;
                switch (shape) {
                    case "hv" -> corners.add(new double[] {q[0], p[1]});
                    case "vh" -> corners.add(new double[] {p[0], q[1]});
                    case "hvh" -> corners.addAll(List.of(new double[] {x, p[1]}, new double[] {x, q[1]}));
                    case "vhv" -> corners.addAll(List.of(new double[] {p[0], y}, new double[] {q[0], y}));
                    default -> {}
                }
            }
            corners.add(q);
        }
        return corners;
    }
}
