package nabla.notebook.draw;

import java.util.ArrayList;
import java.util.List;

/** Where a picture has something drawn: points in pixels, so close together that no letter falls between two of them. */
final class Ink {
    private static final double STEP = 4;

    private final List<double[]> points = new ArrayList<>();

    /** A rectangle in pixels; {@code top} is less than {@code bottom}. */
    record Box(double left, double top, double right, double bottom) {
        boolean contains(double x, double y) {
            return x >= left && x <= right && y >= top && y <= bottom;
        }

        boolean contains(Box other) {
            return contains(other.left, other.top) && contains(other.right, other.bottom);
        }
    }

    void dot(double x, double y) {
        points.add(new double[] {x, y});
    }

    void line(double fromX, double fromY, double toX, double toY) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        int steps = (int) Math.min(1000, Math.ceil(length / STEP));
        for (int i = 0; i <= steps; i++) {
            double share = steps == 0 ? 0 : (double) i / steps;
            dot(fromX + share * (toX - fromX), fromY + share * (toY - fromY));
        }
    }

    void area(Box box) {
        for (double y = box.top; y < box.bottom; y += STEP) {
            line(box.left, y, box.right, y);
        }
        line(box.left, box.bottom, box.right, box.bottom);
    }

    /** How many of the points lie in the box. */
    long in(Box box) {
        return points.stream().filter(p -> box.contains(p[0], p[1])).count();
    }
}
