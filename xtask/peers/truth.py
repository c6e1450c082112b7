#!/usr/bin/env python3
"""Independent truth for the whole chain: real motion, a stated radar, ASTERIX by an encoder we did not write.

Usage: truth.py VIGIE TRACKS_FOLDER WORK_FOLDER
Truth: AIS reports of New York harbour, a drone's GPS. Radar: the sheets below. Plots become ASTERIX 048 by libasterix,
`vigie decode asterix` reads them, `vigie track` tracks them; GOSPA (c = 100 m, p = 2) and latency are printed.

The radar is idealised: all plots of a scan carry the scan's time, ranges are taken along the ground, two vessels
are always told apart, and a vessel is where the straight line between two reports puts it.
"""

import csv
import json
import math
import os
import random
import resource
import subprocess
import sys
from datetime import datetime, timezone

import numpy
from scipy.optimize import linear_sum_assignment

NAUTICAL_MILE_M = 1852.0
SAC, SIC = 25, 99
CUT_OFF_M = 100.0

HARBOUR = {
    "name": "New York harbour, AIS", "lat": 40.66, "lon": -74.04, "reach_m": 12_000.0, "period_s": 4.0, "scans": 300,
    "pd": 0.9, "range_sd_m": 15.0, "bearing_sd_deg": 0.1, "clutter": 30.0, "gap_s_max": 400.0,
    "sheet": {"sigma": 15.0, "q": 0.02, "vmax": 20.0},
}
DRONE = {
    "name": "one drone, GPS", "reach_m": 6_000.0, "period_s": 1.0, "scans": 900,
    "pd": 0.9, "range_sd_m": 5.0, "bearing_sd_deg": 0.2, "clutter": 10.0, "gap_s_max": 5.0,
    "sheet": {"sigma": 8.0, "q": 2.0, "vmax": 40.0},
}


def plane(lat, lon, radar):
    """Metres east and north of the radar, on a sphere that fits the ellipsoid there."""
    a, e2 = 6_378_137.0, 6.694_379_990_14e-3
    sin2 = math.sin(math.radians(radar["lat"])) ** 2
    north_m = a * (1 - e2) / (1 - e2 * sin2) ** 1.5
    east_m = a / math.sqrt(1 - e2 * sin2) * math.cos(math.radians(radar["lat"]))
    return math.radians(lon - radar["lon"]) * east_m, math.radians(lat - radar["lat"]) * north_m


def harbour(folder):
    """Reports of each vessel: (seconds since midnight, lat, lon)."""
    seen = {}
    with open(os.path.join(folder, "NYHarbor_2020_06_30_first_hour.csv")) as lines:
        for row in csv.DictReader(lines):
            at = datetime.fromisoformat(row["BaseDateTime"]).replace(tzinfo=timezone.utc)
            reports = seen.setdefault(row["MMSI"], [])
            reports.append((at.hour * 3600 + at.minute * 60 + at.second, float(row["LAT"]), float(row["LON"])))
    return {name: sorted(reports) for name, reports in seen.items()}


