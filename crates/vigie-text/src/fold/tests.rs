use super::*;

/// Folded text and tricks of one line.
#[track_caller]
fn check(text: &str, folded: &str, tricks: &[Trick]) {
    let normal = normalise(text);
    assert_eq!(normal.folded, folded, "{text}");
    assert_eq!(normal.tricks, tricks, "{text}");
}

#[test]
fn case_accents_and_punctuation_make_no_difference() {
    check("Le Président ARRIVE à Birao !", "le president arrive a birao", &[]);
    check("« L’école », œuvre… 🔥🔥", "lecole oeuvre", &[]);
    check("Ƙasar ɗan'uwa", "kasar danuwa", &[]);
    check("créée", "cree", &[]);
}

#[test]
fn ordinary_hyphens_dots_and_vowel_signs_are_no_trick() {
    check("vice-président de Kaga-Bandoro", "vicepresident de kagabandoro", &[]);
    check("L'O.N.U. et l'U.A.", "lonu et lua", &[]);
    check("peut-être, c'est-à-dire vis-à-vis", "peutetre cestadire visavis", &[]);
    check("il y a à boire", "il y a a boire", &[]);
    check("مُحَمَّدٌ", "محمد", &[]);
    check("کتاب می\u{200c}خواهم", "كتاب ميخواهم", &[]);
    check("M23 et 3R, 1.000 morts, www, XVIII", "m23 et 3r 1000 morts ww xviii", &[]);
    check("fin.Le reste", "fin le reste", &[]);
    check("e.g. this", "eg this", &[]);
    check("የኢ.ህ.አ.ዴ.ግ ውህደት መኮንንን", "የኢህአዴግ ውህደት መኮንን", &[]);
    check("a b c d", "abcd", &[]);
    check("yεde yԑ ↄbaatanpa", "yede ye obaatanpa", &[]);
    check("nهه شريرة", "nهه شريره", &[]);
    check("k k k k k k", "kkkkkk", &[]);
}

#[test]
fn a_word_that_folds_to_nothing_leaves_no_gap() {
    check("\u{fe71} a", "a", &[]);
    check("a \u{640}\u{640} b \u{640}", "a b", &[]);
}

#[test]
fn split_words_are_rejoined() {
    check("la m-i-s-s-i-o-n arme", "la mission arme", &[Trick::SplitWords]);
    check("la m i s s i o n arme", "la mission arme", &[Trick::SplitWords]);
    check("la m.i.s.s.i.o.n arme", "la mission arme", &[Trick::SplitWords]);
    check("la m_i_s_s_i_o_n arme", "la mission arme", &[Trick::SplitWords]);
    check("l-a m-i-s-s-i-o-n", "la mission", &[Trick::SplitWords]);
    check("l a  m i s s i o n", "l a mission", &[Trick::SplitWords]);
    check("la mis-sion arme", "la mission arme", &[]);
    check("س-ل-ّ-م-ت س ل ّ م ت", "سلمت سلمت", &[Trick::SplitWords]);
    check("O N U", "onu", &[]);
    check("البـــعثة ا-ل-ب-ع-ث-ة", "البعثه البعثه", &[Trick::SplitWords]);
}

#[test]
fn look_alikes_fold_to_the_script_of_the_text() {
    check("La mіssіоn аrme lеs grоupеs", "la mission arme les groupes", &[Trick::LookAlikes]);
    check("ΜΙSSΙΟΝ armee", "mission armee", &[Trick::LookAlikes]);
    check(
        "il arme la роре dans la ville de nuit",
        "il arme la pope dans la ville de nuit",
        &[Trick::LookAlikes],
    );
    check("voir « миссия », роса", "voir миссия роса", &[]);
    check("Миссия прибыла в город", "миссия прибыла в город", &[]);
    check("Мiссия прибылa в город", "міссия прибыла в город", &[Trick::LookAlikes]);
    check("5 µm et 3 kΩ", "5 μm et 3 kω", &[]);
    check("particule α, rayon γ", "particule α rayon γ", &[]);
}

#[test]
fn invisible_characters_go_and_only_the_dishonest_are_named() {
    check("mis\u{200b}sion ar\u{200d}me", "mission arme", &[Trick::Invisible]);
    check("mis\u{ad}sion", "mission", &[]);
    check("\u{feff}mission 👨\u{200d}👩\u{fe0f}", "mission", &[]);
    check("\u{202e}noissim\u{202c}", "noissim", &[Trick::Invisible]);
    check("كتب \u{200f}(mission)\u{200f} هنا", "كتب mission هنا", &[]);
    check("ภาษา\u{200b}ไทย", "ภาษาไทย", &[]);
}

#[test]
fn repeated_letters_are_folded() {
    check("Nooooon merciiii", "noon mercii", &[Trick::Stretched]);
    check("livréééé", "livree", &[Trick::Stretched]);
    assert_eq!(normalise("Nooooon").alike, normalise("non").alike);
    assert_eq!(normalise("goood").alike, normalise("good").alike);
    check("ههههههه", "هه", &[]);
    check("2000 000", "2000 000", &[]);
}

#[test]
fn fancy_letters_are_dressing() {
    check("𝗺𝗶𝘀𝘀𝗶𝗼𝗻", "mission", &[Trick::Dressing]);
    check("m\u{300}\u{301}\u{302}\u{303}ission", "mission", &[Trick::Dressing]);
}

#[test]
fn mentions_and_links_are_left_out() {
    check(
        "RT @veilleur_1: la mission https://exemple.example/a?b=1 (www.exemple.example)",
        "la mission",
        &[],
    );
    check("voir exemple.example/x et t.co/abc", "voir et", &[]);
    check("et/ou", "et ou", &[]);
    check("@@ @a x@b y", "x b y", &[]);
}

#[test]
fn scripts_without_an_alphabet_of_ours_keep_their_letters() {
    check("桥今天早上又开放了。", "桥今天早上又开放了", &[]);
    check("다리가 다시 열렸습니다", "다리가 다시 열렸습니다", &[]);
    check("ድልድዩ እንደገና ተከፍቷል።", "ድልድዩ እንደገና ተከፍቷል", &[]);
    check("पुल फिर से खुला है", "पुल फिर से खुला है", &[]);
    check("й ё", "й ё", &[]);
}

#[test]
fn a_change_of_look_is_named_between_copies() {
    let changed = |a: &str, b: &str| {
        let (a, b) = (normalise(a), normalise(b));
        assert_eq!(a.alike, b.alike);
        b.surface.changed_from(a.surface)
    };
    assert_eq!(changed("la mission arme", "la mission arme"), []);
    assert_eq!(changed("la mission arme", "la mis-sion arme"), [Trick::SplitWords]);
    assert_eq!(changed("la mission arme", "LA MISSION arme 🔥"), [Trick::Dressing]);
    assert_eq!(changed("la mission arme", "la mіssion arme"), [Trick::LookAlikes]);
    assert_eq!(changed("la mission arme @a", "la mission arme https://x.example/1"), []);
}
