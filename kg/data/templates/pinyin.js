// First letters of the sounds of Chinese characters, so that "sgzy" finds a name without an input method.
// The browser's own order of sounds gives them: each letter begins at the first character it sorts there.

const SOUND_LETTERS = "abcdefghjklmnopqrstwxyz";
const SOUND_STARTS = [..."阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀"];
const bySound = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
const soundsKnown = SOUND_STARTS.every((start, at) => at === 0 || bySound.compare(SOUND_STARTS[at - 1], start) < 0);
const letterOf = new Map();

function soundLetter(character) {
  if (/[a-z0-9]/.test(character)) return character;
  if (!/\p{Script=Han}/u.test(character)) return "";
  if (!letterOf.has(character)) {
    let low = 0;
    let high = SOUND_STARTS.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (bySound.compare(SOUND_STARTS[middle], character) <= 0) low = middle;
      else high = middle;
    }
    letterOf.set(character, SOUND_LETTERS[low]);
  }
  return letterOf.get(character);
}

/** First letters of a folded name, or "" where the browser has no order of sounds. */
const initials = (name) => (soundsKnown ? Array.from(name, soundLetter).join("") : "");
