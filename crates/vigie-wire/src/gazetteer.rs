//! Reads the places of a mission: a table with named columns, a GeoNames dump or GeoJSON points.
//!
//! Good rows *and* faults with their lines; a row is never mended in silence. What spreadsheets do to such files is
//! read as meant (byte order marks, UTF-16, `;`, decimal commas); what would put a village into another country is
//! refused and said (latitude and longitude swapped, 0/0, one identifier twice). Sources: RFC 4180; the `readme.txt`
//! of the GeoNames dump (19 columns); RFC 7946.

use crate::charset::{self, FromUtf16, Order};
use crate::json;
use crate::rows::{Cells, RowSpan, Rows, Shape, Trouble};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use vigie_model::{At, Fault, GazetteerPlace, Lexicon, Limits, PlaceKind, Precision, Site};

/// Columns of a table of places, in the order in which they are documented.
pub const COLUMNS: [&str; 9] =
    ["id", "name", "variants", "kind", "lat", "lon", "precision", "admin", "p_code"];
/// Columns of a GeoNames dump.
const GEONAMES_COLUMNS: usize = 19;
/// More cells than this and the file is something else.
const CELLS_MAX: usize = 256;
/// Rows from which it is asked whether one lies where its neighbours would if its numbers were swapped.
const SWAPPED_ROWS_LEAST: usize = 5;
/// Degrees from the middle of a gazetteer: beyond the first a point is far, within the second it is near.
const FAR_DEG: f64 = 12.0;
const NEAR_DEG: f64 = 6.0;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table with a row of names.
    Table,
    /// A GeoNames dump.
    GeoNames,
    /// GeoJSON.
    GeoJson,
}

/// A file of places, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Gazetteer {
    /// What it is.
    pub format: Format,
    /// The places with their lines (GeoJSON: features), from 1.
    pub rows: Vec<(u64, GazetteerPlace)>,
    /// What was refused, in the file's order.
    pub faults: Vec<Fault>,
}

/// Reads a file of places. A fault in place of a result means that nothing can be read.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Gazetteer, Fault> {
    if bytes.len() as u64 > limits.bytes_max {
        return Err(Fault::new(At::Whole, "table-too-long").with("max", limits.bytes_max >> 20));
    }
    let utf8 = utf8(bytes);
    let bytes = utf8.as_deref().unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut found = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(Fault::new(At::Whole, "table-empty")),
        Some(b'{' | b'[') => features(bytes, limits)?,
        Some(_) => table(bytes, limits)?,
    };
    refuse_swapped(&mut found);
    refuse_repeated(&mut found);
    found.faults.sort_by_key(|fault| match fault.at {
        At::Row(line) => line,
        _ => u64::MAX,
    });
    Ok(found)
}

fn utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let order = Order::of_mark(bytes)?;
    let mut out = Vec::new();
    FromUtf16::new(bytes, order).read_to_end(&mut out).ok()?;
    Some(out)
}

fn table(bytes: &[u8], limits: &Limits) -> Result<Gazetteer, Fault> {
    let old_mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    let line_end = if old_mac { b'\r' } else { b'\n' };
    let first =
        bytes.split(|byte| *byte == line_end).find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    if is_geonames(first) {
        let shape = Shape { line_end, delimiter: Some(b'\t'), quoted: false };
        return Ok(rows(bytes, shape, limits, Format::GeoNames, false, &|cells| geonames(&Line::of(cells))));
    }
    let (delimiter, columns) = header(first)?;
    let shape = Shape { line_end, delimiter: Some(delimiter), quoted: delimiter != b'\t' };
    Ok(rows(bytes, shape, limits, Format::Table, true, &|cells| place(&Line::of(cells), &columns)))
}

/// The cells of a row as text.
struct Line(Vec<String>);

impl Line {
    fn of(cells: &Cells) -> Self {
        Self(cells.iter().map(|cell| charset::read(cell).text.trim().to_owned()).collect())
    }

    fn get(&self, n: Option<usize>) -> &str {
        n.and_then(|n| self.0.get(n)).map_or("", String::as_str)
    }
}

