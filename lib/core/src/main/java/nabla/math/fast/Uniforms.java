package nabla.math.fast;

/**
 * Streams of random numbers with random access: number i of a stream is a function of the stream's key and i, so that any thread can begin
 * anywhere, and the result does not depend on how the work is shared. The streams are those of SplitMix64 (Steele, Lea and Flood 2014,
 * <i>Fast Splittable Pseudorandom Number Generators</i>), the generator behind {@link java.util.SplittableRandom}: its state
 * is a counter, and each number is a mixture of the bits of one state.
 */
public final class Uniforms {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final long ONE = Double.doubleToRawLongBits(1);

    private Uniforms() {}

    /**
     * Uniform numbers in [0, 1), multiples of 2<sup>-52</sup>: the first 52 bits of the numbers of a SplitMix64 with seed {@code key}.
     *
     * @param key names the stream
     * @param first the position of the first number, from 0
     * @param bits room for {@code n} numbers
     * @param u overwritten, its first {@code n} elements
     */
    static void fill(long key, long first, long[] bits, double[] u, int n) {
        long state = key + first * GOLDEN_GAMMA;
        for (int i = 0; i < n; i++) {
            state += GOLDEN_GAMMA;
            bits[i] = state;
        }
        // Separate loops, of which the compiler makes vector instructions.
        for (int i = 0; i < n; i++) {
            long z = bits[i];
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            bits[i] = z ^ (z >>> 31);
        }
        for (int i = 0; i < n; i++) {
            u[i] = Double.longBitsToDouble((bits[i] >>> 12) | ONE);
        }
        for (int i = 0; i < n; i++) {
            u[i] -= 1;
        }
    }
}
