#!/usr/bin/env python3
"""Compares vigie with two other ASTERIX decoders from PyPI: values, and speed on one capture.

Usage: asterix_peers.py values SAMPLES.jsonl | speed CAPTURE.pcap
SAMPLES comes from `cargo run -p vigie-wire --example asterix_samples`. Needs libasterix (values, speed) and
asterix-decoder (speed). Exit code 1 where a value differs.
"""

import json
import struct
import sys
import time


def is_a(thing, name):
    return any(base.__name__ == name for base in type(thing).__mro__)


def leaves_of_variation(variation, out):
    """Raw numbers of a variation in the order of its bits."""
    from asterix.base import Spare

    if is_a(variation, "Element"):
        out.append(str(variation.bs.to_uinteger()) if len(variation.bs) <= 64 else "long")
    elif is_a(variation, "Repetitive"):
        for one in variation.arg:
            leaves_of_variation(one, out)
    elif is_a(variation, "Compound"):
        for one in variation.arg.values():
            leaves(one, out)
    elif is_a(variation, "Group") or is_a(variation, "Extended"):
        parts = variation.arg if is_a(variation, "Group") else [part for group in variation.arg for part in group]
        for part in parts:
            if isinstance(part, Spare):
                out.append(str(part.bs.to_uinteger()))
            elif part is not None:
                leaves(part.arg, out)


def leaves(item, out):
    rule = item.arg
    if is_a(rule, "RuleVariationDependent"):
        out.append(None)  # libasterix leaves these bits as they are
    else:
        leaves_of_variation(rule.arg, out)


def records_of(category_class, profile, octets):
    from asterix.base import Bits, RawDatablock

    (block,) = RawDatablock.parse(Bits.from_bytes(octets))
    uap = category_class.cv_uap
    args = (profile, block.get_raw_records()) if profile else (block.get_raw_records(),)
    return uap.parse(*args)


def values(path):
    import asterix.generated as generated

    compared = differing = skipped = unread = longer = 0
    with open(path) as lines:
        for line in lines:
            sample = json.loads(line)
            name = f"Cat_{sample['category']:03d}_{sample['edition'].replace('.', '_')}"
            records = records_of(getattr(generated, name), sample["profile"], bytes.fromhex(sample["hex"]))
            if isinstance(records, ValueError) and "fspec too big" in str(records):
                longer += 1  # a field specification longer than it need be: libasterix refuses it, we keep its length
                continue
            if isinstance(records, ValueError) or len(records) != 1:
                unread += 1
                print(f"{name}: {records if isinstance(records, ValueError) else len(records)}: {sample['hex']}")
                continue
            theirs = records[0].items_regular
            if list(theirs) != [name for name, _ in sample["items"]]:
                differing += 1
                print(f"{name}: items {list(theirs)} beside {sample['items']}")
                continue
            for item, ours in sample["items"]:
                found = []
                leaves(theirs[item], found)
                if None in found:
                    skipped += 1
                elif found != ours:
                    differing += 1
                    print(f"{name} {item}: {found} beside {ours}")
                else:
                    compared += len(ours)
    print(f"{compared} values equal, {differing} items differ, {unread} records unread by libasterix")
    print(f"{longer} records refused by libasterix for a long field specification, {skipped} dependent items skipped")
    return 1 if differing or unread else 0


def payloads(path):
    """Payloads of UDP over IPv4, and of 802.2 frames, in a little-endian pcap."""
    octets = open(path, "rb").read()
    at, found = 24, []
    while at + 16 <= len(octets):
        (length,) = struct.unpack("<I", octets[at + 8 : at + 12])
        frame = octets[at + 16 : at + 16 + length]
        at += 16 + length
        if frame[12:14] == b"\x08\x00" and frame[23] == 17:
            udp = 14 + (frame[14] & 15) * 4
            (size,) = struct.unpack(">H", frame[udp + 4 : udp + 6])
            found.append(frame[udp + 8 : udp + size])
    return found


def measure(name, read, found):
    for one in found:
        read(one)
    begun, records = time.process_time(), 0
    while time.process_time() - begun < 2:
        records += sum(read(one) for one in found)
    print(f"{name}: {records / (time.process_time() - begun):,.0f} records/s (CPU)")


def newest(generated):
    known = {}
    for name in dir(generated):
        if name.startswith("Cat_"):
            _, category, major, minor = name.split("_")
            number = (int(major), int(minor))
            if number > known.get(int(category), ((-1, -1), None))[0]:
                known[int(category)] = (number, getattr(generated, name))
    return {category: of for category, (_, of) in known.items()}


def speed(path):
    found = payloads(path)
    try:
        import asterix

        if hasattr(asterix, "parse"):
            measure("asterix-decoder", lambda one: len(asterix.parse(one, verbose=False)), found)
    except ImportError:
        pass
    try:
        import asterix.generated as generated
        from asterix.base import Bits, RawDatablock
    except ImportError:
        return 0  # the two packages have one name and live in environments of their own
    known = newest(generated)

    def read(one):
        count = 0
        for block in RawDatablock.parse(Bits.from_bytes(one)):
            records = known[block.get_category()].cv_uap.parse(block.get_raw_records())
            count += 0 if isinstance(records, ValueError) else len(records)
        return count

    measure("libasterix", read, found)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("values", "speed"):
        sys.exit(__doc__)
    sys.exit(values(sys.argv[2]) if sys.argv[1] == "values" else speed(sys.argv[2]))
