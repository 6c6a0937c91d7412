// Test strings for tokenizers. The generator is seeded, so the file is reproducible.
// See README.md.
let state = 12345;
const random = n => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };
const pick = list => list[random(list.length)];
const fixed = ["cat", " cat", "  cat", "cat ", "cat  ", "Cat", "THE CAT'S MOVIE", "isn't it?", "they're we've I'm I'd you'll", "don''t",
  "p53", "P53 apoE4", "apoE4-/- mice", "COVID-19", "SARS-CoV-2", "3.14159", "1,000,000", "2020-2021", "x=1", "foo_bar", "a/b\\c", "C++ & C#",
  "e-mail: a.b@c.org", "https://example.org/a?b=c&d=%20", "(brackets) [and] {braces}", "...", "!?!", "--", "—", "“quoted”", "‘single’", "it’s",
  "\t", " ", "   ", "\n", "\r\n", " \n ", "a\nb", "a\r\nb", "a\tb", "a  b", "a   b", "a \n b", "\ta", "\n\na\n\n", "a\u00a0b", "\u00a0a", "a\u3000b", "\u2028a",
  "a\u200bb", "\u200da", "zero\u00adwidth", "\u0000", "a\u0001b", "\u007f",
  "café", "cafe\u0301", "naïve", "ÄÖÜ äöü ß", "Straße", "STRASSE", "Ångström", "Łódź", "Ñandú", "œuvre Æther",
  "Привет, мир!", "ПРИВЕТ", "Ελληνικά", "αβγ", "עברית", "مرحبا بالعالم", "नमस्ते दुनिया", "ไทย ภาษา", "日本語", "東京都は日本の首都", "中文 文本", "한국어 텍스트", "ｆｕｌｌ ｗｉｄｔｈ", "ﬁne ligature", "①②③", "½ ¾", "x² + y³", "Ⅷ ⅷ", "x𝒜y", "𠮷野家", "Σ", "ǅ", "𐐀a", "a\u0085b", "ẞ", "a\u180eb", "\u10a0 x", "٣٤٥", "१२३",
  "😀", "😀😃", "a😀b", " 😀 ", "👍🏽", "👨‍👩‍👧", "🇩🇪", "❤️", "☃", "✓ done", "→ ←", "∑∫√", "$5 €6 £7 ¥8", "50%", "#tag @user", "§ 12", "°C", "±0.5 µm",
  "<s>", "</s>", "<|endoftext|>", "[CLS] [MASK]", "Ġ", "Ċ", "ĠĠ", "\ufffd", "\ufeffbom", "\ue000 private",
  "aerodynamics of a wing in a slipstream .", "Boundary-layer control", "the the the", "thethethe", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1111111111111111", "________", "..........", "Pneumonoultramicroscopicsilicovolcanoconiosis",
  "supersonic/hypersonic flow", "re-entry", "Mach 2.5", "mach2.5", "U.S.A.", "Ph.D.", "O'Neill", "rock 'n' roll", "'tis", "'s", "s'", "a'b'c", "I'LL", "' s"];
const parts = ["cat", "Movie", "flow", "p53", "42", "3.5", "'s", "'", "-", ".", ",", " ", "  ", "\n", "\t", "é", "Straße", "мир", "日本", "हि", "ि", "😀", "👍🏽", "_", "(", ")", "\u00a0", "%", "A", "xyz", "0"];
const texts = [...fixed];
while (texts.length < 320) texts.push(Array.from({ length: 2 + random(9) }, () => pick(parts)).join(""));
export default [...new Set(texts)].filter(text => text.length > 0);
