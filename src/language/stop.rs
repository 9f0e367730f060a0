//! Words that carry no content: they are in every text, so they find nothing.
//!
//! Question words are among them; what they ask for is read before they go (see `answer::question`). The lists are
//! folded with our own folding once, so that `فى` and `في` need one line.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

const ARABIC: &str = "
في فى من إلى على عن مع حتى منذ مذ خلال عبر بين لدى عند نحو حول دون بدون سوى غير ضد تجاه أمام خلف فوق تحت قبل بعد أثناء
و أو أم ثم بل لكن ف ب ل ك س لا ما لم لن ليس ليست إن أن إنَّ كأن لعل ليت إذ إذا إذن لو لولا لما كي لكي حيث حين حينما
عندما بينما كلما مهما أينما بعدما قبلما كما مما عما فيما ممن عمن
هو هي هم هن هما أنا نحن أنت أنتم أنتن أنتما إياه
هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك ذاك أولئك ذا ذي هنا هناك هنالك كذلك لذلك بذلك ولذلك وذلك وهو وهي وهم
الذي التي الذين اللذان اللذين اللتان اللتين اللاتي اللواتي اللائي والذي والتي والذين للذي للتي بالذي بالتي
كان كانت كانوا كنا كنت يكون تكون يكونون وكان وكانت سيكون ستكون أكون نكون ليكون لتكون كونه كونها
قد لقد فقد وقد سوف قط أبدا فقط أيضا جدا كل بعض جميع كلا كلتا أي أية أيّ نفس ذات ذو
له لها لهم لهن لهما لك لكم لنا لي به بها بهم بهما بنا بك بي فيه فيها فيهم فيهما منه منها منهم منهما عنه عنها عنهم
عليه عليها عليهم عليهما إليه إليها إليهم إليك علي معه معها معهم لديه لديها لديهم عنده عندها بينهم بينهما بينها
ضمن ومن وفي وعلى وإلى وعن ومع وما ولا ولم ولن وليس وأن وإن وكما وقبل وبعد ولكن فإن فإنه فإنها وأنه وأنها أنه أنها
أنهم إنه إنها إنهم لأن لأنه لأنها بأن بأنه بأنها وكل وهذا وهذه عليك هل أ ال
";

const ARABIC_QUESTION: &str = "
متى أين من ماذا ما كم كيف لماذا لم أي أية أيّ هل لمن بماذا بم فيم مم عم علام إلام أنى أيان كيفية ومتى وأين وكيف ولماذا
لماذا فمتى بكم وكم ومن منهو ماهو ماهي ماهى منهي ماهوا
";

const ENGLISH: &str = "
a an the and or but nor so yet if then than as of at by for from in into on onto to with without within through
throughout during after before since until till upon about above below over under between among against toward towards
across along around behind beside besides beyond despite except per via amid ago once each every either neither both
this that these those there here it its itself he him his himself she her hers herself they them their theirs
themselves i me my mine myself we us our ours ourselves you your yours yourself
am is are was were be been being do does did doing done have has had having will would shall should can could may might
must ought not no yes also just only very too quite rather even still such own same other another any some all most
more less much many few several up down out off again further because while although though whether however therefore
thus hence etc eg ie dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt im ive hes shes theyre thats
s t re ve ll d m one ones
please tell know let get got mr mrs ms
";

const ENGLISH_QUESTION: &str = "
who whom whose what which when where why how whats whos wheres whens
";

fn folded(lists: [&str; 2]) -> HashSet<String> {
    lists
        .iter()
        .flat_map(|list| list.split_whitespace())
        .map(fold)
        .collect()
}

static STOP_ARABIC: LazyLock<HashSet<String>> = LazyLock::new(|| folded([ARABIC, ARABIC_QUESTION]));
static STOP_ENGLISH: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded([ENGLISH, ENGLISH_QUESTION]));

/// Words that look like a particle attached to a stop word and are none: eclipse (كسوف) is not «like» and «shall».
const WHOLE: &str = "
كسوف كحول فلكي فعلي بلدي كائن كهل كوفي كولا كولن كلان كاليه لبان لآلئ بوليس باليه بالي باني بوما بيكون بليس فحول
";

static WHOLE_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded([WHOLE, ""]));

/// Whether a folded word carries no content, in Arabic; a particle may be attached to it.
pub fn is_arabic(word: &str) -> bool {
    STOP_ARABIC.contains(word)
        || !WHOLE_WORDS.contains(word)
            && word
                .strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])
                .is_some_and(|rest| {
                    (rest.chars().nth(2).is_some() || SHORT.contains(&rest))
                        && STOP_ARABIC.contains(rest)
                })
}

/// Stop words of two letters that are still ones with a particle attached (بأي, لمن): فهم and وهم are not.
const SHORT: [&str; 5] = ["اي", "كل", "ما", "من", "هل"];

/// Whether a folded word carries no content, in English.
pub fn is_english(word: &str) -> bool {
    STOP_ENGLISH.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_folded() {
        assert!(is_arabic(&fold("فى")) && is_arabic(&fold("إلى")) && is_arabic(&fold("متى")));
        assert!(is_english("which") && !is_english("treaty"));
        assert!(!is_arabic("كتاب"));
        assert!(is_arabic(&fold("ولماذا")) && is_arabic(&fold("بأي")));
    }

    #[test]
    fn words_that_only_look_like_a_particle_with_a_stop_word_stay() {
        for word in WHOLE.split_whitespace() {
            assert!(!is_arabic(&fold(word)), "{word}");
        }
    }
}
