// Writes the test strings of all tokenizers. See README.md. The generator is seeded, so the file is reproducible.
import fs from "fs";
import small from "../sample.mjs";
import { families, writeGzip } from "./families.mjs";

let state = 2463534242;
const random = n => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };
const pick = list => list[random(list.length)];
const repeat = (n, make) => Array.from({ length: n }, (_, index) => make(index));
const code = (from, to) => String.fromCodePoint(from + random(to - from + 1));

const sentences = ["All human beings are born free and equal in dignity and rights.", "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
  "Tous les êtres humains naissent libres et égaux en dignité et en droits.", "Todos los seres humanos nacen libres e iguales en dignidad y derechos.",
  "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti.", "Todos os seres humanos nascem livres e iguais em dignidade e em direitos.",
  "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren.", "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
  "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.", "Minden emberi lény szabadon születik és egyenlő méltósága és joga van.",
  "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.", "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.",
  "Toate ființele umane se nasc libere și egale în demnitate și în drepturi.", "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
  "Все люди рождаются свободными и равными в своём достоинстве и правах.", "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
  "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.", "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։",
  "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.", "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
  "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.", "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
  "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।", "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।",
  "எல்லா மனிதர்களும் சுதந்திரமாகவே பிறக்கின்றனர்; மதிப்பிலும் உரிமைகளிலும் சமமானவர்கள்.", "మానవులందరూ స్వేచ్ఛతోనూ సమానమైన గౌరవంతోనూ హక్కులతోనూ జన్మిస్తారు.",
  "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ", "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် မွေးဖွားလာသူများ ဖြစ်သည်။",
  "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
  "人人生而自由，在尊严和权利上一律平等。", "人人生而自由，在尊嚴和權利上一律平等。", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.", "Binadamu wote wamezaliwa huru, hadhi na haki zao ni sawa.",
  "ሰው፡ሁሉ፡ሲወለድ፡ነጻና፡በክብርና፡በመብትም፡እኩልነት፡ያለው፡ነው።", "སྐྱེ་རིགས་ལ་རང་དབང་ཡོད།"];

const snippets = ["def f(x: int) -> int:\n    return x ** 2  # square\n", "for (int i = 0; i < n; ++i) {\n\tsum += a[i];\n}\n", "public static void Main(string[] args) => Console.WriteLine($\"{args.Length:N0}\");",
  "SELECT a.id, COUNT(*) FROM t AS a WHERE a.x >= 10.5 GROUP BY 1;\n", "<div class=\"row\"><a href='/x?y=1&amp;z=2'>Link</a></div>", "{\"key\": [1, 2.50, -3e-7, null, true], \"nested\": {\"a\\n\": \"\\u00e9\"}}",
  "#include <stdio.h>\r\nint main(void){\r\n  printf(\"%d\\n\", 0xFF);\r\n}\r\n", "let add = (a, b) => { return a?.b ?? b; };", "\\frac{\\partial f}{\\partial x} = \\sum_{i=1}^{n} x_i^2", "git commit -m \"fix: don't\" && ls -la ~/src/*.rs | grep -v '^d'",
  "if x == 1:\n\n\n        pass\n\telse:\n  \t  y()\n", "# Heading\n\n* item\n  1. sub\n\n```sh\n$ cd ..\n```\n", "0b1010 0o17 1_000_000 .5e10 1e-5f 12ULL", "import numpy as np;x=np.zeros((3,4))[:,None]", "a<-b;c|>d;e::f;g!=h;i<=j;k&&l||m;n//o/*p*/q", "Lorem\tipsum\t\tdolor\t\t\tsit\n\n\n\namet\r\n\r\n  ."];

