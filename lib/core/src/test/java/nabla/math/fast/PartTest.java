package nabla.math.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PartTest {
    /** Element (i, j), both from 0, is 10 i + j. */
    private static DMatrixRMaj counting(int rows, int columns) {
        DMatrixRMaj x = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.set(i, j, 10 * i + j);
            }
        }
        return x;
    }

    @Test
    void blocksAreCopiedAndNothingElse() {
        DMatrixRMaj x = new DMatrixRMaj(3, 4);
        Part.of(x)
                .rows(1, 3)
                .columns(1, 3)
                .set(Part.of(counting(5, 6)).rows(2, 4).columns(3, 5));
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 23, 24, 0, 0, 33, 34, 0}, x.data);
    }

    @Test
    void rowsAreSetAndAddedUp() {
        DMatrixRMaj x = counting(3, 4);
        double[] sum = {7, 7};
        Part.of(x).rows(1, 3).columns(2, 4).sumRows(sum);
        assertArrayEquals(new double[] {34, 36}, sum);
        Part.of(x).rows(1, 3).columns(2, 4).setRows(new double[] {-1, -2});
        assertArrayEquals(new double[] {0, 1, 2, 3, 10, 11, -1, -2, 20, 21, -1, -2}, x.data);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() {
        DMatrixRMaj x = counting(3, 4);
        Part part = Part.of(x);
        assertRefused("other: expected 3x4, got 3x3", () -> part.set(Part.of(new DMatrixRMaj(3, 3))));
        assertRefused("other: expected 3x4, got 2x4", () -> part.set(Part.of(new DMatrixRMaj(2, 4))));
        assertRefused("x: expected 4 numbers, got 3", () -> part.setRows(new double[3]));
        assertRefused("sum: expected 4 numbers, got 5", () -> part.sumRows(new double[5]));
        Part transpose = Part.transposeOf(counting(4, 3));
        String noTranspose = "expected a block of a matrix, got a transpose";
        assertRefused(noTranspose, () -> part.set(transpose));
        assertRefused(noTranspose, () -> transpose.set(part));
        assertRefused(noTranspose, () -> transpose.setRows(new double[4]));
        assertRefused(noTranspose, () -> transpose.sumRows(new double[4]));
        assertArrayEquals(counting(3, 4).data, x.data);
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
