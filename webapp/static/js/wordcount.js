/* The number that Microsoft Word's 字数 shows for a text; the rule, its sources and its table of examples are in
   foundation/wordcount.py and tests/foundation/test_wordcount.py, which holds this file to the same answers. */
(function (scope) {
  "use strict";

  const HANGUL = "\\u1100-\\u11ff\\u3131-\\u318e\\ua960-\\ua97f\\uac00-\\ud7ff";
  const WIDE =
    "\\u2e80-\\u2fdf\\u2ff0-\\u2fff\\u3001-\\u3130\\u318f-\\ua4cf\\ue000-\\ufaff\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff01-\\uffee" +
    "\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}\\u{1f200}-\\u{1f2ff}\\u{20000}-\\u{3ffff}";
  const EMOJI = "\\u{1f300}-\\u{1faff}";
  const FLAG = "\\u{1f1e6}-\\u{1f1ff}";
  const SHARED =
    "\\u00a1\\u00a4\\u00a7\\u00a8\\u00af-\\u00b1\\u00b4\\u00b6-\\u00b8\\u00bf\\u00d7\\u00f7" +
    "\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20cf\\u2100-\\u2bff";
  const BLANK = " \\t\\n\\v\\f\\r\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  const INVISIBLE = new RegExp(
    "[\\u0000-\\u0008\\u000e-\\u001f\\u007f\\u00ad\\u0300-\\u036f\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f" +
      "\\ufe00-\\ufe0f\\ufeff\\u{1f3fb}-\\u{1f3ff}\\u{e0000}-\\u{e01ef}]",
    "gu"
  );
  const PARAGRAPH = /[\n\r\v\f\u0085\u2028\u2029]+/u;
  const EAST_ASIAN = new RegExp(`[${WIDE}]`, "u");
  const LETTER = "[0-9A-Za-z\\u00c0-\\u024f]";
  const LATIN_JOINT = new RegExp(`(${LETTER})[\\u2010\\u2011\\u2019](?=${LETTER})`, "gu");
  const JOINED = `[${EMOJI}](?:\\u200d[${EMOJI}${SHARED}])*|[${FLAG}]{2}`;
  const IN_CHINESE = new RegExp(
    `([${WIDE}${SHARED}])|${JOINED}|[${HANGUL}]+|[^${BLANK}${WIDE}${SHARED}${HANGUL}${EMOJI}${FLAG}]+|[${FLAG}]`,
    "gu"
  );
  const ELSEWHERE = new RegExp(`${JOINED}|[${HANGUL}]+|[^${BLANK}${HANGUL}${EMOJI}${FLAG}]+|[${FLAG}]`, "gu");

  function count(paragraph) {
    const chinese = EAST_ASIAN.test(paragraph);
    const readable = chinese ? paragraph.replace(LATIN_JOINT, "$1-") : paragraph;
    return (readable.match(chinese ? IN_CHINESE : ELSEWHERE) || []).length;
  }

  scope.exemplarWordCount = function exemplarWordCount(text) {
    return String(text)
      .replace(INVISIBLE, "")
      .split(PARAGRAPH)
      .reduce((sum, paragraph) => sum + count(paragraph), 0);
  };
})(globalThis);
