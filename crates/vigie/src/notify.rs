//! Tells the service manager how the site does (`sd_notify`): ready, alive, stopping.
//!
//! The protocol is a datagram to the socket that `NOTIFY_SOCKET` names; without it nothing is sent. Source: sd_notify(3),
//! sd_watchdog_enabled(3).

use std::time::Duration;

/// Sends one state, such as `READY=1`. Whether anybody listens is not our concern.
pub fn tell(state: &str) {
    #[cfg(unix)]
    if let Some(socket) = std::env::var_os("NOTIFY_SOCKET") {
        let _ = send(&socket, state);
    }
    #[cfg(not(unix))]
    let _ = state;
}

#[cfg(unix)]
fn send(socket: &std::ffi::OsStr, state: &str) -> std::io::Result<()> {
    use std::os::unix::net::UnixDatagram;
    let out = UnixDatagram::unbound()?;
    // A manager that has stopped reading must not stop the site.
    out.set_nonblocking(true)?;
    #[cfg(target_os = "linux")]
    if let Some(name) = socket.as_encoded_bytes().strip_prefix(b"@") {
        use std::os::linux::net::SocketAddrExt;
        let address = std::os::unix::net::SocketAddr::from_abstract_name(name)?;
        return out.send_to_addr(state.as_bytes(), &address).map(|_| ());
    }
    out.send_to(state.as_bytes(), socket).map(|_| ())
}

/// How often the service manager wants to hear that the site lives: half of the time that it waits.
pub fn watchdog() -> Option<Duration> {
    let micros: u64 = std::env::var("WATCHDOG_USEC").ok()?.parse().ok()?;
    (micros > 0).then(|| Duration::from_micros(micros / 2))
}

/// Says that the site lives for as long as `alive` says so.
pub async fn live(every: Duration, alive: impl Fn() -> bool) {
    let mut beat = tokio::time::interval(every);
    loop {
        beat.tick().await;
        if alive() {
            tell("WATCHDOG=1");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::send;
    use std::os::unix::net::UnixDatagram;

    #[test]
    fn a_service_manager_hears_what_is_told() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("notify");
        let listener = UnixDatagram::bind(&path).expect("a socket");
        send(path.as_os_str(), "READY=1").expect("sends");
        let mut heard = [0; 32];
        let length = listener.recv(&mut heard).expect("hears");
        assert_eq!(&heard[..length], b"READY=1");
    }
}
