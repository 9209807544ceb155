package nabla.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void schedulesHaveTheirValues() {
        assertEquals(0.1, Schedule.constant(0.1).at(7));
        Schedule step = Schedule.step(0.5, 5, 0.9);
        assertEquals(0.5, step.at(5));
        assertEquals(0.9, step.at(6));
        Schedule linear = Schedule.linear(1, 0, 5);
        assertEquals(1, linear.at(1));
        assertEquals(0.5, linear.at(3));
        assertEquals(0, linear.at(5));
        assertEquals(0, linear.at(50));
    }

    @Test
    void epochsForOneWhoCountsSteps() {
        Schedule linear = Schedule.linear(1, 0, 5).ofSteps(3);
        double[] expected = {1, 1, 1, 0.75, 0.75, 0.75, 0.5};
        for (int step = 1; step <= 7; step++) {
            assertEquals(expected[step - 1], linear.at(step));
        }
    }
}
