#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The network in PyTorch, in every form that a careful user would try, checked and timed on one GPU.

    torch_forms.py --workload FOLDER --out FILE --seconds S --forms a,b,c [--most N] [--cpu]

FOLDER holds a folder a network with parameters, images, targets, and what some must give (WriteWorkload). Forms:

    fp32                convolutions in single precision, no TF32
    tf32_channels_last  TF32, channels last, cuDNN's benchmark
    tf32_folded         as before, the first two layers folded: blocks of pixels become channels
    rfft2               convolutions by torch.fft.rfft2 in single precision, products of complex matrices
    bf16                bfloat16 autocast, channels last, cuDNN's benchmark
    bf16_compile        the same by torch.compile

Every form is checked against the stored results, losses and gradients, image by image: in some of them a ReLU or a
maximum lies within rounding of its kink and falls on its other side, so the median image counts. Then a training step
(forward, mean squared error, backward, Adam fused and capturable) and inference are timed as CUDA graphs, on images
and targets that the device has; where a capture fails the plain calls are timed, and the table says so. What is not
timed is listed with its reason. One process a form, forked after the import of torch: one that fails or takes too long
costs only itself, and what it had measured is kept.
"""
import argparse
import json
import math
import os
import pathlib
import signal
import sys
import time

BEGIN = time.monotonic()  # the first import of torch on a machine can take long

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

from torch_networks import Network, Workload  # noqa: E402

RATE, REPETITIONS, SECONDS = 1e-4, 5, 0.1
# The most important first.
WORK = [("periodic", "training step", 128), ("periodic", "inference", 1024), ("periodic", "inference", 1),
        ("paper", "training step", 128), ("periodic", "training step", 32), ("paper", "inference", 1024),
        ("periodic", "inference", 128), ("periodic", "inference", 32), ("paper", "inference", 1),
        ("paper", "training step", 32), ("paper", "inference", 128), ("paper", "inference", 32)]
# Largest error allowed: of results relative to the largest one, of the median image's gradient by norms.
ALLOWED = {"fp32": (1e-4, 1e-3), "rfft2": (1e-4, 1e-3), "tf32_channels_last": (1e-2, 1e-1),
           "tf32_folded": (1e-2, 1e-1), "bf16": (1e-1, 2e-1), "bf16_compile": (1e-1, 2e-1)}


class Form:
    """A network in one form, with its optimiser."""

    def __init__(self, name, work, cpu):
        self.work, self.cpu = work, cpu
        self.channels_last = name not in ("fp32", "rfft2")
        self.autocast = name.startswith("bf16")
        tf32 = name.startswith("tf32") or self.autocast
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32
        torch.backends.cudnn.benchmark = True
        self.network = Network(work, name)
        if self.channels_last:
            self.network = self.network.to(memory_format=torch.channels_last)
        options = {} if cpu else {"fused": True, "capturable": True}
        self.adam = torch.optim.Adam(self.network.parameters(), lr=RATE, eps=1e-7, **options)
        self.call = self.network
        if name.endswith("compile") and hasattr(torch, "compile") and not cpu:
            self.call = torch.compile(self.network, dynamic=False)

    def results(self, images):
        if self.channels_last:
            images = images.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu" if self.cpu else "cuda", dtype=torch.bfloat16, enabled=self.autocast):
            return self.call(images).float()

    def infer(self, images):
        with torch.no_grad():
            return self.results(images)

    def gradients(self, images, targets):
        self.adam.zero_grad(set_to_none=True)
        loss = F.mse_loss(self.results(images), targets)
        loss.backward()
        return loss

    def step(self, images, targets):
        loss = self.gradients(images, targets)
        self.adam.step()
        return loss


def check(name, form):
    """Largest errors of results, of the median image's gradient by norms, of losses; and whether that will do."""
    work, error, by_norm, loss_error = form.work, 0.0, [], 0.0
    torch.backends.cudnn.benchmark = False  # any plan will do here
    for i in range(work.checked):
        image, target = work.checked_images[i:i + 1], work.targets[i:i + 1]
        results = form.infer(image)
        error = largest(error, float((results - work.results[i:i + 1]).abs().max() / work.results.abs().max()))
        if name.endswith("compile"):  # every shape is compiled anew, backward too: results must do
            continue
        loss = form.gradients(image, target)
        expected = work.gradients[i].to(work.device)
        gradient = torch.cat([p.grad.reshape(-1) for p in ordered(form)])
        by_norm.append(float((gradient - expected).norm() / expected.norm()))
        loss_error = largest(loss_error, abs(float(loss.detach()) / work.network["losses"][i] - 1))
    torch.backends.cudnn.benchmark = True
    median = middle(by_norm) if by_norm else 0.0
    allowed = ALLOWED[name]
    return error, median, loss_error, error <= allowed[0] and median <= allowed[1]


