//! Measures of the sensor formats: ours alone, and beside decoders that others wrote (PyPI, in environments of their own).

use crate::tools::{self, Told, built, cargo, output, program};
use std::path::{Path, PathBuf};

/// The capture that the figures are measured on.
const CAPTURE: &str = "asterix/cat_034_048.pcap";
/// One packet of the minimum set (ST 0902).
const KLV: &str = "klv/DynamicConstantMISMMSPacketData.bin";
/// The recording of a flight.
const MAVLINK: &str = "mavlink/flight.tlog";
/// Records of each edition that are compared.
const SAMPLES: &str = "60";

fn told(cause: impl std::fmt::Display) -> Told {
    cause.to_string()
}

fn found(data: &Path, name: &str) -> Result<String, Told> {
    let path =
        data.join(name).canonicalize().map_err(|cause| format!("{}: {cause}", data.join(name).display()))?;
    Ok(path.display().to_string())
}

/// Speed on the capture, and the cost of hostile input.
pub fn asterix(data: &Path) -> Result<(), Told> {
    let capture = found(data, CAPTURE)?;
    for what in [capture.as_str(), "--hostile"] {
        let args = ["run", "--release", "--package", "vigie-wire", "--example", "asterix_bench", "--", what];
        tools::run(&mut cargo(&args))?;
    }
    Ok(())
}

/// Values of every category and edition beside libasterix; speed beside libasterix and asterix-decoder.
pub fn side_by_side(data: &Path) -> Result<(), Told> {
    let capture = found(data, CAPTURE)?;
    let samples = folder()?.join("asterix-samples.jsonl");
    let args = ["run", "--package", "vigie-wire", "--example", "asterix_samples", "--", SAMPLES];
    std::fs::write(&samples, output(&mut cargo(&args))?).map_err(told)?;
    let samples = samples.display().to_string();
    let libasterix = environment("libasterix", &["libasterix==0.36.3"])?;
    let decoder = environment("asterix-decoder", &["asterix-decoder==0.7.11"])?;
    tools::run(&mut program(&libasterix, &["xtask/peers/asterix_peers.py", "values", &samples]))?;
    tools::run(&mut program(&libasterix, &["xtask/peers/asterix_peers.py", "speed", &capture]))?;
    tools::run(&mut program(&decoder, &["xtask/peers/asterix_peers.py", "speed", &capture]))?;
    asterix(data)
}

/// KLV and MAVLink beside klvdata and pymavlink, the tracker beside Stone Soup and the floors that an oracle gives.
pub fn sensors(data: &Path, bench: &Path, peer_cpu_s: u32) -> Result<(), Told> {
    let (klv, mavlink) = (found(data, KLV)?, found(data, MAVLINK)?);
    let decoders = environment("decoders", &["klvdata==0.0.3", "pymavlink==2.4.50"])?;
    let script = found(bench, "decoder_bench.py")?;
    for (ours, theirs, file, repeat) in
        [("klv", "klvdata", klv.as_str(), "500"), ("mavlink", "pymavlink", mavlink.as_str(), "1")]
    {
        let example = ["--package", "vigie-wire", "--example", "measure"];
        let args = [&["run", "--release"][..], &example, &["--", ours, file]].concat();
        tools::run(&mut cargo(&args))?;
        tools::run(&mut program(&decoders, &[&script, theirs, file, repeat]))?;
    }
    let trackers = environment("trackers", &["stonesoup==1.9.1", "numpy", "scipy"])?;
    tools::run(&mut cargo(&["build", "--release", "--package", "vigie-track", "--example", "track"]))?;
    let track = built("release").join("examples/track").display().to_string();
    let (bench, work) = (found(bench, ".")?, folder()?.join("tracking").display().to_string());
    let peer_cpu_s = peer_cpu_s.to_string();
    let args = ["xtask/peers/track_peers.py", &track, &bench, &work, &peer_cpu_s];
    tools::run(&mut program(&trackers, &args))
}

/// Our STIX bundle and our MISP event before the readers of others (PyPI `stix2`, `pymisp`) and MISP's own templates: once as
/// the writer makes them with all that a story can hold, once as the server gives them to a partner.
pub fn exchange(data: &Path) -> Result<(), Told> {
    let templates = found(data, "vocabulary/misp")?;
    let python = environment("exchange", &["stix2==3.0.2", "pymisp==2.5.34.4"])?;
    let mut files = Vec::new();
    for kind in ["stix", "misp"] {
        let file = folder()?.join(format!("{kind}.json"));
        let args = ["run", "--package", "vigie-wire", "--example", "exchange_sample", "--", kind];
        std::fs::write(&file, output(&mut cargo(&args))?).map_err(told)?;
        files.push(file.display().to_string());
    }
    let given = folder()?.join("exchange");
    std::fs::create_dir_all(&given).map_err(told)?;
    let test = "share::what_was_published_leaves";
    tools::run(crate::test::some("vigie-server", "it", test).env("VIGIE_EXCHANGE_OUT", &given))?;
    files.extend(["stix", "misp"].map(|kind| given.join(format!("{kind}.json")).display().to_string()));
    for pair in files.chunks_exact(2) {
        let args = ["xtask/peers/exchange.py", &pair[0], &pair[1], &templates];
        tools::run(&mut program(&python, &args))?;
    }
    Ok(())
}

/// The whole chain on real motion, with a `vigie` that is there or the release that is built for it.
pub fn truth(data: &Path, vigie: Option<&Path>) -> Result<(), Told> {
    let tracks = found(data, "tracks")?;
    let python = environment("truth", &["libasterix==0.36.3", "numpy", "scipy"])?;
    let vigie = if let Some(vigie) = vigie {
        vigie.display().to_string()
    } else {
        tools::run(&mut cargo(&["build", "--release", "--package", "vigie", "--locked"]))?;
        built("release").join("vigie").display().to_string()
    };
    let work = folder()?.join("truth").display().to_string();
    tools::run(&mut program(&python, &["xtask/peers/truth.py", &vigie, &tracks, &work]))
}

fn folder() -> Result<PathBuf, Told> {
    let folder = built("debug").join("peers");
    std::fs::create_dir_all(&folder).map_err(told)?;
    Ok(folder)
}

/// The Python of an environment that has `packages`; made where it is not there yet.
fn environment(name: &str, packages: &[&str]) -> Result<String, Told> {
    let home = folder()?.join(name);
    let python = home.join("bin/python").display().to_string();
    if !home.join("made").exists() {
        tools::run(&mut program("python3", &["-m", "venv", &home.display().to_string()]))?;
        let mut args = vec!["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        args.extend(packages);
        tools::run(&mut program(&python, &args))?;
        std::fs::write(home.join("made"), packages.join("\n")).map_err(told)?;
    }
    Ok(python)
}
