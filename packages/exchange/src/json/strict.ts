import type { Json, Text } from '@messlatte/model'

/** Entries of one list. What we write stays below: readers of containers are bounded. */
const MOST_ENTRIES = 500_000
/** Characters of one text. */
const MOST_TEXT = 100_000

/** Says where in a file what stands there is not what this program writes. */
export class JsonError extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.name = 'JsonError'
    this.text = text
  }
}

/** A value of a file of ours that somebody may have changed, and where it stands; whoever reads it says what should be there. */
export class StrictJson {
  readonly #value: unknown
  readonly #where: string

  /** @throws JsonError */
  static parse(text: string): StrictJson {
    try {
      return new StrictJson(JSON.parse(text), '')
    } catch {
      throw new JsonError({
        en: 'is not JSON; was it cut off?',
        de: 'ist kein JSON; wurde es abgeschnitten?',
      })
    }
  }

  private constructor(value: unknown, where: string) {
    this.#value = value
    this.#where = where
  }

  get isNull(): boolean {
    return this.#value === null
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#record(), key)
  }

  at(key: string): StrictJson {
    const record = this.#record()
    return new StrictJson(Object.hasOwn(record, key) ? record[key] : undefined, `${this.#where}/${key}`)
  }

  entries(): readonly (readonly [string, StrictJson])[] {
    return Object.entries(this.#record())
      .slice(0, MOST_ENTRIES)
      .map(([key, value]) => [key, new StrictJson(value, `${this.#where}/${shortened(key)}`)] as const)
  }

  list<T>(read: (one: StrictJson) => T): readonly T[] {
    if (!Array.isArray(this.#value)) throw this.#wrong({ en: 'a list', de: 'eine Liste' })
    if (this.#value.length > MOST_ENTRIES)
      throw this.#wrong({
        en: `a list of at most ${MOST_ENTRIES} entries`,
        de: `eine Liste von höchstens ${MOST_ENTRIES} Einträgen`,
      })
    return this.#value.map((one, index) => read(new StrictJson(one, `${this.#where}/${index}`)))
  }

  text(): string {
    if (typeof this.#value !== 'string' || this.#value.length > MOST_TEXT)
      throw this.#wrong({ en: 'a text', de: 'ein Text' })
    return this.#value
  }

  textOrNull(): string | null {
    return this.isNull ? null : this.text()
  }

  digest(): string {
    if (typeof this.#value !== 'string' || !/^[0-9a-f]{64}$/.test(this.#value))
      throw this.#wrong({ en: 'a SHA-256', de: 'eine SHA-256' })
    return this.#value
  }

  count(): number {
    if (!Number.isSafeInteger(this.#value) || (this.#value as number) < 0)
      throw this.#wrong({ en: 'a whole number', de: 'eine ganze Zahl' })
    return this.#value as number
  }

  truth(): boolean {
    if (typeof this.#value !== 'boolean') throw this.#wrong({ en: 'true or false', de: 'true oder false' })
    return this.#value
  }

  truthOrNull(): boolean | null {
    return this.isNull ? null : this.truth()
  }

  scalarOrNull(): number | string | null {
    return this.isNull || typeof this.#value === 'number' ? (this.#value as number | null) : this.text()
  }

  oneOf<T extends string>(known: readonly T[]): T {
    const value = known.find((one) => one === this.#value)
    if (value === undefined)
      throw this.#wrong({ en: `one of ${known.join(', ')}`, de: `eines von ${known.join(', ')}` })
    return value
  }

  oneOfOrNull<T extends string>(known: readonly T[]): T | null {
    return this.isNull ? null : this.oneOf(known)
  }

  json(): Json {
    if (this.#value === undefined) throw this.#wrong({ en: 'a value', de: 'ein Wert' })
    return this.#value as Json
  }

  #record(): Record<string, unknown> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value))
      throw this.#wrong({ en: 'an object', de: 'ein Objekt' })
    return this.#value as Record<string, unknown>
  }

  #wrong({ en, de }: Text): JsonError {
    const where = this.#where || '/'
    return new JsonError({
      en: `${where}: ${en} should stand here`,
      de: `${where}: hier sollte stehen: ${de}`,
    })
  }
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
