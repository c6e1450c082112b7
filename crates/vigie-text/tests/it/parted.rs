//! What people joined or took apart, the reader keeps to: whatever comes after, and after a restart.

use crate::{item, minute, signal};
use vigie_model::{NarrativeId, Reading};
use vigie_text::likeness::picture::Positions;
use vigie_text::{Item, Reader, Settings};

const WHOLE: &str = "des soldats ont livré des caisses au camp cette nuit devant tout le monde au village";
/// Two words changed: near enough to be one narrative.
const PART: &str =
    "des soldats ont livré des caisses au camp cette nuit devant tout le monde à la gendarmerie";

fn reader() -> Reader {
    Reader::new(Settings::default())
}

fn name(n: usize) -> NarrativeId {
    NarrativeId::founded_by(signal(n))
}

/// Two wordings in one narrative.
fn told() -> Reader {
    let mut reader = reader();
    assert!(reader.read(&item(0, 1, WHOLE)).founds);
    assert_eq!(reader.read(&item(1, 1, PART)).narrative, name(0), "they are near");
    reader
}

fn parted() -> Reader {
    let mut reader = told();
    reader.part(name(0), name(1), &[signal(1)]);
    reader
}

fn told_in(reader: &mut Reader, n: usize, text: &str) -> Reading {
    reader.read(&item(n, 1, text))
}

#[test]
fn copies_go_with_the_wording_that_they_copy() {
    let mut reader = parted();
    assert_eq!(told_in(&mut reader, 2, PART).narrative, name(1));
    assert_eq!(told_in(&mut reader, 3, WHOLE).narrative, name(0));
}

#[test]
fn what_is_near_both_joins_neither_to_the_other() {
    let mut reader = parted();
    let between = "des soldats ont livré des caisses au camp cette nuit devant tout le monde à la village";
    let reading = told_in(&mut reader, 2, between);
    assert!(reading.absorbs.is_empty(), "{reading:?}");
    let linked = reading.links.iter().map(|link| link.to).collect::<Vec<_>>();
    assert_eq!(linked.len(), 1, "it points into one of them: {linked:?}");
    assert_eq!(told_in(&mut reader, 3, PART).narrative, name(1));
    assert_eq!(told_in(&mut reader, 4, WHOLE).narrative, name(0));
}

#[test]
fn an_address_in_both_does_not_join_them() {
    let mut reader = reader();
    let (one, other) = (
        format!("{WHOLE} https://x.example/2026/1"),
        "Askari wameleta masanduku ya silaha jana usiku https://x.example/2026/1",
    );
    told_in(&mut reader, 0, &one);
    assert_eq!(told_in(&mut reader, 1, other).narrative, name(0));
    reader.part(name(0), name(1), &[signal(1)]);
    let reading = told_in(&mut reader, 2, other);
    assert_eq!((reading.narrative, reading.absorbs.len()), (name(1), 0));
    // What has the address alone stays with those who gave it first.
    assert_eq!(told_in(&mut reader, 3, "voyez https://x.example/2026/1").narrative, name(0));
}

#[test]
fn a_picture_goes_with_its_signal() {
    let mut bytes: Vec<u8> = (0..=255_u8).map(|n| n.wrapping_mul(37)).collect();
    bytes.insert(0, 100);
    let picture = [Positions::from_bytes(&bytes).expect("positions")];
    let with = |n, text| Item { pictures: &picture, ..item(n, 1, text) };
    let mut reader = reader();
    reader.read(&with(0, WHOLE));
    assert_eq!(reader.read(&with(1, "Askari wameleta masanduku ya silaha jana usiku")).narrative, name(0));
    reader.part(name(0), name(1), &[signal(1)]);
    let reading = reader.read(&with(2, "Askari wameleta masanduku ya silaha jana usiku"));
    assert_eq!((reading.narrative, reading.absorbs.len()), (name(1), 0));
}

const LINK: &str = "https://x.example/2026/1";

/// A post of one word and an address, which a person took out of the narrative of that address.
#[test]
fn a_short_post_that_a_person_took_out_does_not_come_back_by_its_address() {
    let mut reader = reader();
    told_in(&mut reader, 0, &format!("{WHOLE} {LINK}"));
    let short = format!("Mensonge {LINK}");
    assert_eq!(told_in(&mut reader, 1, &short).narrative, name(0), "it goes by the address");
    reader.part(name(0), name(1), &[signal(1)]);
    let reading = told_in(&mut reader, 2, &short);
    assert_eq!((reading.narrative, reading.absorbs.len(), reading.founds), (name(1), 0, false));
    assert_eq!(reading.links.iter().map(|link| link.to).collect::<Vec<_>>(), [signal(1)], "why");
    assert_eq!(told_in(&mut reader, 3, &format!("MENSONGE ! {LINK}")).narrative, name(1), "folded alike");
    // Other words with that address, and other addresses with those words, are none of it.
    assert_eq!(told_in(&mut reader, 4, &format!("voyez {LINK}")).narrative, name(0));
    assert_eq!(told_in(&mut reader, 5, "Mensonge https://x.example/2026/9").narrative, name(5));
    // The first of them forgotten, it still holds.
    reader.forget_before(minute(2));
    assert_eq!(told_in(&mut reader, 6, &short).narrative, name(1));
}

