//! A strict reader for the JSON of signed records: it builds nothing, it only says yes or where not.
//!
//! Two readers of one signed text must never see different things. So beyond RFC 8259 it refuses what
//! common readers disagree on: a key given twice, escapes in a key, blanks between tokens, half of a
//! surrogate pair, a whole number beyond 64 bits, a fraction that a double cannot hold (OWASP ASVS 1.5.3).

/// Digits that a double can hold and give back unchanged.
const DIGITS_MAX: usize = 17;

/// What is wrong with a text that should be strict JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// A token that cannot stand here, a blank among them.
    #[error("something unexpected stands here")]
    Unexpected,
    /// The text ends too early.
    #[error("the text ends too early")]
    Short,
    /// Something follows the last token.
    #[error("something follows the end")]
    Trailing,
    /// An object names a key twice.
    #[error("a key is given twice")]
    DuplicateKey,
    /// A key is written with escapes.
    #[error("a key is written with escapes")]
    EscapedKey,
    /// A string holds a bad escape, a raw control character or half of a surrogate pair.
    #[error("a string is badly written")]
    BadString,
    /// A whole number beyond 64 bits, or a fraction that a double cannot hold.
    #[error("a number is too large or too long to be kept exactly")]
    BadNumber,
    /// Objects and arrays stand too deep in each other.
    #[error("nested too deep")]
    TooDeep,
}

/// A fault and the byte at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub offset: usize,
    pub fault: JsonFault,
}

type Read<T> = Result<T, At>;

/// A string as it stands between its quotes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawString<'a> {
    pub raw: &'a str,
    pub escaped: bool,
}

/// Walks over a text from left to right.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth_max: usize,
    /// Keys of the objects that are open, innermost last.
    keys: Vec<&'a str>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str, depth_max: usize) -> Self {
        Self { text, at: 0, depth_max, keys: Vec::new() }
    }

    pub fn fail<T>(&self, fault: JsonFault) -> Read<T> {
        Err(At { offset: self.at, fault })
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn bump(&mut self) -> Read<u8> {
        let Some(byte) = self.peek() else { return self.fail(JsonFault::Short) };
        self.at += 1;
        Ok(byte)
    }

    /// Steps over `byte` or refuses.
    pub fn expect(&mut self, byte: u8) -> Read<()> {
        match self.peek() {
            Some(found) if found == byte => {
                self.at += 1;
                Ok(())
            }
            Some(_) => self.fail(JsonFault::Unexpected),
            None => self.fail(JsonFault::Short),
        }
    }

    /// Refuses when anything is left.
    pub fn end(&self) -> Read<()> {
        if self.at == self.text.len() { Ok(()) } else { self.fail(JsonFault::Trailing) }
    }

    fn since(&self, start: usize) -> &'a str {
        // Both ends stand on ASCII bytes, so neither cuts a character; `get` keeps that from being a panic.
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A key and the colon after it.
    pub fn key(&mut self) -> Read<&'a str> {
        let key = self.string()?;
        if key.escaped {
            return self.fail(JsonFault::EscapedKey);
        }
        self.expect(b':')?;
        Ok(key.raw)
    }

    /// A string, quotes included.
    pub fn string(&mut self) -> Read<RawString<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.bump()? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.escape()?;
                }
                0..=0x1f => return self.fail(JsonFault::BadString),
                _ => {}
            }
        }
        Ok(RawString { raw: self.text.get(start..self.at - 1).unwrap_or_default(), escaped })
    }

    fn escape(&mut self) -> Read<()> {
        match self.bump()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => self.unicode_escape(),
            _ => self.fail(JsonFault::BadString),
        }
    }

    fn unicode_escape(&mut self) -> Read<()> {
        match self.four_hex()? {
            0xd800..=0xdbff => {
                let low = self.bump()? == b'\\' && self.bump()? == b'u' && {
                    let unit = self.four_hex()?;
                    (0xdc00..=0xdfff).contains(&unit)
                };
                if low { Ok(()) } else { self.fail(JsonFault::BadString) }
            }
            0xdc00..=0xdfff => self.fail(JsonFault::BadString),
            _ => Ok(()),
        }
    }

    fn four_hex(&mut self) -> Read<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.bump()?).to_digit(16);
            let Some(digit) = digit else { return self.fail(JsonFault::BadString) };
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// A number, as it is written.
    pub fn number(&mut self) -> Read<&'a str> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leads_with_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (leads_with_zero && whole > 1) {
            return self.fail(JsonFault::Unexpected);
        }
        let fraction = self.fraction_or_exponent()?;
        let written = self.since(start);
        let kept = if fraction { double_holds(written) } else { sixty_four_bits_hold(written) };
        if kept { Ok(written) } else { Err(At { offset: start, fault: JsonFault::BadNumber }) }
    }

    fn fraction_or_exponent(&mut self) -> Read<bool> {
        let mut found = false;
        if self.peek() == Some(b'.') {
            self.at += 1;
            found = true;
            if self.digits() == 0 {
                return self.fail(JsonFault::Unexpected);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            found = true;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return self.fail(JsonFault::Unexpected);
            }
        }
        Ok(found)
    }

    /// A whole number of 64 bits without sign.
    pub fn whole(&mut self) -> Read<u64> {
        let start = self.at;
        let written = self.number()?;
        written.parse().map_err(|_| At { offset: start, fault: JsonFault::BadNumber })
    }

    /// Any value, as it is written.
    pub fn value(&mut self) -> Read<&'a str> {
        let start = self.at;
        self.walk(0)?;
        Ok(self.since(start))
    }

    fn walk(&mut self, depth: usize) -> Read<()> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(|_| ()),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(_) => self.fail(JsonFault::Unexpected),
            None => self.fail(JsonFault::Short),
        }
    }

    fn word(&mut self, word: &str) -> Read<()> {
        word.bytes().try_for_each(|byte| self.expect(byte))
    }

    fn deeper(&self, depth: usize) -> Read<usize> {
        if depth < self.depth_max { Ok(depth + 1) } else { self.fail(JsonFault::TooDeep) }
    }

    fn array(&mut self, depth: usize) -> Read<()> {
        let inner = self.deeper(depth)?;
        self.expect(b'[')?;
        if self.peek() == Some(b']') {
            return self.expect(b']');
        }
        loop {
            self.walk(inner)?;
            if self.peek() != Some(b',') {
                return self.expect(b']');
            }
            self.at += 1;
        }
    }

    fn object(&mut self, depth: usize) -> Read<()> {
        let inner = self.deeper(depth)?;
        let outer_keys = self.keys.len();
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            return self.expect(b'}');
        }
        loop {
            let key = self.key()?;
            self.keys.push(key);
            self.walk(inner)?;
            if self.peek() != Some(b',') {
                self.expect(b'}')?;
                break;
            }
            self.at += 1;
        }
        self.close_keys(outer_keys)
    }

    fn close_keys(&mut self, outer_keys: usize) -> Read<()> {
        // Sorted, not searched pairwise: a body of thousands of keys must not cost their square.
        let own = self.keys.get_mut(outer_keys..).unwrap_or_default();
        own.sort_unstable();
        let twice = own.windows(2).any(|pair| pair[0] == pair[1]);
        self.keys.truncate(outer_keys);
        if twice { self.fail(JsonFault::DuplicateKey) } else { Ok(()) }
    }
}