const addresses = ["https://www.example.org:8080/a/b.html?q=%E2%9C%93&x=1#top", "ftp://user:pass@host/~dir/", "mailto:Jane.Doe+tag@sub.example.co.uk", "192.168.0.1/24", "2001:db8::8a2e:370:7334", "C:\\Users\\me\\file.txt", "/usr/lib/x86_64-linux-gnu/libc.so.6", "doi:10.1000/182", "ISBN 978-3-16-148410-0", "+49 (0)30 1234-5678", "2024-02-29T23:59:60.123Z", "$1,234,567.89", "€12,50", "50%–75%", "1st 2nd 3rd 4th", "v1.2.3-rc.1+build.5", "#FF00AA", "e=mc²", "½ ⅓ ⅞", "Ⅻ ⅻ"];

const contractions = ["I'm", "I'M", "you'll", "YOU'LL", "he's", "HE'S", "we've", "We'Ve", "they're", "THEY'RE", "don't", "DON'T", "she'd", "SHE'D", "it’s", "o'clock", "'tis", "y'all'd've", "rock'n'roll", "'S", "'RE", "x'lly", "''s", "'ſ", "I'ſ", "'", "s'", "isn 't", "l'été", "d'Art", "K'K"];

const emoji = ["😀", "😂😂😂", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪🇫🇷", "1️⃣", "❤️‍🔥", "☺️", "☹︎", "🫠", "🧑🏿‍🚀", "✈️", "©️", "🀄", "♟︎", "⌚", "🎉🎊", "🙂‍↔️"];

const marks = ["e\u0301", "a\u0308\u0304", "o\u0323\u0302", "n\u0303", "\u0301", "\u0301a", "A\u030a", "\u212b", "\u2126", "\uac00\u11a8", "\u1100\u1161\u11a8", "q\u0307\u0323", "q\u0323\u0307", "\u0958", "\u0928\u093c", "\u05e9\u05bc\u05c1", "\u0627\u0653", "Z\u0351\u036b\u0343a\u0348l\u0332g\u0348o", "\u1e9b\u0323", "\u2adc", "\ufb1d", "\u0344", "\u0f73", "\ud834\udd5e", "\uf900", "\ud87e\udc00", "e\u0327\u0301", "\u00e9\u0327", "e\u200d\u0301", "\u0cc6\u0cc2\u0cd5"];

const spaces = [" ", "  ", "   ", "    ", "\t", "\n", "\r\n", "\n\n", "\r", "\u00a0", "\u1680", "\u2002", "\u2003", "\u2009", "\u200a", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff", "\u0085", "\u000b", "\u000c", "\u001c", "\u001f", "\u180e", "\u2581", "\u2581\u2581", "Ġ", "Ċ"];

const invisible = [...repeat(32, index => String.fromCodePoint(index)), "\u007f", ...repeat(32, index => String.fromCodePoint(0x80 + index)), "\u00ad", "\u061c", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\ufff9", "\ufffc", "\ufffd", "\uffff", "\ufdd0", "\ue000", "\u{f0000}", "\u{10fffd}", "\u{10ffff}", "\u{e0001}"];

const markers = ["<s>", "</s>", "<unk>", "<|endoftext|>", "<|begin_of_text|>", "<|eot_id|>", "<|im_start|>user", "<think>", "</think>", "a <think> b", "<think><think>", "<tool_call>\n{}\n</tool_call>", "x<|fim_prefix|>y", "<think", "think>", "<|file_sep|>\n", " <think>é</think> ", "<0x0A>", "<0xFF>a", "[INST] x [/INST]", "▁<s>", "<s>▁", "\n</think>\n\n"];

const words = ["cat", "Movie", "flow", "p53", "42", "2024", "3.5", "10000", "'s", "'RE", "-", "--", ".", ",", "...", "é", "Straße", "мир", "日本", "हि", "ि", "😀", "👍🏽", "_", "(", ")", "\u00a0", "%", "A", "xyz", "0", "\u0301", "中文", "ไทย", "한국", "مرحبا", "ⅷ", "²", "𝟘𝟙", "𐐀", "𠮷", "½", "\u0000", "\u200d", "''", "Ω", "ß", "İ", "ſ", "ǅ", "𝒜𝒷"];

// Letters of every Unicode script.
const scripts = fs.readFileSync(new URL("scripts.txt", import.meta.url), "utf8").trim().split(/\s+/).map(name => {
  const letter = new RegExp(`^\\p{Script=${name}}$`, "u"), letters = [];
  for (let point = 0; point <= 0x323af; point++) {
    if ((point < 0xd800 || point > 0xdfff) && letter.test(String.fromCodePoint(point))) letters.push(String.fromCodePoint(point));
  }
  return letters;
});
const word = letters => repeat(1 + random(7), () => pick(letters)).join("");
const ofScript = letters => repeat(1 + random(5), () => word(letters)).join(pick([" ", " ", ", ", "-"]));

// Pieces of each vocabulary.
const surfaces = Object.values(families).flatMap(family => {
  const pieces = family.surfaces().filter(piece => piece.length > 0 && !piece.includes("\ufffd"));
  return repeat(125, () => repeat(1 + random(4), () => pick(pieces)).join(""));
});

const blocks = repeat(200, () => { const start = 16 * random(0x3200); return repeat(2 + random(8), () => code(start, start + 63)).join(""); })
  .filter(text => text.isWellFormed());
const pairs = (list, n, between = spaces) => repeat(n, () => pick(list) + pick(between) + pick(list));
const numbers = repeat(60, () => repeat(1 + random(12), () => pick("0123456789,.-+e ".split(""))).join("")).concat(["٣٤٥٦", "१२३४५", "๑๒๓", "１２３４", "𝟘𝟙𝟚𝟛", "①②③④", "½¾¼", "ⅠⅡⅢ", "123456789012", "१a٣"]);
const long = ["a".repeat(300), "ab".repeat(150), "1".repeat(100), "=".repeat(120), "-".repeat(77), "_".repeat(64), ".".repeat(65), " ".repeat(97), "\n".repeat(33), "\t".repeat(21), "the".repeat(60), "ha".repeat(71), "あ".repeat(80), "中".repeat(50), "👍".repeat(30), "A1".repeat(50), " x".repeat(70), "▁".repeat(20), "\r\n".repeat(17), "xX_".repeat(40), "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "ACGT".repeat(60), "0x" + "DEADBEEF".repeat(12), "aGVsbG8gd29ybGQh".repeat(8), "ß".repeat(40), "é".repeat(60), "e\u0301".repeat(25)];

const corpus = fs.readFileSync(process.argv[2], "utf8").trim().split("\n").map(line => JSON.parse(line).text);
const real = repeat(200, () => pick(corpus).split(" . ")).map(parts => pick(parts).slice(0, 220)).filter(text => text.length > 20);

const texts = [...small, ...sentences, ...sentences.map(text => text.toUpperCase()), ...snippets, ...addresses, ...contractions, ...emoji, ...marks, ...markers, ...long, ...numbers, ...real,
  ...spaces.flatMap(space => [space, "a" + space + "b", space + "Word", "Word" + space]), ...invisible.map(sign => "a" + sign + "b" + sign), ...invisible.filter((_, index) => index % 3 === 0),
  ...scripts.flatMap(letters => [ofScript(letters), ofScript(letters)]), ...surfaces, ...blocks,
  ...pairs(contractions, 40), ...pairs(emoji, 40), ...pairs(marks, 60), ...pairs(addresses, 20), ...pairs(snippets, 20),
  ...repeat(250, () => repeat(2 + random(8), () => random(3) === 0 ? pick(spaces) : pick(words)).join(""))];
const distinct = [...new Set(texts)].filter(text => text.length > 0 && text.isWellFormed());
writeGzip("strings.json.gz", JSON.stringify(distinct));
console.log(distinct.length, "strings,", distinct.join("").length, "characters");
