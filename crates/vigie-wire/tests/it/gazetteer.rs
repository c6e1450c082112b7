//! Files of places as people save them.

use vigie_model::{At, Limits, PlaceKind, Precision};
use vigie_wire::gazetteer::{self, Format, Gazetteer, read_lexicon, read_sites};

fn read(file: &[u8]) -> Gazetteer {
    gazetteer::read(file, &Limits::IMPORT).expect("a gazetteer")
}

fn names(found: &Gazetteer) -> Vec<(u64, &str)> {
    found.rows.iter().map(|(line, place)| (*line, place.name.as_str())).collect()
}

fn faults(found: &Gazetteer) -> Vec<(At, &str)> {
    found.faults.iter().map(|fault| (fault.at, fault.code.as_str())).collect()
}

#[test]
fn the_demonstration_gazetteer_is_read_whole() {
    let found = read(include_bytes!("../../../../scenarios/gazetteer-ndolaka.csv"));
    assert_eq!((found.format, found.faults.len()), (Format::Table, 0), "{:?}", found.faults);
    assert!(found.rows.len() >= 110);
    let (line, zamore) = &found.rows[0];
    assert_eq!((*line, zamore.kind, zamore.precision), (2, PlaceKind::Town, Precision::Village));
    assert!(zamore.variants.contains(&"زاموريه".to_owned()) && zamore.admin.len() == 3);
}

#[test]
fn the_lists_and_the_register_of_the_demonstration_are_read() {
    for text in [
        include_str!("../../../../scenarios/lexicons/fr.toml"),
        include_str!("../../../../scenarios/lexicons/ar.toml"),
    ] {
        let list = read_lexicon(text, &Limits::IMPORT).expect("a list");
        assert!(list.entries.len() > 100 && !list.owner.is_empty());
    }
    let sites = read_sites(include_str!("../../../../scenarios/sites-ndolaka.toml"), &Limits::IMPORT);
    assert_eq!(sites.expect("a register").len(), 5);
    let fault = read_lexicon("id = \"x\"\nversion = 3", &Limits::IMPORT).expect_err("a number is no version");
    assert_eq!((fault.at, fault.code.as_str()), (At::Byte(19), "list-refused"));
}

#[test]
fn f_a_french_spreadsheet_is_read() {
    let file =
        "\u{feff}id;nom;type;latitude;longitude;variantes\r\nz;Zamoré;town;2,4;-20,6;Zamore|Zamorée\r\n"
            .as_bytes();
    let utf16: Vec<u8> = String::from_utf8_lossy(file).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [file, &utf16] {
        let found = read(file);
        assert_eq!(names(&found), [(2, "Zamoré")], "{:?}", found.faults);
        assert!(
            (found.rows[0].1.lat_deg - 2.4).abs() < 1e-9 && (found.rows[0].1.lon_deg + 20.6).abs() < 1e-9
        );
        assert_eq!(found.rows[0].1.variants.len(), 2);
    }
    let old = read(b"name;lat;lon\nZamor\xe9;2,4;-20,6\n");
    assert_eq!(names(&old), [(2, "Zamoré")]);
}

#[test]
fn f_each_bad_row_is_named_and_its_neighbours_stay() {
    let file = "id,name,kind,lat,lon,precision\n\
        a,Un,village,2.1,-20.1,\n\
        b,Deux,village,2.2,-20.2,\n\
        c,Trois,village,2.3,-20.3,\n\
        d,Swapped,village,-20.4,2.4,\n\
        e,Beyond,village,-120.4,2.4,\n\
        f,Off,village,95,200,\n\
        g,Nowhere,village,0,0,\n\
        h,Empty,village,,-20.2,\n\
        i,Words,village,two,-20.2,\n\
        j,,village,2.2,-20.2,\n\
        k,Kind,hamlet?,2.2,-20.2,\n\
        l,Precise,village,2.2,-20.2,very\n\
        a,Again,village,2.5,-20.5,\n\
        m,Un,village,2.1,-20.1,\n\
        n,Six,village,2.6,-20.6,\n\
        o,Sept,village,2.7,-20.7,\n";
    let found = read(file.as_bytes());
    assert_eq!(names(&found), [(2, "Un"), (3, "Deux"), (4, "Trois"), (16, "Six"), (17, "Sept")]);
    let row = At::Row;
    assert_eq!(
        faults(&found),
        [
            (row(5), "gazetteer-swapped"),
            (row(6), "gazetteer-swapped"),
            (row(7), "gazetteer-off-earth"),
            (row(8), "gazetteer-no-point"),
            (row(9), "gazetteer-no-point"),
            (row(10), "gazetteer-bad-number"),
            (row(11), "gazetteer-no-name"),
            (row(12), "gazetteer-kind"),
            (row(13), "gazetteer-precision"),
            (row(14), "gazetteer-twice"),
            (row(15), "gazetteer-same-place"),
        ]
    );
}

#[test]
fn a_geonames_dump_is_read() {
    let file = include_bytes!("../../fuzz/corpus/gazetteer/geonames");
    let found = read(file);
    assert_eq!((found.format, names(&found)), (Format::GeoNames, vec![(1, "Zamoré"), (2, "Louvé")]));
    let zamore = &found.rows[0].1;
    assert_eq!((zamore.id.as_str(), zamore.kind), ("geonames:1001", PlaceKind::Town));
    assert_eq!(zamore.variants, ["Zamore", "زاموريه"]);
    let short = read(&[&file[..], b"1003\tX\n"].concat());
    assert_eq!(faults(&short), [(At::Row(3), "gazetteer-cells")]);
}

#[test]
fn geojson_points_are_read_and_lines_are_not() {
    let found = read(include_bytes!("../../fuzz/corpus/gazetteer/geojson"));
    assert_eq!((found.format, names(&found)), (Format::GeoJson, vec![(1, "Zamoré")]));
    assert!((found.rows[0].1.lat_deg - 2.4).abs() < 1e-9, "longitude stands first");
    assert_eq!(faults(&found), [(At::Row(2), "gazetteer-not-a-point")]);
}

#[test]
fn what_is_no_gazetteer_is_refused_as_a_whole() {
    let code = |file: &[u8]| gazetteer::read(file, &Limits::IMPORT).expect_err("refused").code;
    assert_eq!(code(b""), "table-empty");
    assert_eq!(code(b" \n\n"), "table-empty");
    assert_eq!(code(b"some,other,table\n1,2,3\n"), "gazetteer-no-columns");
    assert_eq!(code(b"{\"a\":1}"), "gazetteer-no-features");
    assert_eq!(code(b"{\"a\":"), "gazetteer-not-json");
    assert_eq!(code("[".repeat(500).as_bytes()), "gazetteer-too-deep");
    let limits = Limits { bytes_max: 10, ..Limits::IMPORT };
    assert_eq!(gazetteer::read(b"name,lat,lon\n", &limits).expect_err("refused").code, "table-too-long");
    let limits = Limits { items_max: 1, ..Limits::IMPORT };
    let found = gazetteer::read(b"name,lat,lon\na,1,2\nb,1,3\n", &limits).expect("read");
    assert_eq!((found.rows.len(), faults(&found)), (1, vec![(At::Row(3), "gazetteer-too-many")]));
}
