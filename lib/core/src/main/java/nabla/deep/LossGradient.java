package nabla.deep;

import java.util.Map;
import org.ejml.simple.SimpleMatrix;

/**
 * A loss and where it rises.
 *
 * @param loss a mean over examples
 * @param parameters its derivatives by the names of the parameters, each in the shape of its parameter
 */
public record LossGradient(double loss, Map<String, SimpleMatrix> parameters) {}
