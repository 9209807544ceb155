package nabla.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.math.fast.Parallel;
import nabla.math.fast.Part;
import org.ejml.simple.SimpleMatrix;

/** Back-propagation through time of an {@link Lstm}. */
final class LstmBackPropagation extends BackPropagationThroughTime {
    private final UnrolledLstm unrolled;

    /** The derivatives of the loss C with respect to the cell states C_0, ..., C_T. */
    private final Stacked dC;

    private final GateBackPropagation f;
    private final GateBackPropagation i;
    private final GateBackPropagation g;
    private final GateBackPropagation o;
    private final List<GateBackPropagation> gates;

    LstmBackPropagation(UnrolledLstm unrolled) {
        super(unrolled);
        this.unrolled = unrolled;
        dC = new Stacked(unrolled.steps(), unrolled.batch(), unrolled.readout.hidden());
        f = new GateBackPropagation(unrolled.f, unrolled.steps(), unrolled.batch());
        i = new GateBackPropagation(unrolled.i, unrolled.steps(), unrolled.batch());
        g = new GateBackPropagation(unrolled.g, unrolled.steps(), unrolled.batch());
        o = new GateBackPropagation(unrolled.o, unrolled.steps(), unrolled.batch());
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
        for (GateBackPropagation gate : gates) {
            gate.step(t, from, to, dh);
        }
    }

    /** dC/dz_t and dC/dC_{t-1} from dC/dh_t, for the elements from {@code start} up to but without {@code end}. */
    private void back(int start, int end) {
        double[] f = unrolled.f.values.data;
        double[] i = unrolled.i.values.data;
        double[] g = unrolled.g.values.data;
        double[] o = unrolled.o.values.data;
        double[] C = unrolled.C.data;
        double[] tanhC = unrolled.tanhC.data;
        double[] dh = dH.data;
        double[] dC = this.dC.data;
        double[] dzf = this.f.dZ.data;
        double[] dzi = this.i.dZ.data;
        double[] dzg = this.g.dZ.data;
        double[] dzo = this.o.dZ.data;
        int step = unrolled.C.step;
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
        Part hx = unrolled.HX.steps(1, steps());
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
        SimpleMatrix dX = new SimpleMatrix(steps() * unrolled.batch(), unrolled.lstm.inputs());
        gates.forEach(gate -> gate.inputGradient(Part.of(dX.getDDRM())));
        return dX;
    }

    @Override
    SimpleMatrix state(int t) {
        return dH.at(t).concatColumns(dC.at(t));
    }
}
