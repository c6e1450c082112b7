//! Whether the disk under a folder is encrypted, as far as Linux tells.

use std::path::Path;

/// `Some(true)` where dm-crypt is somewhere under the folder, `Some(false)` where no device under it is encrypted that
/// the system knows of, `None` where that cannot be told (another system, a network or layered file system).
#[cfg(target_os = "linux")]
pub fn is_encrypted(dir: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let dir = std::fs::canonicalize(dir).ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let (device, source) = mount_of(&mounts, &dir)?;
    // File systems with devices of their own name the real one as their source.
    let device = if device.starts_with("0:") {
        let number = std::fs::metadata(source.strip_prefix("/dev/").map(|_| &source)?).ok()?.rdev();
        format!("{}:{}", (number >> 8) & 0xfff, (number & 0xff) | ((number >> 12) & 0xfff00))
    } else {
        device
    };
    let device = Path::new("/sys/dev/block").join(device);
    device.exists().then(|| has_crypt(&device, 0))
}

#[cfg(not(target_os = "linux"))]
pub fn is_encrypted(_: &Path) -> Option<bool> {
    None
}

/// Device number and source of the mount that holds `dir`: the one with the longest path.
#[cfg(target_os = "linux")]
fn mount_of(mounts: &str, dir: &Path) -> Option<(String, String)> {
    let line = |line: &str| {
        let (before, after) = line.split_once(" - ")?;
        let before: Vec<&str> = before.split(' ').collect();
        let point = before.get(4)?.replace("\\040", " ");
        let source = after.split(' ').nth(1)?.to_owned();
        dir.starts_with(&point).then(|| (point.len(), before[2].to_owned(), source))
    };
    // Of two mounts on one place the later one lies on top.
    let found = mounts.lines().filter_map(line).max_by_key(|(length, ..)| *length);
    found.map(|(_, device, source)| (device, source))
}

/// Looks through the devices that a device is made of.
#[cfg(target_os = "linux")]
fn has_crypt(device: &Path, depth: u8) -> bool {
    let uuid = std::fs::read_to_string(device.join("dm/uuid")).unwrap_or_default();
    if uuid.starts_with("CRYPT-") {
        return true;
    }
    // Whole disks are a handful of levels at most.
    let Ok(below) = std::fs::read_dir(device.join("slaves")) else { return false };
    depth < 8 && below.flatten().any(|one| has_crypt(&one.path(), depth + 1))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
        22 1 254:0 / / rw,relatime - ext4 /dev/mapper/root rw\n\
        30 22 0:27 / /srv rw - btrfs /dev/nvme0n1p3 rw\n\
        31 22 8:17 / /media/a\\040stick rw - vfat /dev/sdb1 rw\n";

    #[test]
    fn the_innermost_mount_counts() {
        let of = |dir: &str| mount_of(MOUNTS, Path::new(dir)).map(|(device, _)| device);
        assert_eq!(of("/home/site").as_deref(), Some("254:0"));
        assert_eq!(of("/srv/site").as_deref(), Some("0:27"));
        assert_eq!(of("/srvx").as_deref(), Some("254:0"));
        assert_eq!(of("/media/a stick/site").as_deref(), Some("8:17"));
    }

    #[test]
    fn encryption_is_found_under_other_layers() {
        let root = tempfile::tempdir().expect("a folder");
        let device = |name: &str, uuid: &str| {
            let dir = root.path().join(name);
            std::fs::create_dir_all(dir.join("dm")).expect("a folder");
            std::fs::create_dir_all(dir.join("slaves")).expect("a folder");
            std::fs::write(dir.join("dm/uuid"), uuid).expect("written");
            dir
        };
        let (volume, crypt) = (device("253:1", "LVM-abc\n"), device("253:0", "CRYPT-LUKS2-def\n"));
        assert!(!has_crypt(&volume, 0) && has_crypt(&crypt, 0));
        std::os::unix::fs::symlink(&crypt, volume.join("slaves/dm-0")).expect("linked");
        assert!(has_crypt(&volume, 0));
    }
}
