#!/usr/bin/env python3
"""What a user might take instead of Nabla, timed on the same work: scikit-learn, PyTorch, NumPy.

A server with a fixed number of threads (--threads N). Each line of standard input is a request, and is answered by one line of JSON:

  versions              {"Python": "3.11.2", ...}
  WORKLOAD              {"seconds": ...}, the time of one unit of work; the first request is preceded by one unit to warm up
  log-z PARAMETERS      {"logZ": ...} of a given model, so that the arithmetic can be checked: {"W": [[...], ...], "a": [...], "b": [...]}
  ais-784 PARAMETERS    {"logZ": ...} estimated with 100 chains and 1,000 temperatures; also ais-784-tuned

and by {"error": ...} if it fails. Everything is in double precision.
"""

import argparse
import concurrent.futures
import contextlib
import json
import os
import platform
import signal
import sys
import time

THREADS = 1  # set by main, before NumPy is imported


class Work:
    """Something to be timed: `unit` does one unit of it; `in_a_row` units are timed together where one alone is short."""

    def __init__(self, unit, in_a_row=1):
        self.unit = unit
        self.in_a_row = in_a_row

    def run(self):
        for _ in range(self.in_a_row):
            self.unit()

    def seconds(self):
        start = time.perf_counter()
        self.run()
        return (time.perf_counter() - start) / self.in_a_row


# Restricted Boltzmann machines, by scikit-learn.


def rbm_digits():
    from sklearn.datasets import load_digits

    return rbm_epoch(load_digits().data / 16, hidden=100, batch=10)


def rbm_784():
    import numpy as np

    rows = np.random.default_rng(1).random((10_000, 784)) < 0.2
    return rbm_epoch(rows.astype(float), hidden=500, batch=100)


def rbm_epoch(rows, hidden, batch):
    """One epoch of persistent contrastive divergence, as many chains as a batch has rows."""
    from sklearn.neural_network import BernoulliRBM

    return Work(
        lambda: BernoulliRBM(hidden, learning_rate=0.05, batch_size=batch, n_iter=1, random_state=1).fit(rows)
    )


# Recurrent networks, by PyTorch.


def recurrent_step(cell, steps=50, batch=32, symbols=32, hidden=128):
    """One step of training: every next symbol of random sequences is to be told."""
    import torch

    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    layer = getattr(torch.nn, cell)(symbols, hidden, dtype=torch.float64)
    readout = torch.nn.Linear(hidden, symbols, dtype=torch.float64)
    parameters = [*layer.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    sequences = torch.randint(symbols, (steps + 1, batch))
    x = torch.nn.functional.one_hot(sequences[:-1], symbols).double()
    y = sequences[1:].flatten()

    def step():
        optimizer.zero_grad(set_to_none=True)
        h, _ = layer(x)
        loss = torch.nn.functional.cross_entropy(readout(h).flatten(end_dim=1), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5)
        optimizer.step()

    return Work(step, in_a_row=20)


# Networks that generate, by PyTorch.


def vae_784(rows=10_000, bits=784, hidden=400, latents=20, batch=100):
    """An epoch of a variational autoencoder of bits, one hidden layer of rectifiers on each side."""
    import torch

    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    encoder = network(bits, hidden, 2 * latents)
    decoder = network(latents, hidden, bits)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
    data = (torch.rand(rows, bits) < 0.2).double()

    def epoch():
        for x in data[torch.randperm(rows)].split(batch):
            optimizer.zero_grad(set_to_none=True)
            mean, log_variance = encoder(x).chunk(2, dim=1)
            z = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(decoder(z), x, reduction="sum")
            loss = loss + (mean**2 + log_variance.exp() - 1 - log_variance).sum() / 2
            (loss / batch).backward()
            optimizer.step()

    return Work(epoch)


def gan_ring(hidden=64, batch=128):
    """One step of the discriminator and one of the generator, on points of the plane."""
    import torch

    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    generator = network(2, hidden, hidden, 2)
    discriminator = network(2, hidden, hidden, 1)
    of_generator = torch.optim.Adam(generator.parameters(), lr=1e-3)
    of_discriminator = torch.optim.Adam(discriminator.parameters(), lr=1e-3)
    data = torch.randn(batch, 2, dtype=torch.float64)
    softplus = torch.nn.functional.softplus

    def noise():
        return torch.randn(batch, 2, dtype=torch.float64)

    def step():
        of_discriminator.zero_grad(set_to_none=True)
        logits = discriminator(torch.cat([data, generator(noise()).detach()]))
        (softplus(-logits[:batch]).mean() + softplus(logits[batch:]).mean()).backward()
        of_discriminator.step()
        of_generator.zero_grad(set_to_none=True)
        softplus(-discriminator(generator(noise()))).mean().backward()
        of_generator.step()

    return Work(step, in_a_row=200)


def network(*sizes):
    """Dense layers, rectifiers between them."""
    import torch

    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs, dtype=torch.float64), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


