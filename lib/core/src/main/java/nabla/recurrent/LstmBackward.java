package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** Back-propagation through time of an {@link Lstm}. */
final class LstmBackward extends BackwardPass {
    private final Lstm.Pass pass;

    /** The derivatives of the loss C with respect to the cell states C_0, ..., C_T. */
    private final Stacked dC;

    private final GateBackward f;
    private final GateBackward i;
    private final GateBackward g;
    private final GateBackward o;
    private final List<GateBackward> gates;

    LstmBackward(Lstm.Pass pass) {
        super(pass);
        this.pass = pass;
        dC = new Stacked(pass.steps(), pass.batch(), pass.readout.hidden());
        f = new GateBackward(pass.f, pass.steps(), pass.batch());
        i = new GateBackward(pass.i, pass.steps(), pass.batch());
        g = new GateBackward(pass.g, pass.steps(), pass.batch());
        o = new GateBackward(pass.o, pass.steps(), pass.batch());
        gates = List.of(f, i, g, o);
    }

    @Override
    void begin(int t) {
        dC.zero(t, t);
    }

    @Override
    void step(int t, int from, int to) {
        back(dC.start(t, from), dC.start(t, to));
        Part dh = dH.part(t - 1, from, to);
        for (GateBackward gate : gates) {
            gate.step(t, from, to, dh);
        }
    }

    /** dC/dz_t and dC/dC_{t-1} from dC/dh_t, for the elements from {@code start} up to but without {@code end}. */
    private void back(int start, int end) {
        double[] f = pass.f.values.data;
        double[] i = pass.i.values.data;
        double[] g = pass.g.values.data;
        double[] o = pass.o.values.data;
        double[] C = pass.C.data;
        double[] tanhC = pass.tanhC.data;
        double[] dh = dH.data;
        double[] dC = this.dC.data;
        double[] dzf = this.f.dZ.data;
        double[] dzi = this.i.dZ.data;
        double[] dzg = this.g.dZ.data;
        double[] dzo = this.o.dZ.data;
        int step = pass.C.step;
        for (int e = start; e < end; e++) {
            dC[e] += dh[e] * o[e] * (1 - tanhC[e] * tanhC[e]);
            dzf[e] = dC[e] * C[e - step] * f[e] * (1 - f[e]);
            dzi[e] = dC[e] * g[e] * i[e] * (1 - i[e]);
            dzg[e] = dC[e] * i[e] * (1 - g[e] * g[e]);
            dzo[e] = dh[e] * tanhC[e] * o[e] * (1 - o[e]);
            dC[e - step] = dC[e] * f[e];
        }
    }

    @Override
    List<Stacked> derivatives() {
        return List.of(dH, dC, f.dZ, i.dZ, g.dZ, o.dZ);
    }

    @Override
    Map<String, SimpleMatrix> parameterGradients() {
        Part hx = pass.HX.steps(1, steps());
        Parallel.forEach(
                gates.size(), 1, (from, to) -> gates.subList(from, to).forEach(gate -> gate.parameterGradients(hx)));
        Map<String, SimpleMatrix> named = new LinkedHashMap<>();
        named.put("Wf", f.dW);
        named.put("Wi", i.dW);
        named.put("WC", g.dW);
        named.put("Wo", o.dW);
        named.put("bf", f.db);
        named.put("bi", i.db);
        named.put("bC", g.db);
        named.put("bo", o.db);
        return named;
    }

    @Override
    SimpleMatrix inputGradient() {
        SimpleMatrix dX = new SimpleMatrix(steps() * pass.batch(), pass.lstm.inputs());
        gates.forEach(gate -> gate.inputGradient(Part.of(dX.getDDRM())));
        return dX;
    }

    @Override
    SimpleMatrix state(int t) {
        return dH.at(t).concatColumns(dC.at(t));
    }
}
