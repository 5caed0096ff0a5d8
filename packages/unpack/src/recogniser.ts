import type { Bytes } from '@messlatte/bytes'
import type { ContentWork } from './content.ts'
import type { Format, Region, StreamFormat } from './contract.ts'
import type { Findings } from './findings.ts'
import { Growing } from './growing.ts'
import { BudgetError, LimitError } from './limits.ts'
import { encodePath, stepPath } from './names.ts'
import { damageCode, safely } from './safely.ts'
import { createScanner, type Scanner } from './scan.ts'
import type { WalkOptions } from './walk.ts'

/** What a stream that breaks off must have delivered to count as one; less is chance. */
const CONVINCING = 4096
/** A tail behind a recognised structure that is not worth a search. */
const SMALL_TAIL = 512

/** A structure that a format holds for its own. */
export interface Recognised {
  readonly format: Format
  readonly region: Region
  readonly stream?: { readonly content: Growing; readonly name: string }
}

/** A format that finds for itself where it may begin. */
export type SeekingFormat = Format & Required<Pick<Format, 'candidates'>>

/** Says what begins at a place, and where it ends. */
export class Recogniser {
  readonly seeking: readonly SeekingFormat[]
  readonly #options: WalkOptions
  readonly #findings: Findings
  readonly #scanner: Scanner
  readonly #spreading: readonly Format[]

  constructor(options: WalkOptions, findings: Findings) {
    this.#options = options
    this.#findings = findings
    this.#scanner = createScanner(options.formats)
    this.#spreading = options.formats.filter(({ spreads }) => spreads)
    this.seeking = options.formats.filter(
      (format): format is SeekingFormat => format.candidates !== undefined,
    )
  }

  /** The next place from `at` on at which something may begin. */
  next(bytes: Bytes, at: number): number | undefined {
    return this.#scanner.next(bytes, at)
  }

  /** The first format that recognises the start, where that is a leaf: programs and kernels begin with the same magic. */
  leafOver(bytes: Bytes, formats: readonly Format[]): Recognised | undefined {
    if (!formats.some(({ kind }) => kind === 'leaf')) return undefined
    for (const format of formats) {
      if (format.kind === 'stream') return undefined
      const region = safely(() => format.recognise(bytes, 0))
      if (region) return format.kind === 'leaf' ? { format, region } : undefined
    }
    return undefined
  }

  /** Whether nothing behind a recognised structure is worth a search: little is there, and nothing begins right behind it. */
  endsWith(bytes: Bytes, end: number): boolean {
    return bytes.size - end < SMALL_TAIL && this.#scanner.startingAt(bytes, end).length === 0
  }

  /** The formats whose magic stands at a place. */
  formatsAt({ bytes, within }: Pick<ContentWork, 'bytes' | 'within'>, at: number): readonly Format[] {
    const formats = this.#scanner.startingAt(bytes, at)
    return at === 0 && within !== undefined ? formats.filter(({ name }) => name !== within) : formats
  }

  /** What begins at a place. */
  at(work: ContentWork, at: number): Recognised | undefined {
    const spreading = at === 0 ? this.#spreading : []
    for (const format of [...spreading, ...this.formatsAt(work, at)]) {
      if (at > 0 && !format.carve) continue
      const recognised = this.as(format, work, at)
      if (recognised) return recognised
    }
    return undefined
  }

  /** What begins there, if it is of this format. */
  as(format: Format, work: ContentWork, at: number): Recognised | undefined {
    if (format.kind === 'stream') return this.#decodeStream(format, work, at)
    const { keys } = this.#options
    const region = safely(() =>
      format.kind === 'container' ? format.recognise(work.bytes, at, keys) : format.recognise(work.bytes, at),
    )
    return region && region.end > at ? { format, region } : undefined
  }

  /** A stream is recognised by decoding it: that is the only way to know that it is one, and where it ends. */
  #decodeStream(format: StreamFormat, work: ContentWork, at: number): Recognised | undefined {
    const { limits, skip } = this.#options
    const path = stepPath(work.path, at, format.name)
    if (!safely(() => format.recognise(work.bytes, at))) return undefined
    if (skip.has(path)) return undefined
    if (work.depth >= limits.depth) {
      this.#findings.limit('depth', path)
      return undefined
    }
    this.#options.now(path)
    const content = new Growing(limits.artefact, work.bytes.size - at, limits.ratio)
    const name = safely(() => format.contentName?.(work.bytes, at))
    let end = work.bytes.size
    try {
      const result = format.decode(work.bytes, at, (chunk) => {
        this.#options.counters.addBytes(chunk.length)
        content.write(chunk)
      })
      const broken = result.problem && result.problem.code !== 'checksum'
      if (broken && (format.onlyWhole || content.length < CONVINCING)) return undefined
      end = result.end
      if (result.problem) this.#findings.damage(path, damageCode(result.problem.code), result.problem.message)
    } catch (error) {
      if (!(error instanceof LimitError)) {
        if (error instanceof BudgetError) throw error
        return undefined
      }
      this.#findings.limit(error.limit, path)
    }
    this.#findings.tally.bytes += content.length
    return { format, region: { start: at, end }, stream: { content, name: streamContentName(name) } }
  }
}

function streamContentName(name: string | undefined): string {
  const last = encodePath(name ?? '')
    .split('/')
    .at(-1)
  return last === undefined || last === '' ? 'content' : last
}
