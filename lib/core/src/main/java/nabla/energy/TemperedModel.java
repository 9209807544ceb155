package nabla.energy;

import nabla.math.Require;

/** A model whose energies are those of another one times beta. */
record TemperedModel(BinaryModel model, double beta) implements BinaryModel {
    TemperedModel {
        Require.between("beta", beta, 0, Double.MAX_VALUE);
    }

    @Override
    public int units() {
        return model.units();
    }

    @Override
    public double off() {
        return model.off();
    }

    @Override
    public double energy(double[] x) {
        return beta * model.energy(x);
    }

    @Override
    public double energyGap(int unit, double[] x) {
        return beta * model.energyGap(unit, x);
    }
}
