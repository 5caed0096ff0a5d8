/** A comparison of something called a password with a constant. */
export interface Comparison {
  readonly name: string
  readonly value: string
  /** Bytes from the start of the text to the constant. */
  readonly offset: number
  readonly user?: string
}

const NAME = String.raw`[\w$.>\-]{0,60}(?:\[["']|\(["'])?[\w-]{0,40}?(?:pass(?:word|wd|wort|phrase|code)?|pwd|psw|AUTH_PW)["'\])}]{0,4}(?:\.value|\.text)?`
/** `password == "x"` and its kin in C-like languages, Lua, Python and PHP. */
const EQUALS = new RegExp(
  String.raw`(?<![\w"'.>$-])\$?(${NAME})\s{0,3}(?:===?|eq)\s{0,3}(["'])((?:(?!\2)[^\\\n]){1,64})\2`,
  'gi',
)
/** `"x" == password`. */
const REVERSED = new RegExp(
  String.raw`(["'])((?:(?!\1)[^\\\n]){1,64})\1\s{0,3}(?:===?|eq)\s{0,3}\$?(${NAME})(?![\w(])`,
  'gi',
)
/** `strcmp(password, "x")`, `hash_equals("x", $password)` and the like. */
const CALLS = new RegExp(
  String.raw`\b(?:strcmp|strcasecmp|strncmp|hash_equals|compare_digest)\(\s{0,3}(?:\$?(${NAME})\s{0,3},\s{0,3}(["'])((?:(?!\2)[^\\\n]){1,64})\2|(["'])((?:(?!\4)[^\\\n]){1,64})\4\s{0,3},\s{0,3}\$?(${NAME}))`,
  'gi',
)
/** `[ "$PASS" = admin ]`. */
const SHELL =
  /\[\[?\s{1,3}["']?\$\{?(\w{0,40}(?:pass(?:word|wd|phrase|code)?|pwd|psw)\w{0,2})\}?["']?\s{1,3}==?\s{1,3}(["']?)([^"'\s\]$`]{1,64})\2\s/gi
const USER =
  /(?:user|login|name|account|uid|AUTH_USER)\w{0,10}["'\])}]{0,4}["']?(?:\.value)?\s{0,3}(?:===?|eq|=)\s{0,3}["']?([\w.@-]{1,64})["']?(?![\w(])/i

const MOST_LINE = 1000

/** Comparisons in a script, line by line; lines as minified code has them are passed over. */
export function* comparisonsIn(text: string, shell: boolean): Generator<Comparison> {
  let [offset, before] = [0, '']
  for (const line of text.split('\n')) {
    const start = offset
    offset += line.length + 1
    const known = before
    before = line
    if (
      line.length > MOST_LINE ||
      !/pass|pwd|psw|AUTH_PW/i.test(line) ||
      /^\s*(?:#|\/\/|--|\*|<!--|;)/.test(line)
    )
      continue
    const user = (USER.exec(line) ??
      (!/pass|pwd|psw/i.test(known) && /^\s*(?:if|elif|elseif|else if|&&)/.test(known)
        ? USER.exec(known)
        : null))?.[1]
    for (const { name, value, at } of shell ? shellMatches(line) : matches(line))
      yield { name, value, offset: start + at, ...(user === undefined ? {} : { user }) }
  }
}

interface Match {
  readonly name: string
  readonly value: string
  readonly at: number
}

function matches(line: string): readonly Match[] {
  return [
    ...[...line.matchAll(EQUALS)].map((match) => found(match, match[1], match[3])),
    ...[...line.matchAll(REVERSED)].map((match) => found(match, match[3], match[2])),
    ...[...line.matchAll(CALLS)].map((match) => found(match, match[1] ?? match[6], match[3] ?? match[5])),
  ]
}

function shellMatches(line: string): readonly Match[] {
  return [...line.matchAll(SHELL)].map((match) => found(match, match[1], match[3]))
}

function found(match: RegExpExecArray, name = '', value = ''): Match {
  return {
    name: name.replace(/[[(]+["']/g, '.').replace(/[^\w.$>-]|\.(?:value|text)$/g, ''),
    value,
    at: match.index + match[0].lastIndexOf(value),
  }
}
