//! How Latin letters sound in Arabic ones, and what it costs to read a name so.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What Latin letters may sound like in Arabic letters, and what that costs. One line a sound or several: the Latin
/// chunks, a colon, then Arabic chunks; a number is the cost of the chunks before it up to the last number. `∅` is
/// nothing, `^` and `$` are the edges of the word. Digits are letters in chats (see `arabizi`).
const SOUNDS: &str = "
∅: ء.2 ا و ي.45 ع.5 ه.8 ل1.3
$: ه$.3
^: ^ا.3
a: ا.05 ∅.25 ع.3 ه ي.5
e: ∅ ي.1 ا ه.4 ع.6 و.9
i: ي.05 اي.2 ∅.25 ا ع.6
o: و.05 ∅.25 ا.5 ع.6
u: و.05 ∅.25 ا.4 ع.6 ي.8
b: ب0 ف.9
c: ك0 س.2 ث ج.5 تش ش ق.6
d: د0 ض.4 ذ.5 ∅.9
f: ف0 ب.9
g: ج غ0 خ.4 ق ك.5
h: ه0 ح.2 ∅.4
j: ج0 خ ش ي.5
k: ك0 ق.2 خ.4 غ.5
l: ل0 ∅1
m: م0
n: ن0 ∅1
p: ب0 ف1
q: ق0 ك.3
r: ر0 ∅1
s: س0 ص.25 ز.4 ش.6
t: ت0 ط.2 ∅.9
v: ف0 ب و.5
w: و0 ف.25 ∅.4
x: كس0 ز.3 ∅.5 خ س ش.6
y: ي0 اي.15 ∅.5 ج1
z: ز0 س.4 ظ.5 تس ذ.6
^a ^e ^i ^o ^u: ^ا0
a$: ه$.05
e$: $.02
s$ es$: $.5
ous: وس0
ah: ه.02
eh: ه.1
aa: ا0 ع.2
uu oo ou: و0
ea ee: ي0
ae: ا اي ي.2
ai ay: اي ي.1 ا.4
ei ey: اي ي.1
au aw ow: او و.1
eu: و يو.1
ue: و ي.2
oa oe: و.2
ia: يا.05
io: يو.05
eo: يو.1
ie: ي0
sh sch: ش0 تش.3
ch: تش ش0 خ ك.3
tch: تش0 ش.3
cz: تش0 ز.4
th: ث0 ت.3 ذ ظ.4
dh: ذ ض0 د ظ.3
kh: خ0 ق ك.6
gh: غ0 ج.1 ∅ ف.5
ph: ف0
zh dj dg: ج0
ck kk: ك0
cc: ك0 تش.3 كس.3
qu: كو0 ك.2
gu: ج غ.1
ge: ج.1
gg: ج غ0
ce: س.1 تش.4 تشي.3
sc: س ش.4
ci: تش ش.4
ti: ش.8
ts: تس0 ز.3
tz: تز تس0
cch: ك.1 تش.3
eau$ eaux$ ault$ ot$ aud$: و.05
et$ er$ ez$: يه.15 ي.25
ert$: ير.2
oi oy: وا.1
se$ se: ز.2 س.02
zz: ز0 تز تس.2
gn: ني.2
kn: ن.2
ng: نغ0 نج.1 نق.2 نك.2
wh: و0
mc: مك0
ll: ل0 ي.7
2: ء0 ا ي و ∅.2 ق.3
3: ع0 ا.6
5: خ0
6: ط0
7: ح0 ه.5
8: غ ق.2
9: ص ق.2
";

/// What an unlisted letter for letter, a dropped or an added letter costs.
const UNLISTED: f32 = 1.3;

/// What it costs more not to write the vowel that a name ends with, which Arabic writes always (Marino is no مارين), or the
/// last vowel before its end, which Arabic writes mostly (Kamal is كمال rather than كامل).
const UNWRITTEN_END: f32 = 0.3;
const UNWRITTEN_LAST: f32 = 0.1;

/// One way in which a Latin chunk sounds.
struct Sound {
    /// The Arabic letters, at most two; 0 stands for none.
    arabic: [u16; 2],
    /// How many letters they are.
    length: usize,
    starts: bool,
    ends: bool,
    cost: f32,
}

/// The sounds of every Latin chunk, by the chunk.
static TABLE: LazyLock<HashMap<Vec<char>, Vec<Sound>>> = LazyLock::new(|| {
    let mut table: HashMap<Vec<char>, Vec<Sound>> = HashMap::new();
    for line in SOUNDS.lines().filter(|line| !line.is_empty()) {
        let (latin, arabic) = line.split_once(": ").expect("a colon parts the two sides");
        let mut waiting = Vec::new();
        let mut sounds = Vec::new();
        for word in arabic.split(' ') {
            let at = word
                .find(|c: char| c.is_ascii_digit() || c == '.')
                .unwrap_or(word.len());
            let (chunk, cost) = word.split_at(at);
            waiting.push(chunk);
            if let Ok(cost) = cost.parse::<f32>() {
                sounds.extend(waiting.drain(..).map(|chunk| (chunk, cost)));
            }
        }
        assert!(waiting.is_empty(), "every chunk has a cost: {line}");
        for chunk in latin.split(' ') {
            for (arabic, cost) in &sounds {
                let both = [chunk, *arabic];
                let mut sounds = arabic_letters(arabic.trim_matches(['^', '$', '∅'])).into_iter();
                table.entry(letters(chunk)).or_default().push(Sound {
                    length: sounds.len(),
                    arabic: [sounds.next().unwrap_or(0), sounds.next().unwrap_or(0)],
                    starts: both.iter().any(|side| side.starts_with('^')),
                    ends: both.iter().any(|side| side.ends_with('$')),
                    cost: *cost,
                });
            }
        }
    }
    table
});