#[test]
fn a_picture_without_words_that_a_person_took_out_does_not_come_back() {
    let mut bytes: Vec<u8> = (0..=255_u8).map(|n| n.wrapping_mul(37)).collect();
    bytes.insert(0, 100);
    let picture = [Positions::from_bytes(&bytes).expect("positions")];
    let with = |n, text| Item { pictures: &picture, ..item(n, 1, text) };
    for text in ["", "Regardez"] {
        let mut reader = reader();
        reader.read(&with(0, WHOLE));
        assert_eq!(reader.read(&with(1, text)).narrative, name(0));
        reader.part(name(0), name(1), &[signal(1)]);
        assert_eq!(reader.read(&with(2, text)).narrative, name(1), "{text:?}");
        assert_eq!(reader.read(&with(3, WHOLE)).narrative, name(0));
    }
}

#[test]
fn what_was_parted_by_its_address_alone_stays_so_after_a_restart() {
    let mut reader = reader();
    let (long, short) = (format!("{WHOLE} {LINK}"), format!("Mensonge {LINK}"));
    reader.refill(&item(0, 1, &long), name(0));
    reader.refill(&item(1, 1, &short), name(1));
    reader.keep_apart(name(0), name(1));
    assert_eq!(told_in(&mut reader, 2, &short).narrative, name(1));
    assert_eq!(told_in(&mut reader, 3, &long).narrative, name(0));
    reader.unite(name(0), name(1));
    assert_eq!(told_in(&mut reader, 4, &short).narrative, name(0), "joined by hand again");
}

#[test]
fn it_stays_so_after_a_restart_and_after_forgetting() {
    let mut reader = reader();
    reader.refill(&item(0, 1, WHOLE), name(0));
    reader.refill(&item(1, 1, PART), name(1));
    reader.keep_apart(name(0), name(1));
    reader.forget_before(minute(0));
    let between = "des soldats ont livré des caisses au camp cette nuit devant tout le monde à la village";
    assert!(told_in(&mut reader, 2, between).absorbs.is_empty());
    let mut old = parted();
    told_in(&mut old, 2, PART);
    // The first wording is forgotten, and the shelf laid out anew.
    old.forget_before(minute(2));
    assert_eq!(told_in(&mut old, 3, PART).narrative, name(1));
}

#[test]
fn what_was_one_before_the_other_took_it_in_gets_its_name_back() {
    let mut reader = reader();
    let other = "le puits du marché est fermé depuis lundi et personne ne sait pourquoi au quartier";
    told_in(&mut reader, 0, WHOLE);
    assert!(told_in(&mut reader, 1, other).founds);
    reader.unite(name(0), name(1));
    assert_eq!(told_in(&mut reader, 2, other).narrative, name(0), "joined by hand");
    reader.part(name(0), name(1), &[signal(1), signal(2)]);
    assert_eq!(told_in(&mut reader, 3, other).narrative, name(1));
    assert_eq!(told_in(&mut reader, 4, WHOLE).narrative, name(0));
}

#[test]
fn joining_by_hand_ends_what_was_kept_apart() {
    let mut reader = parted();
    reader.unite(name(0), name(1));
    assert_eq!(told_in(&mut reader, 2, PART).narrative, name(0));
    let between = "des soldats ont livré des caisses au camp cette nuit devant tout le monde à la village";
    assert_eq!(told_in(&mut reader, 3, between).narrative, name(0));
}

/// The same picture, kept smaller and a little darker, comes back under another story a day later.
#[test]
fn f62_a_recycled_picture_stands_with_its_earliest_copy() {
    let mut bytes: Vec<u8> = (0..=255_u8).map(|n| n.wrapping_mul(37)).collect();
    bytes.insert(0, 100);
    let old = [Positions::from_bytes(&bytes).expect("positions")];
    for bit in [3_usize, 40, 77, 130, 201] {
        bytes[1 + bit / 8] ^= 1 << (bit % 8);
    }
    let again = [Positions::from_bytes(&bytes).expect("positions")];
    let mut reader = reader();
    reader.read(&Item { pictures: &old, ..item(0, 1, "Exercice de l’an dernier au pays voisin") });
    let reading = reader.read(&Item { pictures: &again, ..item(1, 1, "Ils ont bombardé Bémori ce matin") });
    assert_eq!((reading.narrative, reading.links[0].to), (name(0), signal(0)));
    assert_eq!(reading.links[0].likeness, vigie_model::Likeness::Picture);
}
