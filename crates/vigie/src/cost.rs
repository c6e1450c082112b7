//! What this process has used, where the system tells it.

use serde::Serialize;

/// Used so far.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// CPU seconds, user and system.
    pub cpu_s: f64,
    /// Most memory held at once, in bytes.
    pub peak_bytes: u64,
}

impl Cost {
    /// Reads `/proc`; nothing on systems without it.
    pub fn so_far() -> Option<Self> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let after_name = stat.rsplit_once(')')?.1;
        let ticks: u64 =
            after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = peak.trim().trim_end_matches("kB").trim().parse().ok()?;
        // Linux counts ticks in hundredths of a second on every architecture it runs on.
        Some(Self { cpu_s: ticks as f64 / 100.0, peak_bytes: kib << 10 })
    }
}