fn letters(chunk: &str) -> Vec<char> {
    chunk
        .chars()
        .filter(|c| !matches!(c, '^' | '$' | '∅'))
        .collect()
}

/// What it costs to read a folded Latin word as a folded Arabic one: 0 where every letter sounds alike.
pub fn cost(latin: &str, arabic: &str) -> f32 {
    let letters = arabic_letters(arabic);
    Spoken::new(latin).cheapest(&letters, f32::INFINITY, &mut Vec::new())
}

/// The letters of a folded Arabic word as the table has them; every Arabic letter is below U+FFFF.
pub(super) fn arabic_letters(word: &str) -> Vec<u16> {
    word.chars()
        .map(|c| u16::try_from(u32::from(if c == 'ة' { 'ه' } else { c })).unwrap_or(u16::MAX))
        .collect()
}

/// A Latin name with all ways in which its chunks sound, looked up once for many Arabic words.
pub(super) struct Spoken {
    pub(super) n_letters: usize,
    /// For every letter: how many letters a chunk beginning there has, and how it sounds.
    sounds: Vec<Vec<(usize, &'static Sound, f32)>>,
}

impl Spoken {
    pub(super) fn new(latin: &str) -> Self {
        let table = &*TABLE;
        let letters: Vec<char> = latin.chars().filter(char::is_ascii_alphanumeric).collect();
        let n = letters.len();
        let mut sounds: Vec<Vec<(usize, &'static Sound, f32)>> = Vec::with_capacity(n + 1);
        let is_vowel = |c: &char| matches!(c, 'a' | 'i' | 'o' | 'u');
        let last_vowel = letters.iter().rposition(is_vowel);
        for start in 0..=n {
            let mut here = Vec::new();
            for length in 0..=3.min(n - start) {
                let chunk = &letters[start..start + length];
                here.extend(
                    table
                        .get(chunk)
                        .into_iter()
                        .flatten()
                        .map(|sound| (length, sound)),
                );
                // A doubled consonant sounds as the single one.
                if let [first, second] = chunk
                    && first == second
                    && !matches!(first, 'a' | 'e' | 'i' | 'o' | 'u')
                {
                    here.extend(
                        table
                            .get(&chunk[..1])
                            .into_iter()
                            .flatten()
                            .filter(|sound| !sound.ends)
                            .map(|sound| (2, sound)),
                    );
                }
            }
            here.retain(|(length, sound)| {
                (!sound.starts || start == 0) && (!sound.ends || start + length == n)
            });
            let unwritten = |length: usize, sound: &Sound| {
                if length != 1 || sound.length != 0 || Some(start) != last_vowel {
                    0.0
                } else if start + 1 == n {
                    UNWRITTEN_END
                } else {
                    UNWRITTEN_LAST
                }
            };
            sounds.push(
                here.into_iter()
                    .map(|(length, sound)| (length, sound, sound.cost + unwritten(length, sound)))
                    .collect(),
            );
        }
        Self {
            n_letters: n,
            sounds,
        }
    }

    /// The cheapest way to cut the name and an Arabic word into chunks that sound alike; gives up (infinity) where every
    /// way costs more than `limit`. What `best` holds before and after does not matter.
    pub(super) fn cheapest(&self, arabic: &[u16], limit: f32, best: &mut Vec<f32>) -> f32 {
        let (n, m) = (self.n_letters, arabic.len());
        // `best[i * width + j]`: the cheapest reading of the first i Latin letters as the first j Arabic ones.
        let width = m + 1;
        best.clear();
        best.resize((n + 1) * width, f32::INFINITY);
        best[0] = 0.0;
        // A chunk steps over at most two rows, so three hopeless rows end the search.
        let mut hopeless = 0;
        for i in 0..=n {
            let mut least = f32::INFINITY;
            for j in 0..=m {
                let here = best[i * width + j];
                if here > limit {
                    continue;
                }
                least = least.min(here);
                let mut reach = |to_i: usize, to_j: usize, cost: f32| {
                    if to_i <= n && to_j <= m {
                        let there = &mut best[to_i * width + to_j];
                        *there = there.min(here + cost);
                    }
                };
                reach(i + 1, j + 1, UNLISTED);
                reach(i + 1, j, UNLISTED);
                reach(i, j + 1, UNLISTED);
                for (length, sound, cost) in &self.sounds[i] {
                    let to_j = j + sound.length;
                    let sounds_so = match sound.length {
                        0 => true,
                        1 => j < m && arabic[j] == sound.arabic[0],
                        _ => {
                            to_j <= m
                                && arabic[j] == sound.arabic[0]
                                && arabic[j + 1] == sound.arabic[1]
                        }
                    };
                    if sounds_so && (!sound.starts || j == 0) && (!sound.ends || to_j == m) {
                        reach(i + length, to_j, *cost);
                    }
                }
            }
            hopeless = if least > limit { hopeless + 1 } else { 0 };
            if hopeless == 3 {
                return f32::INFINITY;
            }
        }
        best[n * width + m]
    }
}
