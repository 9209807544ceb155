package nabla.check;

import org.ejml.simple.SimpleMatrix;

/** A mistake that can be made in any formula: what it does to the value. */
enum Mutation {
    SIGN("sign flipped") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            // a number in the log domain has no sign; its logarithm, usually a sum of terms with signs, has
            return new Quantity(value.values().negative(), value.logDomain());
        }
    },

    DOUBLED("counted twice") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            return value.times(2);
        }
    },

    TRANSPOSED("transposed") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            return new Quantity(value.values().transpose(), value.logDomain());
        }
    },

    DROPPED("largest element dropped") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            SimpleMatrix dropped = value.values().copy();
            for (int i = 0; i < value.size() && value.size() > 1; i++) {
                if (Math.abs(value.get(i)) == value.largest()) {
                    dropped.set(i, 0);
                    break;
                }
            }
            return new Quantity(dropped, value.logDomain());
        }
    },

    SHIFTED("off by a thousandth") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            double shift = value.logDomain() || value.isZero() ? 1e-3 : 1e-3 * value.largest();
            return new Quantity(value.values().plus(shift), value.logDomain());
        }
    },

    /** For an inequality: the same distance on the wrong side. */
    REFLECTED("inequality turned round") {
        @Override
        Quantity of(Quantity value, Quantity before) {
            return before.logDomain() == value.logDomain()
                    ? new Quantity(before.values().scale(2).minus(value.values()), value.logDomain())
                    : of(value.plain(), before.plain());
        }
    };

    private final String description;

    Mutation(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** The value that a formula with this mistake would have had. */
    abstract Quantity of(Quantity value, Quantity before);
}