# The partition function, by NumPy.


def random_rbm(m, n):
    """Weights m x n, visible and hidden biases."""
    import numpy as np

    rng = np.random.default_rng(1)
    return rng.normal(0, 0.05, (m, n)), rng.normal(0, 0.5, m), rng.normal(0, 0.5, n)


def ais_784():
    rbm = random_rbm(784, 500)
    return Work(lambda: estimated_log_z(*rbm))


def estimated_log_z(W, a, b, chains=100, temperatures=1000):
    """
    log Z by annealed importance sampling (Salakhutdinov and Murray 2008) from a base without weights and biases, as the formulas stand
    in the paper.
    """
    import numpy as np

    rng = np.random.default_rng(1)
    betas = np.linspace(0, 1, temperatures)
    log_weights = np.full(chains, (len(a) + len(b)) * np.log(2))
    v = (rng.random((chains, len(a))) < 0.5).astype(float)
    for last, beta in zip(betas, betas[1:]):
        x = v @ W + b
        log_weights += (beta - last) * (v @ a)
        log_weights += (np.logaddexp(0, beta * x) - np.logaddexp(0, last * x)).sum(axis=1)
        h = (rng.random(x.shape) < 1 / (1 + np.exp(-beta * x))).astype(float)
        y = h @ W.T + a
        v = (rng.random(y.shape) < 1 / (1 + np.exp(-beta * y))).astype(float)
    return log_sum_exp(log_weights) - np.log(chains)


def ais_784_tuned():
    rbm = random_rbm(784, 500)
    return Work(lambda: tuned_log_z(*rbm))


def tuned_log_z(W, a, b, chains=100, temperatures=1000):
    """
    The same for those who know NumPy's secrets. The chains are shared out to the threads, which takes 2.0 s on two of them; products on
    two threads and all the rest on one take 3.2 s. One thread takes 4.0 s, of which the products are 3.2 s.
    """
    import numpy as np

    betas = np.linspace(0, 1, temperatures)
    shares = [len(share) for share in np.array_split(np.arange(chains), THREADS)]
    seeds = np.random.SeedSequence(1).spawn(THREADS)
    log_weights = np.concatenate(on_all_threads(lambda seed, size: anneal(W, a, b, betas, size, seed), seeds, shares))
    return len(a) * np.log(2) + len(b) * np.log(2) + log_sum_exp(log_weights) - np.log(chains)