type Outcome = Result<GazetteerPlace, (&'static str, String)>;

fn rows(
    bytes: &[u8],
    shape: Shape,
    limits: &Limits,
    format: Format,
    header: bool,
    place: &dyn Fn(&Cells) -> Outcome,
) -> Gazetteer {
    let mut input = Rows::new(bytes, limits.bytes_max, limits.field_bytes_max.saturating_mul(4));
    input.shape(shape);
    let mut out = Gazetteer { format, rows: Vec::new(), faults: Vec::new() };
    let (mut cells, mut header, mut items) = (Cells::default(), header, 0);
    while let Some(RowSpan { line, found }) = input.next_row() {
        let span = match found {
            Ok(span) => span,
            Err(trouble) => {
                out.faults.push(unreadable(line, &trouble, limits));
                continue;
            }
        };
        let row = input.bytes(span);
        if row.trim_ascii().is_empty() || std::mem::take(&mut header) {
            continue;
        }
        items += 1;
        if items > limits.items_max {
            out.faults.push(Fault::new(At::Row(line), "gazetteer-too-many").with("max", limits.items_max));
            break;
        }
        if !cells.split(row, shape, CELLS_MAX) {
            out.faults.push(Fault::new(At::Row(line), "table-too-many-columns").with("max", CELLS_MAX));
            continue;
        }
        match place(&cells) {
            Ok(place) => out.rows.push((line, place)),
            Err((code, value)) => out.faults.push(refused(line, code, &value)),
        }
    }
    out
}

fn unreadable(line: u64, trouble: &Trouble, limits: &Limits) -> Fault {
    match trouble {
        Trouble::Quote => Fault::new(At::Row(line), "row-quote-open"),
        Trouble::TooLong => {
            Fault::new(At::Row(line), "row-too-long").with("max", limits.field_bytes_max * 4 / 1024)
        }
        Trouble::InputTooLong => Fault::new(At::Whole, "table-too-long").with("max", limits.bytes_max >> 20),
        Trouble::Io(error) => Fault::new(At::Whole, "table-unreadable").with("reason", error.kind()),
    }
}

/// The fault of one row; each code stands in the catalogues.
fn refused(line: u64, code: &'static str, value: &str) -> Fault {
    Fault::new(At::Row(line), code).with("value", value)
}

/// The delimiter under which the first row has most of the known names, and where they stand.
fn header(first: &[u8]) -> Result<(u8, BTreeMap<&'static str, usize>), Fault> {
    let mut best: (u8, BTreeMap<&'static str, usize>) = (b',', BTreeMap::new());
    for delimiter in [b',', b';', b'\t'] {
        let shape = Shape { line_end: b'\n', delimiter: Some(delimiter), quoted: delimiter != b'\t' };
        let mut cells = Cells::default();
        cells.split(first.trim_ascii_end(), shape, CELLS_MAX);
        let mut columns = BTreeMap::new();
        for (n, name) in Line::of(&cells).0.iter().enumerate() {
            if let Some(column) = column(name) {
                columns.entry(column).or_insert(n);
            }
        }
        if columns.len() > best.1.len() {
            best = (delimiter, columns);
        }
    }
    let missing: Vec<&str> =
        ["name", "lat", "lon"].into_iter().filter(|name| !best.1.contains_key(name)).collect();
    if missing.is_empty() {
        return Ok(best);
    }
    Err(Fault::new(At::Row(1), "gazetteer-no-columns")
        .with("missing", missing.join(", "))
        .with("known", COLUMNS.join(", ")))
}

fn column(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    Some(match name.as_str() {
        "lat" | "latitude" | "lat_deg" => "lat",
        "lon" | "lng" | "long" | "longitude" | "lon_deg" => "lon",
        "nom" => "name",
        "variantes" => "variants",
        "type" => "kind",
        "pcode" | "p-code" => "p_code",
        other => return COLUMNS.into_iter().find(|column| *column == other),
    })
}

fn place(line: &Line, columns: &BTreeMap<&'static str, usize>) -> Outcome {
    let cell = |name: &str| line.get(columns.get(name).copied());
    let (lat_deg, lon_deg) = point(cell("lat"), cell("lon"))?;
    let list = |name: &str| split(cell(name), '|');
    build(Raw {
        id: cell("id").to_owned(),
        name: cell("name").to_owned(),
        variants: list("variants"),
        kind: cell("kind").to_owned(),
        precision: cell("precision").to_owned(),
        admin: list("admin"),
        p_code: cell("p_code").to_owned(),
        lat_deg,
        lon_deg,
    })
}

fn split(cell: &str, sign: char) -> Vec<String> {
    cell.split(sign).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A row whose numbers are read and whose words are not.
struct Raw {
    id: String,
    name: String,
    variants: Vec<String>,
    kind: String,
    precision: String,
    admin: Vec<String>,
    p_code: String,
    lat_deg: f64,
    lon_deg: f64,
}

fn build(raw: Raw) -> Outcome {
    if raw.name.is_empty() {
        return Err(("gazetteer-no-name", raw.id));
    }
    let kind = match raw.kind.to_lowercase().as_str() {
        "" => PlaceKind::Other,
        word => PlaceKind::from_word(word).ok_or(("gazetteer-kind", raw.kind.clone()))?,
    };
    let precision = match raw.precision.to_lowercase().as_str() {
        "" => usual(kind),
        word => precision(word).ok_or(("gazetteer-precision", raw.precision.clone()))?,
    };
    let slug = || raw.name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    // A row without an identifier is named by what it says, so that the same file gives the same names twice.
    let id =
        if raw.id.is_empty() { format!("{}@{:.4},{:.4}", slug(), raw.lat_deg, raw.lon_deg) } else { raw.id };
    Ok(GazetteerPlace {
        id,
        name: raw.name,
        variants: raw.variants,
        kind,
        lat_deg: raw.lat_deg,
        lon_deg: raw.lon_deg,
        precision,
        admin: raw.admin,
        p_code: Some(raw.p_code).filter(|code| !code.is_empty()),
    })
}

/// How precisely a place of this kind is known where the file does not say.
fn usual(kind: PlaceKind) -> Precision {
    match kind {
        PlaceKind::Base | PlaceKind::Site | PlaceKind::Quarter => Precision::Site,
        PlaceKind::Admin | PlaceKind::River | PlaceKind::Land => Precision::District,
        _ => Precision::Village,
    }
}

fn precision(word: &str) -> Option<Precision> {
    Some(match word {
        "exact" => Precision::Exact,
        "site" => Precision::Site,
        "village" => Precision::Village,
        "district" => Precision::District,
        "region" => Precision::Region,
        "country" => Precision::Country,
        "unknown" => Precision::Unknown,
        _ => return None,
    })
}

fn point(lat: &str, lon: &str) -> Result<(f64, f64), (&'static str, String)> {
    if lat.is_empty() || lon.is_empty() {
        return Err(("gazetteer-no-point", String::new()));
    }
    let number = |text: &str| degrees(text).ok_or(("gazetteer-bad-number", text.to_owned()));
    on_earth(number(lat)?, number(lon)?)
}

fn on_earth(lat: f64, lon: f64) -> Result<(f64, f64), (&'static str, String)> {
    let shown = || format!("{lat} / {lon}");
    match (lat.abs(), lon.abs()) {
        // Nobody's village lies where the equator meets Greenwich; many a missing number does.
        (0.0, 0.0) => Err(("gazetteer-no-point", shown())),
        (a, b) if a <= 90.0 && b <= 180.0 => Ok((lat, lon)),
        (a, b) if a <= 180.0 && b <= 90.0 => Err(("gazetteer-swapped", shown())),
        _ => Err(("gazetteer-off-earth", shown())),
    }
}

/// Degrees with a point or a comma: `2.4`, `2,4`, `-20,6000`.
fn degrees(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('°').replace('\u{2212}', "-");
    let one_comma = text.matches(',').count() == 1 && !text.contains('.');
    let plain = if one_comma { text.replace(',', ".") } else { text };
    let sound = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    plain.parse::<f64>().ok().filter(|number| sound && number.is_finite())
}

fn is_geonames(first: &[u8]) -> bool {
    let mut cells = first.split(|byte| *byte == b'\t');
    let id = cells.next().unwrap_or_default();
    !id.is_empty() && id.iter().all(u8::is_ascii_digit) && cells.count() + 1 == GEONAMES_COLUMNS
}

fn geonames(line: &Line) -> Outcome {
    let cell = |n: usize| line.get(Some(n));
    if line.0.len() != GEONAMES_COLUMNS {
        return Err(("gazetteer-cells", line.0.len().to_string()));
    }
    let (lat_deg, lon_deg) = point(cell(4), cell(5))?;
    let (kind, precision) = feature_class(cell(6), cell(7), cell(14).parse().unwrap_or(0));
    let mut variants = split(cell(3), ',');
    if !cell(2).is_empty() && cell(2) != cell(1) && !variants.iter().any(|name| name == cell(2)) {
        variants.insert(0, cell(2).to_owned());
    }
    let admin =
        [8, 10, 11].map(cell).into_iter().filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let mut place = build(Raw {
        id: format!("geonames:{}", cell(0)),
        name: cell(1).to_owned(),
        variants,
        kind: String::new(),
        precision: String::new(),
        admin,
        p_code: String::new(),
        lat_deg,
        lon_deg,
    })?;
    (place.kind, place.precision) = (kind, precision);
    Ok(place)
}

/// Feature class and code of GeoNames, and inhabitants.
fn feature_class(class: &str, code: &str, people: u64) -> (PlaceKind, Precision) {
    match class {
        "P" if code == "PPLX" => (PlaceKind::Quarter, Precision::Village),
        "P" if code.starts_with("PPLA") || code == "PPLC" || people >= 10_000 => {
            (PlaceKind::Town, Precision::Village)
        }
        "P" => (PlaceKind::Village, Precision::Village),
        "A" if code.starts_with("PCL") => (PlaceKind::Admin, Precision::Country),
        "A" if code.starts_with("ADM1") => (PlaceKind::Admin, Precision::Region),
        "A" => (PlaceKind::Admin, Precision::District),
        "H" => (PlaceKind::River, Precision::Village),
        "R" => (PlaceKind::Road, Precision::Village),
        "S" => (PlaceKind::Site, Precision::Village),
        "T" | "V" | "L" => (PlaceKind::Land, Precision::Village),
        _ => (PlaceKind::Other, Precision::Village),
    }
}

fn features(bytes: &[u8], limits: &Limits) -> Result<Gazetteer, Fault> {
    let text = charset::read(bytes).text;
    if json::depth(&text) > limits.depth_max {
        return Err(Fault::new(At::Whole, "gazetteer-too-deep").with("max", limits.depth_max));
    }
    let whole: Value = serde_json::from_str(&text).map_err(|error| {
        Fault::new(At::Row(error.line() as u64), "gazetteer-not-json").with("column", error.column())
    })?;
    let list = whole.get("features").unwrap_or(&whole).as_array();
    let Some(list) = list else { return Err(Fault::new(At::Whole, "gazetteer-no-features")) };
    let mut out = Gazetteer { format: Format::GeoJson, rows: Vec::new(), faults: Vec::new() };
    for (n, feature) in list.iter().enumerate() {
        let line = n as u64 + 1;
        if line > limits.items_max {
            out.faults.push(Fault::new(At::Row(line), "gazetteer-too-many").with("max", limits.items_max));
            break;
        }
        match feature_place(feature, limits) {
            Ok(place) => out.rows.push((line, place)),
            Err((code, value)) => out.faults.push(refused(line, code, &value)),
        }
    }
    Ok(out)
}

fn feature_place(feature: &Value, limits: &Limits) -> Outcome {
    let geometry = &feature["geometry"];
    let kind = geometry["type"].as_str().unwrap_or("–");
    if kind != "Point" {
        return Err(("gazetteer-not-a-point", kind.to_owned()));
    }
    let degrees = |n: usize| geometry["coordinates"][n].as_f64().ok_or(("gazetteer-no-point", String::new()));
    // RFC 7946 §3.1.1: longitude stands first.
    let (lat_deg, lon_deg) = on_earth(degrees(1)?, degrees(0)?)?;
    let text = |name: &str| member(&feature["properties"], name);
    let id = if text("id").is_empty() { plain(&feature["id"]) } else { text("id") };
    let list = |name: &str| match &feature["properties"][name] {
        Value::Array(names) => names.iter().map(plain).filter(|name| !name.is_empty()).collect(),
        other => split(&plain(other), '|'),
    };
    let raw = Raw {
        id,
        name: text("name"),
        variants: list("variants"),
        kind: text("kind"),
        precision: text("precision"),
        admin: list("admin"),
        p_code: text("p_code"),
        lat_deg,
        lon_deg,
    };
    if raw.name.len() > limits.field_bytes_max {
        return Err(("gazetteer-no-name", String::new()));
    }
    build(raw)
}

fn member(object: &Value, name: &str) -> String {
    plain(&object[name])
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Refuses rows that lie far from the middle of the file and would lie near it with their numbers swapped.
fn refuse_swapped(found: &mut Gazetteer) {
    if found.rows.len() < SWAPPED_ROWS_LEAST {
        return;
    }
    let middle = |pick: fn(&GazetteerPlace) -> f64| {
        let mut all: Vec<f64> = found.rows.iter().map(|(_, place)| pick(place)).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(0.0)
    };
    let (lat, lon) = (middle(|place| place.lat_deg), middle(|place| place.lon_deg));
    let off = |a: f64, b: f64| (a - lat).abs().max((b - lon).abs());
    let swapped = |place: &GazetteerPlace| {
        off(place.lat_deg, place.lon_deg) > FAR_DEG && off(place.lon_deg, place.lat_deg) < NEAR_DEG
    };
    let faults = &mut found.faults;
    found.rows.retain(|(line, place)| {
        let is = swapped(place);
        if is {
            faults.push(refused(
                *line,
                "gazetteer-swapped",
                &format!("{} / {}", place.lat_deg, place.lon_deg),
            ));
        }
        !is
    });
}

/// Refuses an identifier that stands twice, and the same name at the same point.
fn refuse_repeated(found: &mut Gazetteer) {
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    let mut points: BTreeMap<(String, PlaceKind, i64, i64), u64> = BTreeMap::new();
    let faults = &mut found.faults;
    found.rows.retain(|(line, place)| {
        // A ten-thousandth of a degree is some ten metres.
        let grid = |degrees: f64| (degrees * 10_000.0).round() as i64;
        let point = (place.name.to_lowercase(), place.kind, grid(place.lat_deg), grid(place.lon_deg));
        let twice = ids.get(&place.id).map(|first| ("gazetteer-twice", *first));
        let again = twice.or_else(|| points.get(&point).map(|first| ("gazetteer-same-place", *first)));
        if let Some((code, first)) = again {
            faults.push(refused(*line, code, &place.name).with("first", first));
            return false;
        }
        ids.insert(place.id.clone(), *line);
        points.insert(point, *line);
        true
    });
}

/// Reads a list of wordings (TOML). The fault carries the byte where reading stopped.
pub fn read_lexicon(text: &str, limits: &Limits) -> Result<Lexicon, Fault> {
    toml_of(text, limits)
}

/// Reads a register of sites (TOML, one `[[site]]` each).
pub fn read_sites(text: &str, limits: &Limits) -> Result<Vec<Site>, Fault> {
    #[derive(serde::Deserialize)]
    struct Register {
        #[serde(default)]
        site: Vec<Site>,
    }
    toml_of::<Register>(text, limits).map(|register| register.site)
}

fn toml_of<T: serde::de::DeserializeOwned>(text: &str, limits: &Limits) -> Result<T, Fault> {
    if text.len() as u64 > limits.bytes_max {
        return Err(Fault::new(At::Whole, "table-too-long").with("max", limits.bytes_max >> 20));
    }
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(At::Whole, |span| At::Byte(span.start as u64));
        Fault::new(at, "list-refused").with("reason", error.message())
    })
}
