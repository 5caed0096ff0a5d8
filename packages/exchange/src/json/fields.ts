import type { Language, Text } from '@messlatte/model'
import { JsonSyntaxError, type Located, parseLocated } from './located.ts'

/** What is wrong with a file, and where: line (from 1) and field (`overrides[2].to`; empty for the whole). */
export interface Problem {
  readonly line: number
  readonly field: string
  readonly message: Text
}

/** Beyond this many the rest of a file is most likely wrong for the same reason. */
const MOST_PROBLEMS = 20

/** A file that does not hold what it should. Each line of the message names the file, the line and the field. */
export class FileProblems extends Error {
  readonly problems: readonly Problem[]
  readonly text: Text

  constructor(name: string, problems: readonly Problem[]) {
    const text = { en: linesOf(name, problems, 'en'), de: linesOf(name, problems, 'de') }
    super(text.en)
    this.name = 'FileProblems'
    this.problems = problems
    this.text = text
  }
}

function linesOf(name: string, problems: readonly Problem[], language: Language): string {
  return problems
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ line, field, message }) =>
        `${name}:${line}: ${field === '' ? '' : `${field}: `}${message[language]}`,
    )
    .join('\n')
}

/** Reads a JSON file field by field and collects all that is wrong with it. Throws FileProblems. */
export function readFields<Value>(name: string, text: string, read: (root: Field) => Value): Value {
  const problems: Problem[] = []
  try {
    const value = read(new Field(parseLocated(text), '', problems))
    if (problems.length === 0) return value
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new FileProblems(name, [{ line: error.line, field: '', message: error.text }])
  }
  throw new FileProblems(name, problems)
}

/** One value of a file. A wrong one is noted and read as an empty one, so that the next mistake is found too. */
export class Field {
  readonly #node: Located | undefined
  readonly #path: string
  readonly #line: number
  readonly #problems: Problem[]

  constructor(node: Located | undefined, path: string, problems: Problem[], line = node?.line ?? 1) {
    this.#node = node
    this.#path = path
    this.#line = line
    this.#problems = problems
  }

  get exists(): boolean {
    return this.#node !== undefined && this.#node.kind !== 'null'
  }

  problem(message: Text): void {
    this.#problems.push({ line: this.#line, field: this.#path, message })
  }

  /** Members by name; a name that is not in the list is a mistake (of spelling, most often). */
  object<Name extends string>(names: readonly Name[]): Readonly<Record<Name, Field>> {
    const members = this.#node?.kind === 'object' ? this.#node.members : new Map<string, Located>()
    if (this.#node?.kind !== 'object') this.problem(this.#wanted({ en: 'an object', de: 'ein Objekt' }))
    for (const [name, node] of members) {
      if (!(names as readonly string[]).includes(name))
        this.#child(name, node).problem({
          en: `is not known here; the fields are ${names.join(', ')}`,
          de: `ist hier nicht bekannt; die Felder sind ${names.join(', ')}`,
        })
    }
    return Object.fromEntries(names.map((name) => [name, this.#child(name, members.get(name))])) as Record<
      Name,
      Field
    >
  }

  /** All members, for objects whose names are data. */
  entries(): readonly (readonly [string, Field])[] {
    if (!this.exists) return []
    if (this.#node?.kind !== 'object') {
      this.problem(this.#wanted({ en: 'an object', de: 'ein Objekt' }))
      return []
    }
    return [...this.#node.members].map(([name, node]) => [name, this.#child(name, node)])
  }

  /** Items; none where it is absent. */
  list<Item>(read: (item: Field) => Item): readonly Item[] {
    if (!this.exists) return []
    if (this.#node?.kind !== 'array') {
      this.problem(this.#wanted({ en: 'a list', de: 'eine Liste' }))
      return []
    }
    return this.#node.items.map((node, at) => read(new Field(node, `${this.#path}[${at}]`, this.#problems)))
  }

  string(): string {
    if (this.#node?.kind === 'string' && this.#node.value.trim() !== '') return this.#node.value
    this.problem(this.#wanted({ en: 'a text', de: 'ein Text' }))
    return ''
  }

  /** A text that may be empty. */
  plain(): string {
    if (this.#node?.kind === 'string') return this.#node.value
    this.problem(this.#wanted({ en: 'a text', de: 'ein Text' }))
    return ''
  }

  boolean(): boolean {
    if (this.#node?.kind === 'boolean') return this.#node.value
    this.problem(this.#wanted({ en: 'true or false', de: 'true oder false' }))
    return false
  }

  /** A whole number from 1. */
  count(): number {
    const value = this.#node?.kind === 'number' ? this.#node.value : 0
    if (Number.isSafeInteger(value) && value > 0) return value
    this.problem(this.#wanted({ en: 'a whole number from 1', de: 'eine ganze Zahl ab 1' }))
    return 1
  }

  /** One of some words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    const value = this.#node?.kind === 'string' ? this.#node.value : undefined
    const known = words.find((word) => word === value)
    if (known !== undefined) return known
    this.problem(this.#wanted({ en: `one of ${words.join(', ')}`, de: `eines von ${words.join(', ')}` }))
    return words[0] as Word
  }

  /** A text that fits a pattern, described in words. */
  matching(pattern: RegExp, words: Text): string {
    const value = this.#node?.kind === 'string' ? this.#node.value : ''
    if (!pattern.test(value)) this.problem(this.#wanted(words))
    return value
  }

  /** A calendar day, ISO 8601. */
  day(): string {
    const value = this.#node?.kind === 'string' ? this.#node.value : ''
    const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value
    this.problem(
      this.#wanted({ en: 'a calendar day such as 2027-01-02', de: 'ein Kalendertag wie 2027-01-02' }),
    )
    return '1970-01-01'
  }

  /** `"one text"` for both languages, or `{"en": "…", "de": "…"}`. */
  text(): Text {
    if (this.#node?.kind !== 'object') {
      const one = this.string()
      return { en: one, de: one }
    }
    const { en, de } = this.object(['en', 'de'])
    return { en: en.string(), de: de.string() }
  }

  #child(name: string, node: Located | undefined): Field {
    return new Field(
      node,
      this.#path === '' ? name : `${this.#path}.${name}`,
      this.#problems,
      node?.line ?? this.#line,
    )
  }

  #wanted({ en, de }: Text): Text {
    return this.#node === undefined
      ? { en: `is missing: ${en}`, de: `fehlt: ${de}` }
      : { en: `must be ${en}`, de: `muss sein: ${de}` }
  }
}