def largest(so_far, value):
    """The larger one, not a number where one of the two is none: max() forgets that."""
    return math.nan if math.isnan(so_far) or math.isnan(value) else max(so_far, value)


def middle(values):
    """The median; not a number where one of the values is none, which have no place in an order."""
    return math.nan if any(math.isnan(value) for value in values) else sorted(values)[len(values) // 2]


def ordered(form):
    """The parameters in the order of the stored gradient: weight, bias, layer by layer."""
    for step in form.network.steps:
        if hasattr(step, "weight"):
            yield step.weight
            yield step.bias


def synchronise(cpu):
    if not cpu:
        torch.cuda.synchronize()


def captured(call, cpu):
    """The call as a CUDA graph, and what to say of it."""
    if cpu:
        call()
        return call, "no graph"
    try:
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                call()
        torch.cuda.current_stream().wait_stream(stream)
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            call()
        graph.replay()
        torch.cuda.synchronize()
        return graph.replay, "graph"
    except torch.cuda.OutOfMemoryError:
        raise
    except Exception as fault:  # a form whose capture the library refuses is timed as it is
        torch.cuda.synchronize()
        call()
        return call, "no graph: " + str(fault).split("\n")[0][:60]


def timed(call, cpu):
    """Median and relative spread of the time of a call [s]."""
    call()
    synchronise(cpu)
    begin = time.perf_counter()
    call()
    synchronise(cpu)
    calls = max(1, min(2000, int(SECONDS / (time.perf_counter() - begin))))
    times = []
    for _ in range(REPETITIONS):
        begin = time.perf_counter()
        for _ in range(calls):
            call()
        synchronise(cpu)
        times.append((time.perf_counter() - begin) / calls)
    times.sort()
    return times[len(times) // 2], (times[-1] - times[0]) / times[len(times) // 2]


def measure(name, works, cpu, most, tell):
    forms = {}
    for network, what, batch in WORK[:most]:
        if network not in works:
            continue
        if network not in forms:
            forms[network] = Form(name, works[network](), cpu)
            tell(check=(network,) + check(name, forms[network]))
        form = forms[network]
        images, targets = form.work.batch(min(batch, 2) if cpu else batch)
        if form.channels_last:
            images = images.contiguous(memory_format=torch.channels_last)
        try:
            begin = time.monotonic()
            if what == "inference":
                call, how = captured(lambda: form.infer(images), cpu)
            else:
                call, how = captured(lambda: form.step(images, targets), cpu)
            how += ", ready after %.1f s" % (time.monotonic() - begin)
            seconds, spread = timed(call, cpu)
        except Exception as fault:
            tell(fault=f"{network}, {what} of {batch}: {str(fault)[:300]}")
            if "illegal" in str(fault) or "CUDA error" in str(fault):
                raise
            continue
        tell(row=(network, what, images.shape[0], seconds, spread, how), work=(network, what, batch))
        del call


class Findings:
    """As the programs in Java write them; a form's process adds lines to a file that its parent reads."""

    def __init__(self, path):
        self.path = path
        columns = ["form", "network", "work", "batch", "us an image", "images/s", "us a call or step", "spread", "how"]
        self.times = {"title": "PyTorch " + torch.__version__ + ", images and targets on the device", "columns": columns,
                      "rows": []}
        self.checks = {"title": "PyTorch against the backend cpu", "rows": [],
                       "columns": ["form", "network", "results", "gradient", "loss", "passed"]}
        self.missing = {"title": "Not timed", "rows": [], "columns": ["form", "network", "work", "batch", "why"]}
        self.all = {"schema": "nanohooke-gpu-step/1", "step": "PyTorch", "complete": False, "passed": False,
                    "headline": "nothing found yet", "failures": [], "failed": 0,
                    "tables": [self.times, self.checks, self.missing], "values": {}}
        self.best = {}
        self.done = set()

    def take(self, form, message):
        if "check" in message:
            network, error, by_norm, loss, passed = message["check"]
            self.checks["rows"].append([form, network, "%.2e" % error, "%.2e" % by_norm, "%.2e" % loss, passed])
            if not passed:
                self.fail(f"{form}, {network}: results are off by {error:.2e}, the gradient by {by_norm:.2e}")
        if "row" in message:
            network, what, batch, seconds, spread, how = message["row"]
            self.times["rows"].append([form, network, what, batch, "%.4g" % (1e6 * seconds / batch),
                                       "%.4g" % (batch / seconds), "%.4g" % (1e6 * seconds), "%.3f" % spread, how])
            key = f"{network}, {what}, {batch}"
            if seconds < self.best.get(key, (math.inf,))[0]:
                self.best[key] = (seconds, form)
                self.all["values"]["fastest: " + key] = "%s, %.4g us an image" % (form, 1e6 * seconds / batch)
            first = [f"{k}: {v}" for k, v in self.all["values"].items() if "training step, 128" in k]
            self.all["headline"] = "; ".join(first) or f"{form} {what} {batch}: {1e6 * seconds / batch:.4g} us an image"
            self.done.add((form, *message["work"]))
        if "fault" in message:
            self.fail(f"{form}: {message['fault']}")

    def end(self, form, why, most):
        """Lists what of a form has no time."""
        for i, (network, what, batch) in enumerate(WORK):
            if (form, network, what, batch) not in self.done:
                self.missing["rows"].append([form, network, what, batch, why if i < most else "not asked for"])

    def fail(self, text):
        self.all["failures"].append(text)
        self.all["failed"] += 1
        print(text, file=sys.stderr)

    def write(self):
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.all, indent=2))
        part.replace(self.path)


