//! More files at once than there is memory for (F11), and what the service manager hears.

use crate::running::Served;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// The most memory that the site has used so far, in KiB.
fn peak_kib(site: &Served) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", site.pid())).expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Begins to send a file of 25 MiB and stops after 24; the connection, and what was answered meanwhile.
fn half_sent(site: &Served, n: u32) -> (TcpStream, String) {
    let (host, cookie) = site.door();
    let mut door = TcpStream::connect(&host).expect("a connection");
    door.set_write_timeout(Some(Duration::from_secs(20))).expect("a patience");
    door.set_read_timeout(Some(Duration::from_millis(300))).expect("a patience");
    let head = format!(
        "POST /api/v1/attachments HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
         Content-Type: application/octet-stream\r\nContent-Length: {}\r\n\
         X-Client-Id: 01928374-0000-7000-8000-0000000001{n:02}\r\nX-Name: carte.pdf\r\n\r\n",
        25 << 20
    );
    door.write_all(head.as_bytes()).expect("sent");
    let block = vec![7; 1 << 20];
    // Who is refused finds the connection closed before everything is sent.
    let _ = (0..24).try_for_each(|_| door.write_all(&block));
    let mut answer = [0; 512];
    let length = door.read(&mut answer).unwrap_or(0);
    let answer = String::from_utf8_lossy(&answer[..length]).lines().next().unwrap_or_default().to_owned();
    (door, answer)
}

#[test]
fn f11_thirty_large_files_at_once_leave_the_site_answering_within_its_memory() {
    let mut site = Served::start("", "reserve_mib = 1", "duty-officer").expect("no mount is needed");
    site.sign_in();
    let before = peak_kib(&site);
    let held: Vec<(TcpStream, String)> = (0..30).map(|n| half_sent(&site, n)).collect();
    let refused = held.iter().filter(|(_, answer)| answer.contains("503")).count();
    let waiting = held.iter().filter(|(_, answer)| answer.is_empty()).count();
    assert!(refused > 0 && waiting >= 3, "{:?}", held.iter().map(|(_, answer)| answer).collect::<Vec<_>>());
    assert_eq!(site.get("/healthz").status, 200);
    assert_eq!(site.message("m-1", "Le pont est fermé.").status, 202);
    // All of them would be 720 MiB.
    let grown = peak_kib(&site) - before;
    assert!(grown < 260 << 10, "{grown} KiB more");
    drop(held);
    site.stop();
}

#[test]
fn the_service_manager_hears_that_the_site_is_ready_lives_and_stops() {
    let site = Served::start("", "reserve_mib = 1", "duty-officer").expect("no mount is needed");
    assert_eq!(site.told(), "READY=1");
    assert_eq!((site.told(), site.told()), ("WATCHDOG=1".to_owned(), "WATCHDOG=1".to_owned()));
    site.terminate();
    let last = (0..20).map(|_| site.told()).find(|told| told != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
}
