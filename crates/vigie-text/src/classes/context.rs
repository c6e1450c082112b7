//! Whether a text quotes somebody, or denounces what it says: marks of speech that answers hatred.
//!
//! Quotation marks speak in any language. The words of denunciation are ours, for six languages; elsewhere only
//! the marks are seen. A text that denounces in its own words, without any of these, is not recognised.

use crate::fold::normalise;

/// Marks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// Two words or more between quotation marks.
    pub quotes: bool,
    /// Words that denounce.
    pub denounces: bool,
}

/// Language and folded phrase; where words have no spaces, the phrase alone.
const DENOUNCES: [(&str, &str); 6] = [
    (
        "en",
        "hate speech|is hateful|is wrong|is unacceptable|not acceptable|not ok|not okay|never ok|racist|sexist|bigot|\
         bigoted|bigotry|disgusting to say|should not say|shouldnt say|should never say|should not be allowed|\
         cant say|cannot say|stop saying|dont say|do not say|how dare|people who say|anyone who says|\
         whoever says|is a lie|are lies|is false|discrimination|ignorant|prejudice|condemn|shame on|reported",
    ),
    (
        "fr",
        "discours de haine|discours haineux|propos haineux|haineux|est mal|inacceptable|inadmissible|intolerable|\
         raciste|racistes|sexiste|sexistes|honteux|honte a|degoutant de dire|arretez de dire|arrete de dire|\
         ne dites pas|ne dis pas|ne devrait pas|ne devraient pas|ceux qui disent|quiconque dit|toute personne qui|\
         dire que|est faux|mensonge|discrimination|ignorant|ignorance|prejuge|prejuges|condamne|condamner|denonce",
    ),
    (
        "es",
        "discurso de odio|es odio|esta mal|inaceptable|intolerable|racista|racistas|sexista|machista|homofobo|\
         vergonzoso|verguenza|dejen de decir|deja de decir|no digas|no digan|no se puede decir|no deberia|\
         no deberian|quien diga|quienes dicen|los que dicen|decir que|es falso|mentira|discriminacion|ignorante|\
         prejuicio|condeno|condenar|denuncio",
    ),
    (
        "pt",
        "discurso de odio|e errado|esta errado|inaceitavel|intoleravel|racista|racistas|sexista|machista|homofobico|\
         vergonhoso|vergonha|parem de dizer|pare de dizer|nao diga|nao se pode dizer|nao deveria|nao deveriam|\
         quem diz|quem fala|aqueles que dizem|dizer que|e falso|mentira|discriminacao|ignorante|preconceito|\
         condeno|condenar|denuncio",
    ),
    (
        "ar",
        "خطاب كراهيه|خطاب الكراهيه|كراهيه|عنصري|عنصريه|العنصريه|غير مقبول|مش مقبول|مرفوض|عيب|حرام عليكم|لا تقل|\
         لا تقولوا|ماتقولش|من يقول|اللي بيقول|اللي يقول|كذب|تمييز|جهل|جاهل|ادين|نستنكر|غلط",
    ),
    (
        "zh",
        "仇恨言论|种族主义|种族歧视|性别歧视|歧视|不可接受|不能接受|不应该说|不要说|别说|不能说|说这种话|是错的|是错误的|\
         谎言|谣言|偏见|无知|谴责|可耻|反对|说",
    ),
];

/// Marks that open and close a quotation.
const MARKS: [(char, char); 9] = [
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('»', '«'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
];

/// What `text`, in `lang`, shows of an answer.
pub fn context(text: &str, lang: &str) -> Context {
    Context { quotes: quotes(text), denounces: denounces(text, lang) }
}

fn quotes(text: &str) -> bool {
    MARKS.iter().any(|(open, close)| {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(*open) {
            let Some((inside, behind)) = after.split_once(*close) else { return false };
            // One word between marks is irony or a title.
            let wide = inside.chars().filter(|c| crate::shingle::quarters(*c).is_some()).count();
            if inside.split_whitespace().count() > 1 || wide > 3 {
                return true;
            }
            rest = behind;
        }
        false
    })
}

fn denounces(text: &str, lang: &str) -> bool {
    let Some((_, phrases)) = DENOUNCES.iter().find(|(of, _)| *of == lang) else { return false };
    let folded = format!(" {} ", normalise(text).folded);
    let spaced = lang != "zh";
    phrases
        .split('|')
        .any(|phrase| if spaced { folded.contains(&format!(" {phrase} ")) } else { folded.contains(phrase) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_between_marks_are_a_quotation() {
        assert!(context("Il a dit « brûlez le village » hier", "fr").quotes);
        assert!(context("“burn the village”, he said", "en").quotes);
        assert!(context("他说「把村子烧掉」", "zh").quotes);
        assert!(!context("la « mission » arme", "fr").quotes);
        assert!(!context("it is 5\" long", "en").quotes);
    }

    #[test]
    fn words_of_denunciation_are_whole_words_of_the_language() {
        assert!(context("Cette phrase est RACISTE, arrêtez", "fr").denounces);
        assert!(!context("antiracistement", "fr").denounces);
        assert!(!context("this is racist", "sw").denounces, "no words of ours in Swahili");
    }
}
