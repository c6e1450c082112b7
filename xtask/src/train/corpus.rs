//! The texts that the language model learns from, read from their packages.

use crate::tools::Told;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// TICO-19 code and BCP 47 tag. Dinka, Ganda and Nuer are there too: they measure `und` and are not learned.
const TICO: [(&str, &str); 14] = [
    ("ar", "ar"),
    ("es-LA", "es"),
    ("fr", "fr"),
    ("fuv", "ff"),
    ("ha", "ha"),
    ("ln", "ln"),
    ("om", "om"),
    ("pt-BR", "pt"),
    ("ru", "ru"),
    ("rw", "rw"),
    ("so", "so"),
    ("sw", "sw"),
    ("ti", "ti"),
    ("zh", "zh"),
];

/// Declarations in a named language.
const UDHR: [(&str, &str); 30] = [
    ("fra", "fr"),
    ("eng", "en"),
    ("arb", "ar"),
    ("spa", "es"),
    ("por_BR", "pt"),
    ("por_PT", "pt"),
    ("rus", "ru"),
    ("cmn_hans", "zh"),
    ("cmn_hant", "zh"),
    ("swh", "sw"),
    ("hau_3", "ha"),
    ("hau_NE", "ha"),
    ("hau_NG", "ha"),
    ("lin", "ln"),
    ("lin_tones", "ln"),
    ("kin", "rw"),
    ("som", "so"),
    ("amh", "am"),
    ("gax", "om"),
    ("tir", "ti"),
    ("fuf", "ff"),
    ("fuv", "ff"),
    ("fuv2", "ff"),
    ("bam", "bm"),
    ("sag", "sg"),
    ("hat_kreyol", "ht"),
    ("hat_popular", "ht"),
    ("yor", "yo"),
    ("ibo", "ig"),
    ("pcm", "pcm"),
];

/// Too near to a named language to stand against it: Manding beside Bambara, Rundi beside Kinyarwanda, Chinese
/// languages beside Chinese, Galician beside Portuguese. Such a text is taken for its neighbour.
const LEFT_OUT: [&str; 26] = [
    "dyu",
    "emk",
    "wuu",
    "hak",
    "hsn",
    "gan",
    "cjy",
    "nan",
    "cmn_hans_beijing",
    "yue",
    "run",
    "glg",
    "ast",
    "sco",
    "tso_MZ",
    "tso_ZW",
    "aka_akuapem",
    "aka_asante",
    "aka_fante",
    "lug",
    "lad",
    "ina",
    "ido",
    "cnr",
    "vie_han",
    "mxi",
];

/// Families of the languages that the model does not name: one column each, since one straight line cannot part
/// all of them from the named ones.
const FAMILIES: [(&str, &str); 5] = [
    (
        "bantu",
        "sna zul xho ssw nso tsn sot ven ven2 nya_chechewa nya_chinyanja bem kng kng_AO ktu \
         lua loz umb kmb vmw yao nym suk toi kde lun lue kqn nba ndo nbl nyn koo bum cjk cjk_AO swb zdj mer tiv dga",
    ),
    (
        "west",
        "wol ewe fon mos dag gaa snk sus kbp ada tem bci ajg bba bin csa dip dyo \
         fat gjn gkp gag ibb ijs idu kdh knc lia lns lob men mfq mor mto nku nzi srr urh xsm ayo buc",
    ),
    ("creole", "bis tpi pis crs kri sco kea pap pov rmn_1 ddn jam cbi srq"),
    (
        "romance",
        "ita cat glg oci_1 oci_2 oci_3 oci_4 ron_1953 ron_1993 ron_2006 ast fur lij lld cos roh src vec pcd wln lnc \
         eml lad ina lat lat_1 roh_puter roh_rumgr roh_surmiran roh_sursilv roh_sutsilv roh_vallader auv prv",
    ),
    ("germanic", "deu_1901 deu_1996 nld afr dan nob nno swe isl fao ltz nds fri gsw1 lim epo ido eng_x"),
];

/// Texts of one class.
#[derive(Debug, Default, Clone)]
pub struct Texts {
    /// Segments of TICO-19.
    pub tico: Vec<String>,
    /// Paragraphs of the declaration.
    pub udhr: Vec<String>,
    /// Everyday phrases of our own.
    pub seed: Vec<String>,
}