def drone(folder):
    with open(os.path.join(folder, "UAV_Rot.csv")) as lines:
        rows = [(float(row["timestamp"]), float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(lines)]
    return {"drone": sorted(rows)}


def where(reports, at, radar):
    """Place of an object at a time, on the line between the reports around it."""
    for before, after in zip(reports, reports[1:]):
        if before[0] <= at <= after[0] and after[0] - before[0] <= radar["gap_s_max"]:
            share = (at - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0.0
            return plane(*(b + share * (a - b) for b, a in zip(before[1:], after[1:])), radar)
    return None


def scans_of(objects, radar, dice):
    """For each scan: time of day, true places, and what the radar gives (range in m, bearing in degrees, whose it is)."""
    begin = math.ceil(min(reports[0][0] for reports in objects.values()))
    out = []
    for k in range(radar["scans"]):
        at = begin + k * radar["period_s"]
        places = {name: where(reports, at, radar) for name, reports in objects.items()}
        truth = {name: p for name, p in places.items() if p and math.hypot(*p) <= radar["reach_m"]}
        plots = []
        for name, (east, north) in truth.items():
            if dice.random() < radar["pd"]:
                range_m = math.hypot(east, north) + dice.gauss(0, radar["range_sd_m"])
                bearing = math.degrees(math.atan2(east, north)) + dice.gauss(0, radar["bearing_sd_deg"])
                plots.append((max(range_m, 1.0), bearing % 360, name))
        false_plots = int(numpy.random.default_rng(dice.getrandbits(32)).poisson(radar["clutter"]))
        plots += [(radar["reach_m"] * math.sqrt(dice.random()), dice.random() * 360, None) for _ in range(false_plots)]
        dice.shuffle(plots)
        out.append((at, truth, plots))
    return out


def encode(scans, path):
    """ASTERIX 048 ed. 1.32, twenty records a block, by libasterix."""
    from asterix.generated import Cat_048_1_32 as category

    with open(path, "wb") as out:
        for at, _, plots in scans:
            for first in range(0, len(plots), 20):
                records = [
                    category.cv_record.create({
                        "010": (("SAC", SAC), ("SIC", SIC)),
                        "140": (at % 86_400, "s"),
                        "020": ((1, 0, 0, 0, 0, None),),
                        "040": (("RHO", (range_m / NAUTICAL_MILE_M, "NM")), ("THETA", (bearing % 359.99, "°"))),
                    })
                    for range_m, bearing, _ in plots[first : first + 20]
                ]
                out.write(category.create(records).unparse().to_bytes())


def timed(command):
    """What a program wrote, and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def decoded(vigie, path):
    """Plots by time, as vigie reads them."""
    lines, cpu_s = timed([vigie, "decode", "asterix", path, "--edition", "048=1.32", "--jsonl"])
    by_time = {}
    for line in lines.splitlines():
        items = json.loads(line)["items"]
        range_m = items["040"]["RHO"]["value"] * NAUTICAL_MILE_M
        bearing = math.radians(items["040"]["THETA"]["value"])
        at = items["140"]["value"]
        by_time.setdefault(at, []).append((range_m * math.sin(bearing), range_m * math.cos(bearing)))
    return by_time, cpu_s


def told(scans, radar):
    """Pictures of a Kalman filter that is told which plot is whose, and when an object comes and goes: the floor."""
    dt, noise, q = radar["period_s"], radar["sheet"]["sigma"] ** 2, radar["sheet"]["q"]
    move = numpy.array([[1.0, dt], [0.0, 1.0]])
    unrest = q * numpy.array([[dt**3 / 3, dt**2 / 2], [dt**2 / 2, dt]])
    objects, pictures = {}, []
    for _, truth, plots in scans:
        objects = {name: (move @ x, move @ c @ move.T + unrest) for name, (x, c) in objects.items() if name in truth}
        for range_m, bearing, name in plots:
            if name is None:
                continue
            at = range_m * numpy.array([math.sin(math.radians(bearing)), math.cos(math.radians(bearing))])
            if name in objects:
                x, c = objects[name]
                gain = c[:, 0] / (c[0, 0] + noise)
                objects[name] = (x + numpy.outer(gain, at - x[0]), c - numpy.outer(gain, c[0]))
            else:
                objects[name] = (numpy.array([at, [0.0, 0.0]]), numpy.diag([noise, radar["sheet"]["vmax"] ** 2]))
        pictures.append([[name, *x[0]] for name, (x, _) in objects.items()])
    return pictures


def gospa(truth, shown):
    """GOSPA with alpha 2, and the pairs of places within the cut-off."""
    pairs, squared = [], 0.0
    if truth and shown:
        a, b = numpy.array(list(truth)), numpy.array(list(shown))
        apart = numpy.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])
        rows, columns = linear_sum_assignment(numpy.minimum(apart, CUT_OFF_M) ** 2)
        pairs = [(i, j) for i, j in zip(rows, columns) if apart[i, j] < CUT_OFF_M]
        squared = float(sum(apart[i, j] ** 2 for i, j in pairs))
    missed, false = len(truth) - len(pairs), len(shown) - len(pairs)
    return math.sqrt(squared + CUT_OFF_M**2 / 2 * (missed + false)), missed, false, pairs


def chain(vigie, work, radar, objects, motion):
    dice = random.Random(2026)
    scans = scans_of(objects, radar, dice)
    link, scenario, tracks = (os.path.join(work, name) for name in ("link.ast", "scenario.jsonl", "tracks.jsonl"))
    encode(scans, link)
    by_time, decode_s = decoded(vigie, link)
    given, sent = sum(map(len, by_time.values())), sum(len(plots) for _, _, plots in scans)
    side = radar["reach_m"] * 2
    sheet = dict(radar["sheet"], period=radar["period_s"], side=side, pd=radar["pd"], clutter=radar["clutter"],
                 density=radar["clutter"] / (math.pi * radar["reach_m"] ** 2))
    with open(scenario, "w") as out:
        out.write(json.dumps({"params": sheet}) + "\n")
        for at, _, _ in scans:
            out.write(json.dumps({"t": at, "det": by_time.get(at % 86_400, [])}) + "\n")
    _, track_s = timed([vigie, "track", scenario, "--out", tracks, "--motion", motion])
    with open(tracks) as lines:
        shown = [json.loads(line)["tracks"] for line in lines]
    report(radar, scans, by_time, shown, motion, sent == given, decode_s, track_s, given)


def judged(scans, pictures):
    """Mean GOSPA, missed and false a scan; label switches; when each object was first there and first shown."""
    scores, first_plot, first_shown, labels, switches = [], {}, {}, {}, 0
    for (at, truth, _), picture in zip(scans, pictures):
        names = list(truth)
        score, missed, false, pairs = gospa(list(truth.values()), [place[1:3] for place in picture])
        scores.append((score, missed, false))
        for name in names:
            first_plot.setdefault(name, at)
        for i, j in pairs:
            first_shown.setdefault(names[i], at)
            switches += labels.get(names[i], picture[j][0]) != picture[j][0]
            labels[names[i]] = picture[j][0]
    return numpy.array(scores).mean(axis=0), switches, first_plot, first_shown


def report(radar, scans, by_time, shown, motion, all_given, decode_s, track_s, plots):
    mean, switches, first_plot, first_shown = judged(scans, shown)
    floor, floor_switches, _, _ = judged(scans, told(scans, radar))
    raw = [gospa(list(truth.values()), by_time.get(at % 86_400, []))[0] for at, truth, _ in scans]
    late = sorted(first_shown[name] - at for name, at in first_plot.items() if name in first_shown)
    n = len(scans)
    print(f"{radar['name']} ({motion}): {len(first_plot)} objects, {n} scans of {radar['period_s']:g} s, {plots} plots"
          f"{'' if all_given else ', NOT ALL OF THEM DECODED'}")
    print(f"  GOSPA {mean[0]:.1f} (plots shown as they come: {numpy.mean(raw):.1f}); "
          f"a scan {mean[1]:.2f} missed, {mean[2]:.2f} false; {switches} label switches")
    print(f"  a Kalman filter told whose each plot is: GOSPA {floor[0]:.1f} (ratio {mean[0] / floor[0]:.2f}), "
          f"{floor_switches} label switches by the scorer's matching alone")
    print(f"  shown after its first scan: median {late[len(late) // 2]:g} s, 90 % within {late[len(late) * 9 // 10]:g} s, "
          f"{len(first_plot) - len(first_shown)} never")
    print(f"  CPU a scan, whole programs: decode {decode_s / n * 1e3:.2f} ms, track {track_s / n * 1e3:.2f} ms")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    vigie, folder, work = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    chain(vigie, work, HARBOUR, harbour(folder), "cv")
    flight = drone(folder)
    first = flight["drone"][0]
    # 2 km south of where the drone starts.
    DRONE.update(lat=first[1] - 2_000 / 111_200, lon=first[2])
    for motion in ("cv", "imm"):
        chain(vigie, work, DRONE, flight, motion)
