package nabla.arguments;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** A public method or constructor, and makers of good arguments for it; the first of them is the receiver, if it has one. */
record Call(Executable what, List<Pool.Maker> makers) {
    private static final int MOST_TRIES = 20_000;

    /** Whether there is a receiver before the arguments. */
    static boolean hasReceiver(Executable what) {
        return what instanceof Method && !Modifier.isStatic(what.getModifiers());
    }

    /** Looks for arguments that are accepted, among all of the pool; null if there are none. */
    static Call find(Executable what, List<Pool.Maker> receivers, Pool pool) {
        List<List<Pool.Maker>> choices = new ArrayList<>();
        if (hasReceiver(what)) {
            choices.add(receivers);
        }
        for (Class<?> type : what.getParameterTypes()) {
            choices.add(pool.of(type));
        }
        if (choices.stream().anyMatch(List::isEmpty)) {
            return null;
        }
        int[] chosen = new int[choices.size()];
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<Pool.Maker> makers = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                makers.add(choices.get(i).get(chosen[i]));
            }
            Call call = new Call(what, makers);
            try {
                call.with(call.fresh());
                return call;
            } catch (Throwable e) { // these do not fit to each other
                if (!next(chosen, choices)) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The next choice, the last argument first; false after the last one. */
    private static boolean next(int[] chosen, List<List<Pool.Maker>> choices) {
        for (int i = chosen.length - 1; i >= 0; i--) {
            chosen[i]++;
            if (chosen[i] < choices.get(i).size()) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    /** New good arguments, after the receiver if there is one. */
    Object[] fresh() throws ReflectiveOperationException {
        Object[] values = new Object[makers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = makers.get(i).make();
        }
        return values;
    }

    /** Calls with these arguments; throws what it throws. */
    Object with(Object[] values) throws Throwable {
        try {
            what.setAccessible(true); // public, but perhaps of a class that is not
            if (what instanceof Constructor<?> constructor) {
                return constructor.newInstance(values);
            }
            if (!hasReceiver(what)) {
                return ((Method) what).invoke(null, values);
            }
            Object[] arguments = new Object[values.length - 1];
            System.arraycopy(values, 1, arguments, 0, arguments.length);
            return ((Method) what).invoke(values[0], arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A value that this call answers, anew. */
    Object make() throws ReflectiveOperationException {
        try {
            return with(fresh());
        } catch (ReflectiveOperationException e) {
            throw e;
        } catch (Throwable e) {
            throw new InvocationTargetException(e);
        }
    }

    @Override
    public String toString() {
        return what.getDeclaringClass().getName().replace("nabla.", "") + "."
                + what.getName().replaceFirst(".*[.]", "");
    }
}