const SEED: &str = include_str!("seed.txt");

/// All texts by class: a BCP 47 tag, or `+family` for languages that the model does not name.
pub struct Corpus {
    pub classes: BTreeMap<String, Texts>,
}

impl Corpus {
    /// Reads both packages.
    pub fn read(tico: &Path, udhr: &Path, without_udhr: bool) -> Result<Self, Told> {
        let mut classes: BTreeMap<String, Texts> = BTreeMap::new();
        for (code, tag) in TICO {
            let (english, other) = memory(&tico.join(format!("all.en-{code}.tmx.zip")))?;
            classes.entry(tag.to_owned()).or_default().tico = other;
            if code == "fr" {
                classes.entry("en".to_owned()).or_default().tico = english;
            }
        }
        for file in declarations(udhr)? {
            let code = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if LEFT_OUT.contains(&code.as_str()) {
                continue;
            }
            let class = class(&code);
            if without_udhr && classes.get(&class).is_some_and(|texts| !texts.tico.is_empty()) {
                continue;
            }
            let html =
                std::fs::read_to_string(&file).map_err(|cause| format!("{}: {cause}", file.display()))?;
            classes.entry(class).or_default().udhr.extend(paragraphs(&html));
        }
        for line in SEED.lines().filter(|line| !line.starts_with('#')) {
            let (tag, text) = line.split_once(": ").ok_or_else(|| format!("no tag: {line}"))?;
            classes.entry(tag.to_owned()).or_default().seed.push(text.to_owned());
        }
        Ok(Self { classes })
    }

    /// What was read.
    pub fn summary(&self) -> String {
        let line = |(class, texts): (&String, &Texts)| {
            format!("{class}: {} segments, {} paragraphs", texts.tico.len(), texts.udhr.len())
        };
        self.classes.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn class(code: &str) -> String {
    if let Some((_, tag)) = UDHR.iter().find(|(of, tag)| *of == code && *tag != "+") {
        return (*tag).to_owned();
    }
    let family = FAMILIES.iter().find(|(_, codes)| codes.split_whitespace().any(|of| of == code));
    format!("+{}", family.map_or("far", |(name, _)| name))
}

fn declarations(folder: &Path) -> Result<Vec<PathBuf>, Told> {
    let told = |cause| format!("{}: {cause}", folder.display());
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(told)?.filter_map(|e| Some(e.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "html"));
    files.sort();
    if files.is_empty() { Err(format!("{}: no declaration", folder.display())) } else { Ok(files) }
}

/// English and other side of a translation memory, once each.
pub fn memory(file: &Path) -> Result<(Vec<String>, Vec<String>), Told> {
    let told = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
    let out = Command::new("unzip").arg("-p").arg(file).output().map_err(|cause| told(&cause))?;
    if !out.status.success() {
        return Err(told(&"unzip could not read it"));
    }
    let xml = String::from_utf8(out.stdout).map_err(|cause| told(&cause))?;
    let (mut english, mut other) = (Vec::new(), Vec::new());
    for unit in xml.split("<tuv ").skip(1) {
        let Some((head, rest)) = unit.split_once('>') else { continue };
        let Some((_, segment)) = rest.split_once("<seg>") else { continue };
        let Some((segment, _)) = segment.split_once("</seg>") else { continue };
        let side = if head.contains("lang=\"en\"") { &mut english } else { &mut other };
        side.push(plain(segment));
    }
    if other.is_empty() { Err(told(&"no segment")) } else { Ok((english, other)) }
}

/// The paragraphs of a declaration.
fn paragraphs(html: &str) -> Vec<String> {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let texts = body.split("<p>").skip(1).filter_map(|rest| rest.split_once("</p>"));
    texts.map(|(text, _)| plain(text)).filter(|text| text.chars().count() > 8).collect()
}

/// Text without markup.
fn plain(marked_up: &str) -> String {
    let mut out = String::with_capacity(marked_up.len());
    for (n, piece) in marked_up.split('<').enumerate() {
        let text = if n == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) };
        out.push_str(text);
        out.push(' ');
    }
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    named.iter().fold(out, |text, (name, sign)| text.replace(name, sign)).trim().to_owned()
}