fn sixty_four_bits_hold(written: &str) -> bool {
    if written.starts_with('-') { written.parse::<i64>().is_ok() } else { written.parse::<u64>().is_ok() }
}

fn double_holds(written: &str) -> bool {
    let mantissa = written.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    digits.skip_while(|b| *b == b'0').count() <= DIGITS_MAX
        && written.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(), JsonFault> {
        let mut scanner = Scanner::new(text, 4);
        scanner.value().and_then(|_| scanner.end()).map_err(|at| at.fault)
    }

    #[test]
    fn compact_json_is_read() {
        for text in [
            "{}",
            "[]",
            r#"{"a":[1,-2,0.5,1e-7,true,false,null,"\n\u00e9\ud83d\ude00 é"]}"#,
            "18446744073709551615",
            "-9223372036854775808",
            "0.30000000000000004",
        ] {
            assert_eq!(read(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_two_readers_would_see_differently_is_refused() {
        for (text, fault) in [
            (r#"{"a":1,"b":2,"a":3}"#, JsonFault::DuplicateKey),
            (r#"[{"a":{"b":1,"b":1}}]"#, JsonFault::DuplicateKey),
            (r#"{"\u0061":1}"#, JsonFault::EscapedKey),
            ("1e400", JsonFault::BadNumber),
            ("18446744073709551616", JsonFault::BadNumber),
            ("12345678901234567890123456789", JsonFault::BadNumber),
            ("0.12345678901234567890123456789", JsonFault::BadNumber),
            ("01", JsonFault::Unexpected),
            ("1.", JsonFault::Unexpected),
            ("+1", JsonFault::Unexpected),
            ("NaN", JsonFault::Unexpected),
            ("nxll", JsonFault::Unexpected),
            ("{xa\":1}", JsonFault::Unexpected),
            ("{\"a\"_1}", JsonFault::Unexpected),
            ("[1}", JsonFault::Unexpected),
            ("[1, 2]", JsonFault::Unexpected),
            ("[1,]", JsonFault::Unexpected),
            ("{\"a\":1}\n", JsonFault::Trailing),
            (r#""\ud800""#, JsonFault::BadString),
            (r#""\ude00""#, JsonFault::BadString),
            (r#""\x""#, JsonFault::BadString),
            ("\"\t\"", JsonFault::BadString),
            ("[[[[[]]]]]", JsonFault::TooDeep),
            (r#"{"a":"#, JsonFault::Short),
            ("", JsonFault::Short),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn whatever_it_reads_a_common_reader_reads_too() {
        use proptest::prelude::*;
        proptest!(|(text in r#"[\[\]{}:,"\\a-c0-9eE+.\-ntrufalse ]{0,40}"#)| {
            if read(&text).is_ok() {
                let common = serde_json::from_str::<serde_json::Value>(&text);
                prop_assert!(common.is_ok(), "{}", text);
            }
        });
    }
}