def child(form, arguments, path):
    """One form, in this process; every finding is a line of the file."""
    with open(path, "w", buffering=1) as file:
        def tell(**message):
            file.write(json.dumps(message) + "\n")

        try:
            device = "cpu" if arguments.cpu else "cuda"
            names = {"periodic": None, "paper": None}
            works = {}
            for name in names:
                for folder in (arguments.workload / name, arguments.workload / ("tiny-" + name)):
                    if folder.is_dir():
                        works[name] = (lambda f: lambda: Workload(f, device))(folder)
            measure(form, works, arguments.cpu, arguments.most, tell)
        except BaseException as fault:
            tell(fault=f"ended by {type(fault).__name__}: {str(fault)[:300]}")
            raise


def run_form(form, arguments, seconds, findings):
    path = arguments.out.with_suffix("." + form + ".lines")
    path.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.setpgid(0, 0)
            child(form, arguments, path)
            code = 0
        except BaseException as fault:
            print(f"{form}: {fault}", file=sys.stderr)
        finally:
            sys.stderr.flush()
            os._exit(code)
    end, ended, read = time.monotonic() + seconds, False, 0
    while True:
        done, status = os.waitpid(process, os.WNOHANG)
        if not done and time.monotonic() > end:
            ended = True
            for target in (lambda: os.killpg(process, signal.SIGKILL), lambda: os.kill(process, signal.SIGKILL)):
                try:
                    target()
                except OSError:
                    pass
            os.waitpid(process, 0)
        lines = path.read_text().split("\n")[:-1] if path.exists() else []
        for line in lines[read:]:
            findings.take(form, json.loads(line))
        if len(lines) > read:
            findings.write()
        read = len(lines)
        if done or ended:
            break
        time.sleep(0.05)
    if ended:
        findings.all["values"][form] = f"ended after its {seconds:.0f} s; what it had measured is kept"
    findings.end(form, f"its {seconds:.0f} s were over" if ended else "it failed", arguments.most)
    if not ended and status != 0 and read == 0:
        findings.fail(f"{form}: ended with status {status} and no word")
    findings.write()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--forms", required=True)
    parser.add_argument("--most", type=int, default=len(WORK))
    parser.add_argument("--cpu", action="store_true")
    arguments = parser.parse_args()
    end = BEGIN + arguments.seconds - 1.5
    findings = Findings(arguments.out)
    findings.write()
    forms = arguments.forms.split(",")
    for i, form in enumerate(forms):
        # What a form leaves of its time goes to those after it.
        left = (end - time.monotonic()) / (len(forms) - i)
        if left < 1:
            findings.all["values"][form] = "no time was left for it"
            findings.end(form, "no time was left for it", arguments.most)
            continue
        run_form(form, arguments, left, findings)
    findings.all["complete"] = True
    findings.all["passed"] = findings.all["failed"] == 0
    findings.write()
    print(findings.all["headline"])
    sys.exit(0 if findings.all["passed"] else 1)


if __name__ == "__main__":
    main()