def anneal(W, a, b, betas, chains, seed):
    """
    The log weights of some chains. All passes are in place. With E = e^x, a unit is on with probability E / (1 + E), that is where
    u (1 + E) < E, which spares a division; and a ratio of factors 1 + E at neighbouring temperatures is so close to 1 that a product over
    all units is safe, which spares logarithms. No input is anywhere near 709, where e^x would overflow.
    """
    import numpy as np

    rng = np.random.Generator(np.random.SFC64(seed))  # the fastest of NumPy's generators here
    m, n = W.shape
    v, y, random_v = (np.empty((chains, m)) for _ in range(3))
    h, x, new, last, random_h = (np.empty((chains, n)) for _ in range(5))
    log_weights = np.zeros(chains)
    rng.random(out=random_v)
    np.less(random_v, 0.5, out=v)
    for k in range(1, len(betas)):
        np.matmul(v, W, out=x)
        x += b
        log_weights += (betas[k] - betas[k - 1]) * (v @ a)
        np.multiply(x, betas[k - 1], out=last)
        np.exp(last, out=last)
        last += 1
        x *= betas[k]
        np.exp(x, out=x)
        np.add(x, 1, out=new)
        np.divide(new, last, out=last)
        log_weights += np.log(last.prod(axis=1))
        if k == len(betas) - 1:
            return log_weights  # nobody asks for the state after that
        rng.random(out=random_h)
        random_h *= new
        np.less(random_h, x, out=h)

        np.matmul(h, W.T, out=y)
        y += a
        y *= betas[k]
        np.exp(y, out=y)
        rng.random(out=random_v)
        np.multiply(random_v, y, out=v)
        v += random_v
        np.less(v, y, out=v)


def log_z():
    rbm = random_rbm(784, 20)
    return Work(lambda: exact_log_z(*rbm))


