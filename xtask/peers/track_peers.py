#!/usr/bin/env python3
"""Tracks the scenarios of the sensor bench and puts peers and floors beside them.

Usage: track_peers.py TRACK BENCH WORK STONE_SOUP_CPU_S
TRACK is the built example `track` of vigie-track, BENCH the folder with gen_scenario.py, score.py, oracle.py and
stonesoup_bench.py. Means over seeds 1 to 5; Stone Soup (GNN) runs on seed 1 for at most so many CPU seconds a scenario.
"""

import json
import os
import subprocess
import sys

SEEDS = range(1, 6)
SCENARIOS = {
    "T20": ["--targets", "20"],
    "T100": ["--targets", "100"],
    "D100": ["--targets", "100", "--side", "2000", "--clutter", "50"],
    "T500": ["--targets", "500"],
}


def run(*command):
    """What a program wrote to standard output."""
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def mean(rows, name):
    return sum(row[name] for row in rows) / len(rows)


class Bench:
    def __init__(self, track, bench, work):
        self.track, self.bench, self.work = track, bench, work

    def python(self, script, *args):
        return run(sys.executable, os.path.join(self.bench, script), *args)

    def scored(self, script, *args):
        return json.loads(self.python(script, *args).splitlines()[-1])

    def scenario(self, name, seed):
        path = os.path.join(self.work, f"{name}_{seed}.jsonl")
        if not os.path.exists(path):
            self.python("gen_scenario.py", *SCENARIOS[name], "--seed", seed, path)
        return path

    def ours(self, scenario, *flags):
        out = os.path.join(self.work, "tracks.jsonl")
        run(self.track, scenario, "--out", out, *flags)
        return self.scored("score.py", scenario, out)

    def speed(self, scenario):
        return json.loads(run(self.track, scenario, "--speed", 1.2))["scans_per_cpu_s"]


def compare(bench, name, stone_soup_s):
    scenarios = [bench.scenario(name, seed) for seed in SEEDS]
    plain = [bench.ours(scenario) for scenario in scenarios]
    learned = mean([bench.ours(scenario, "--estimate") for scenario in scenarios], "gospa")
    told, rule = ([bench.scored("oracle.py", scenario, hits) for scenario in scenarios] for hits in (1, 2))
    speeds = [bench.speed(scenario) for scenario in scenarios]
    gospa = mean(plain, "gospa")
    print(f"{name}: GOSPA {gospa:.1f} ({' '.join(format(row['gospa'], '.1f') for row in plain)}), "
          f"missed {mean(plain, 'missed_per_scan'):.2f}, false {mean(plain, 'false_per_scan'):.2f} a scan; "
          f"label switches {' '.join(str(row['label_switches']) for row in plain)}")
    print(f"  sheet learned (--estimate): {learned:.1f} ({(learned / gospa - 1) * 100:+.1f} %)")
    for words, rows in (("told births and ends", told), ("shown from the 2nd plot", rule)):
        print(f"  oracle {words}: {mean(rows, 'gospa'):.1f}, ratio {gospa / mean(rows, 'gospa'):.2f}; "
              f"label switches {mean(rows, 'label_switches'):.1f} (ours {mean(plain, 'label_switches'):.1f})")
    print(f"  scans per CPU second: {min(speeds):,.0f} to {max(speeds):,.0f}", flush=True)
    if stone_soup_s > 0:
        peer = bench.scored("stonesoup_bench.py", scenarios[0], "gnn-kd", stone_soup_s)
        print(f"  {peer['tool']}, GNN with k-d tree, seed 1, {peer['scans_done']} scans: GOSPA {peer['gospa']}, "
              f"{peer['scans_per_cpu_s']} scans per CPU second, {peer['label_switches']} label switches", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    os.makedirs(sys.argv[3], exist_ok=True)
    for name in SCENARIOS:
        compare(Bench(*sys.argv[1:4]), name, float(sys.argv[4]))