def exact_log_z(W, a, b):
    """
    The exact log Z by enumeration of the hidden states.

    The hidden units are split into two halves with the states s and t. The input of a visible unit is then a sum x_s + x_t, and its factor
    1 + e^(x_s + x_t) is 1 + A_s B_t. Multiplied out, the factors of three units are a sum of 8 products of a number of s and a number of t,
    which for all s and t at once is one matrix product; all terms are positive, so nothing cancels.

    Tried for 784 visible and 20 hidden units on one core with AVX-512, seconds:
      logaddexp(0, x), states in blocks of 16 or 64 rows             12.7
      max(x, 0) + log1p(exp(-|x|))                                    3.0
      log1p(exp(x))                                                   1.9
      exp(x), one logarithm for a product of 49 factors               1.7
      1 + A B, product of 98 units, reduce over axis 1                1.2
      1 + A B, unit by unit into a product, 32 x 256 to 32 x 1024     0.9 to 0.7
      matrix products for 2, 3, 4, 5 units, the best of five blocks   0.23, 0.23, 0.26, 0.40
    On two threads the last takes 0.16 if they share the blocks.
    """
    import numpy as np

    units = 3
    rows, columns = 128, 256  # of a block: its two matrices stay in the second-level cache
    m, n = W.shape
    padding = -m % units  # units without weights and bias, each a factor 2
    W = np.vstack([W, np.zeros((padding, n))])
    a = np.concatenate([a, np.zeros(padding)])
    left, right = states(n // 2), states(n - n // 2)
    left_bias, right_bias = left @ b[: n // 2], right @ b[n // 2 :]

    # A: all s x groups of 8, B: groups of 8 x all t. The logarithm of a product is a sum, here over the subsets of each group.
    groups = len(a) // units
    subsets = states(units).T
    by_group = (np.column_stack([a, W]).T.reshape(-1, groups, units) @ subsets).reshape(n + 1, -1)
    A = np.exp(left @ by_group[1 : n // 2 + 1] + by_group[0])
    B = np.exp(by_group[n // 2 + 1 :].T @ right.T)

    # So many groups can be multiplied before a product might overflow.
    largest_inputs = (a + np.maximum(W, 0).sum(axis=1)).reshape(groups, units)
    safe = max(1, int(700 / np.logaddexp(0, largest_inputs).sum(axis=1).max()))

    def log_sum_of_rows(start):
        some = slice(start, start + rows)
        sums = []
        for first in range(0, len(right), columns):
            others = slice(first, first + columns)
            log_weights = np.add.outer(left_bias[some], right_bias[others])
            product, factor = np.empty_like(log_weights), np.empty_like(log_weights)
            for group in range(groups):
                part = slice(len(subsets.T) * group, len(subsets.T) * (group + 1))
                if group % safe == 0:
                    np.matmul(A[some, part], B[part, others], out=product)
                else:
                    np.matmul(A[some, part], B[part, others], out=factor)
                    product *= factor
                if group % safe == safe - 1 or group == groups - 1:
                    np.log(product, out=product)
                    log_weights += product
            sums.append(log_sum_exp(log_weights))
        return log_sum_exp(np.array(sums))

    return log_sum_exp(np.array(on_all_threads(log_sum_of_rows, range(0, len(left), rows)))) - padding * np.log(2)


def states(units):
    """All 0/1 states, one per row."""
    import numpy as np

    return ((np.arange(2**units)[:, None] >> np.arange(units)) & 1).astype(float)


def log_sum_exp(x):
    import numpy as np

    largest = x.max()
    return largest + np.log(np.exp(x - largest).sum())


def on_all_threads(function, *arguments):
    """A list of all results, computed by as many threads as are to be used: NumPy lets others run while it computes."""
    if THREADS == 1:
        return list(map(function, *arguments))
    with blas_on_one_thread(), concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(function, *arguments))


def blas_on_one_thread():
    try:
        from threadpoolctl import threadpool_limits  # comes with scikit-learn
    except ImportError:
        return contextlib.nullcontext()
    return threadpool_limits(1, "blas")


WORKLOADS = {
    "rbm-digits": rbm_digits,
    "rbm-784": rbm_784,
    "rnn": lambda: recurrent_step("RNN"),
    "lstm": lambda: recurrent_step("LSTM"),
    "vae-784": vae_784,
    "gan-ring": gan_ring,
    "ais-784": ais_784,
    "ais-784-tuned": ais_784_tuned,
    "log-z": log_z,
}

LOG_Z = {"log-z": exact_log_z, "ais-784": estimated_log_z, "ais-784-tuned": tuned_log_z}


def versions():
    import numpy
    import sklearn
    import torch
    from threadpoolctl import threadpool_info

    blas = [f"{library['internal_api']} {library['version']}" for library in threadpool_info() if library["user_api"] == "blas"]
    return {
        "Python": platform.python_version(),
        "NumPy": f"{numpy.__version__} ({', '.join(dict.fromkeys(blas)) or 'BLAS unknown'})",
        "scikit-learn": sklearn.__version__,
        "PyTorch": torch.__version__,
    }


def log_z_of(name, parameters):
    import numpy as np

    return float(LOG_Z[name](*(np.array(parameters[part], dtype=float) for part in ("W", "a", "b"))))


def answer(request, works):
    """The answer to one request. `works` holds the workloads that are warm."""
    name, _, parameters = request.partition(" ")
    if name == "versions":
        return versions()
    if name not in WORKLOADS:
        return {"error": f"unknown workload {name!r}; there are {', '.join(WORKLOADS)}"}
    if parameters:
        return {"logZ": log_z_of(name, json.loads(parameters))}
    if name not in works:
        works.clear()  # only one holds its data at a time
        works[name] = WORKLOADS[name]()
        works[name].run()
    return {"seconds": works[name].seconds()}


def main():
    global THREADS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, required=True, help="how many threads, at least 1")
    THREADS = parser.parse_args().threads
    if THREADS < 1:
        parser.error("--threads: expected at least 1")
    for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[variable] = str(THREADS)
    # Threads that wait by spinning get in each other's way here, and would get in ours: LSTM on two threads 32 ms, otherwise 100 and more.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends quietly with whoever started it

    works = {}
    for line in sys.stdin:
        try:
            reply = answer(line.strip(), works)
        except Exception as problem:  # whatever it is, the other side shall know
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
