import { createHash } from 'node:crypto'
import {
  type Bytes,
  BytesError,
  DecodeError,
  forEachWindow,
  mappedBytes,
  memoryBytes,
  sliceBytes,
} from '@messlatte/bytes'
import type { DamageNote, MapPart, UnknownRegion } from '@messlatte/model'
import {
  type Batch,
  type ContainerFormat,
  type EntryMeta,
  type Format,
  FormatError,
  type KeyMaterial,
  type LeafFormat,
  type Region,
  type Sink,
  type StreamFormat,
} from './contract.ts'
import { describeBytes } from './entropy.ts'
import { Growing } from './growing.ts'
import { Inlays, type Part } from './inlays.ts'
import { BudgetError, type Counters, LimitError, type Limits } from './limits.ts'
import { encodePath, encodeText } from './names.ts'
import { findPadding } from './padding.ts'
import { createScanner, type Scanner } from './scan.ts'
import { emptyTally, keep, limitHit, type Tally } from './tally.ts'
import type { Found, Visitor } from './visitor.ts'

/** Work that another thread may take over: a content of its own, or batches of a container. */
export interface Later {
  content?(work: ContentWork): boolean
  batches?(work: RegionWork, batches: Iterable<Batch<unknown>>): boolean
}

/** A content that is to be looked into. */
export interface ContentWork {
  readonly path: string
  readonly bytes: Bytes
  readonly depth: number
  /** Its container says that it is one, see `EntryMeta`. */
  readonly program: boolean
}

/** A region whose batches are to be read. */
export interface RegionWork {
  readonly path: string
  readonly format: string
  readonly bytes: Bytes
  readonly region: Region
  readonly depth: number
}

export interface WalkOptions {
  readonly formats: readonly Format[]
  readonly limits: Limits
  readonly counters: Counters
  readonly visitor: Visitor
  /** What the user can decrypt. */
  readonly keys: readonly KeyMaterial[]
  /** Nest paths that did harm in an earlier run and are left out. */
  readonly skip: ReadonlySet<string>
  readonly later: Later
  /** Told which content or region is being read, before anything hostile happens to it. */
  readonly now: (path: string) => void
}

/** Contents of at least so many bytes are offered to other threads. */
const WORTH_SHARING = 4 * 1024 * 1024
/** Bytes of a content whose memory is given back at once, not when the engine gets round to it. */
const WORTH_RECLAIMING = 256 * 1024 * 1024
/** What a stream that breaks off must have delivered to count as one; less is chance. */
const CONVINCING = 4096
/** Bytes of a stretch in which something without a magic is looked for. */
const LEAST_SOUGHT = 64
/** Bytes of holes that cost the run as much as one of content: they are only passed over. */
const HOLES_PER_BYTE = 4
/** Partitions that a map names; tables have far fewer. */
const MOST_PARTS = 256
/** A tail behind a recognised structure that is not worth a search. */
const SMALL_TAIL = 512

interface Content {
  readonly path: string
  readonly root: string
  readonly inner: string
  readonly meta: EntryMeta | undefined
  readonly bytes: Bytes
  readonly depth: number
  readonly program: boolean
  readonly keep: () => Bytes
}

type SeekingFormat = Format & Required<Pick<Format, 'candidates'>>

interface Recognised {
  readonly format: Format
  readonly region: Region
  readonly stream?: { readonly content: Growing; readonly name: string }
}

/** Walks through contents and containers of one thread. Everything that it meets goes to the visitor and the tally. */
export class Walk {
  tally: Tally = emptyTally()
  readonly #options: WalkOptions
  readonly #scanner: Scanner
  readonly #byName: ReadonlyMap<string, Format>
  readonly #spreading: readonly Format[]
  readonly #seeking: readonly SeekingFormat[]
  readonly #arenas: Uint8Array[] = []

  constructor(options: WalkOptions) {
    this.#options = options
    this.#scanner = createScanner(options.formats)
    this.#byName = new Map(options.formats.map((format) => [format.name, format]))
    this.#spreading = options.formats.filter(({ spreads }) => spreads)
    this.#seeking = options.formats.filter(
      (format): format is SeekingFormat => format.candidates !== undefined,
    )
  }

  /** A file of the release. */
  releaseFile(name: string, bytes: Bytes, directory = ''): void {
    const path = directory === '' ? name : `${directory}/${name}`
    this.#guard(path, () => {
      this.#countFile(bytes.size)
      this.#content(
        {
          path,
          root: directory,
          inner: name,
          meta: undefined,
          bytes,
          depth: 0,
          program: false,
          keep: () => bytes,
        },
        true,
      )
    })
  }

  /** A member of a directory of the release: `meta` as the host's file system tells it. */
  releaseEntry(directory: string, meta: EntryMeta, bytes: Bytes | undefined): void {
    const sink = this.#sink({
      path: directory,
      format: '',
      bytes: memoryBytes(new Uint8Array(0)),
      region: { start: 0, end: 0 },
      depth: 0,
    })
    if (bytes) this.#member(directory, meta, bytes, 0, () => bytes)
    else sink.entry(meta)
  }

  /** What `later.content` was offered. */
  deferredContent(work: ContentWork): void {
    this.#options.now(work.path)
    this.#guard(work.path, () => this.#regions(work, false))
  }

  /** What `later.batches` was offered. */
  deferredBatch(work: RegionWork, plan: unknown): void {
    const format = this.#byName.get(work.format) as ContainerFormat
    this.#options.now(work.path)
    this.#guard(work.path, () => format.read(work.bytes, work.region, plan, this.#sink(work)))
  }

  #content(content: Content, image: boolean): void {
    const { path, bytes } = content
    const start = this.#scanner.startingAt(bytes, 0)
    const leaf = this.#leafOver(bytes, start)
    if (leaf && bytes.size - leaf.region.end < SMALL_TAIL) {
      this.#countFormat(leaf.format.name)
      if (image) this.#map(path, leaf.region, leaf.format.name)
      this.#show(content, 'file', leaf.format.name, false)
      this.#examine(path, bytes, leaf)
      return
    }
    if (!image && !leaf && start.length === 0 && !this.#worthSearching(bytes)) {
      this.#show(content, 'file', undefined, false)
      return
    }
    const work: ContentWork = { path, bytes, depth: content.depth, program: content.program }
    if (start.length > 0 && bytes.size >= WORTH_SHARING && this.#options.later.content) {
      const kept = { ...work, bytes: content.keep() }
      if (this.#options.later.content(kept)) {
        this.#show(content, 'file', undefined, true)
        return
      }
    }
    const covered = this.#regions(work, image)
    this.#show(content, 'file', leaf?.format.name, covered)
  }

  /** The first format that recognises the start, where that is a leaf: programs and kernels begin with the same magic. */
  #leafOver(bytes: Bytes, formats: readonly Format[]): Recognised | undefined {
    if (!formats.some(({ kind }) => kind === 'leaf')) return undefined
    for (const format of formats) {
      if (format.kind === 'stream') return undefined
      const region = this.#safely(() => format.recognise(bytes, 0))
      if (region) return format.kind === 'leaf' ? { format, region } : undefined
    }
    return undefined
  }

  /** Text and tiny files hold no containers. */
  #worthSearching(bytes: Bytes): boolean {
    if (bytes.size < 16) return false
    const head = bytes.view(0, Math.min(512, bytes.size))
    return head.some(
      (byte) => byte === 0 || byte >= 0xf5 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13),
    )
  }

  /** Opens all structures that lie in a content; says whether there were any. */
  #regions(work: ContentWork, image: boolean): boolean {
    const { bytes } = work
    let done = 0
    let any = false
    const gaps: Region[] = []
    const inlays = new Inlays()
    for (
      let at: number | undefined = 0;
      at !== undefined && at < bytes.size;
      at = this.#scanner.next(bytes, at)
    ) {
      const found = this.#recogniseAt(work, at)
      if (!found) {
        at++
        continue
      }
      if (found.format.inlaid) {
        inlays.append(found.format.name, found.region)
        at = found.region.end
        continue
      }
      if (at > done) gaps.push({ start: done, end: at })
      any = true
      this.#open(work, found)
      done = Math.max(found.region.end, at + 1)
      at = done
    }
    if (done < bytes.size) gaps.push({ start: done, end: bytes.size })
    inlays.settle()
    const left = this.#seek(work, gaps, inlays)
    any ||= left !== gaps
    if (any || image) for (const gap of left) this.#gap(work, gap, inlays, any)
    return any
  }

  /** Opens what has no magic in stretches that no magic claims; gives what is left: the same list where nothing was found. */
  #seek(work: ContentWork, gaps: readonly Region[], inlays: Inlays): readonly Region[] {
    let left = gaps
    for (const format of this.#seeking) {
      const parts = left.map((gap) => this.#seekOne(format, work, gap, inlays))
      inlays.settle()
      if (parts.some((part) => part !== undefined))
        left = parts.flatMap((part, index) => part ?? [left[index] as Region])
    }
    return left
  }

  /** One pass over a stretch; undefined where nothing was found. */
  #seekOne(
    format: SeekingFormat,
    work: ContentWork,
    gap: Region,
    inlays: Inlays,
  ): readonly Region[] | undefined {
    if (gap.end - gap.start < LEAST_SOUGHT) return undefined
    const left: Region[] = []
    let done = gap.start
    for (const at of format.candidates(work.bytes, gap)) {
      if (at < done || at >= gap.end || inlays.hold(at)) continue
      const found = this.#recogniseAs(format, work, at)
      if (!found || found.region.end > gap.end) continue
      if (format.inlaid) {
        inlays.append(format.name, found.region)
        continue
      }
      if (at > done) left.push({ start: done, end: at })
      this.#open(work, found)
      done = found.region.end
    }
    if (done === gap.start) return undefined
    if (done < gap.end) left.push({ start: done, end: gap.end })
    return left
  }

  #recogniseAt(work: ContentWork, at: number): Recognised | undefined {
    const spreading = at === 0 ? this.#spreading : []
    for (const format of [...spreading, ...this.#scanner.startingAt(work.bytes, at)]) {
      if (at > 0 && !format.carve) continue
      const recognised = this.#recogniseAs(format, work, at)
      if (recognised) return recognised
    }
    return undefined
  }

  #recogniseAs(format: Format, work: ContentWork, at: number): Recognised | undefined {
    if (format.kind === 'stream') return this.#decodeStream(format, work, at)
    const region = this.#safely(() => format.recognise(work.bytes, at))
    return region && region.end > at ? { format, region } : undefined
  }

  /** A stream is recognised by decoding it: that is the only way to know that it is one, and where it ends. */
  #decodeStream(format: StreamFormat, work: ContentWork, at: number): Recognised | undefined {
    const { limits, skip } = this.#options
    const path = stepPath(work.path, at, format.name)
    if (!this.#safely(() => format.recognise(work.bytes, at))) return undefined
    if (skip.has(path)) return undefined
    if (work.depth >= limits.depth) {
      keep(this.tally.limits, limitHit('depth', path))
      return undefined
    }
    this.#options.now(path)
    const content = new Growing(limits.artefact, work.bytes.size - at, limits.ratio)
    const name = this.#safely(() => format.contentName?.(work.bytes, at))
    let end = work.bytes.size
    try {
      const result = format.decode(work.bytes, at, (chunk) => {
        this.#options.counters.addBytes(chunk.length)
        content.write(chunk)
      })
      const broken = result.problem && result.problem.code !== 'checksum'
      if (broken && (format.onlyWhole || content.length < CONVINCING)) return undefined
      end = result.end
      if (result.problem) this.#damage(path, damageCode(result.problem.code), result.problem.message)
    } catch (error) {
      if (!(error instanceof LimitError)) {
        if (error instanceof BudgetError) throw error
        return undefined
      }
      keep(this.tally.limits, limitHit(error.limit, path))
    }
    this.tally.bytes += content.length
    return { format, region: { start: at, end }, stream: { content, name: streamContentName(name) } }
  }

  #map(path: string, { start, end }: Region, format: string, parts: readonly MapPart[] = []): void {
    const told = { path, offset: start, length: end - start, kind: 'format', format } as const
    keep(this.tally.map, parts.length > 0 ? { ...told, parts } : told)
  }

  /** The named parts of a region, and what lies between them. */
  #partsOf(path: string, bytes: Bytes, format: Format, region: Region): readonly MapPart[] {
    if (format.kind !== 'container' || !format.parts) return []
    const parts: MapPart[] = []
    const add = ({ start, end }: Region, name?: string) => {
      if (end <= start) return
      const filled = findPadding(bytes, { start, end }).rest.length === 0
      const kind = filled
        ? ({ kind: 'padding' } as const)
        : ({ kind: 'format', format: format.name } as const)
      parts.push({ path, offset: start, length: end - start, ...kind, ...(name !== undefined && { name }) })
    }
    const named = this.#safely(() => [...(format.parts?.(bytes, region) ?? [])]) ?? []
    let done = region.start
    for (const part of named.sort((a, b) => a.start - b.start).slice(0, MOST_PARTS)) {
      if (part.start < done || part.end > region.end) continue
      add({ start: done, end: part.start })
      add(part, encodePath(part.name))
      done = part.end
    }
    if (parts.length > 0) add({ start: done, end: region.end })
    return parts
  }

  #open({ path: holder, bytes, depth, program }: ContentWork, found: Recognised): void {
    const { format, region, stream } = found
    if (depth === 0) this.#map(holder, region, format.name, this.#partsOf(holder, bytes, format, region))
    const path = stepPath(holder, region.start, format.name)
    this.#countFormat(format.name)
    const whole = sliceBytes(bytes, region.start, region.end - region.start)
    this.#show(
      {
        path,
        root: holder,
        inner: '',
        meta: undefined,
        bytes: whole,
        depth,
        program: false,
        keep: () => whole,
      },
      'region',
      format.name,
      true,
    )
    if (stream) {
      this.#countFile(0)
      const inner = stream.content.bytes()
      this.#guard(path, () =>
        this.#content(
          {
            path: `${path}/${stream.name}`,
            root: path,
            inner: stream.name,
            meta: undefined,
            bytes: inner,
            depth: depth + 1,
            program,
            keep: () => inner,
          },
          false,
        ),
      )
    } else if (format.kind === 'leaf') {
      this.#examine(path, bytes, found)
    } else if (format.kind === 'container') {
      this.#container({ path, format: format.name, bytes, region, depth: depth + 1 }, format)
    }
  }

  #examine(path: string, bytes: Bytes, { format, region }: Recognised): void {
    const { examine } = format as LeafFormat
    this.#guard(path, () => examine?.(bytes, region, (code, message) => this.#damage(path, code, message)))
  }

  #container(work: RegionWork, format: ContainerFormat): void {
    const { limits, skip, later } = this.#options
    if (skip.has(work.path)) return
    if (work.depth > limits.depth) {
      keep(this.tally.limits, limitHit('depth', work.path))
      return
    }
    this.#options.now(work.path)
    this.#guard(work.path, () => {
      const sink = this.#sink(work)
      const batches = format.open(work.bytes, work.region, sink.problem, this.#options.keys)
      if (work.region.end - work.region.start >= WORTH_SHARING / 4 && later.batches?.(work, batches)) return
      for (const batch of batches) {
        this.#options.counters.check()
        this.#guard(work.path, () => format.read(work.bytes, work.region, batch.plan, sink))
      }
    })
  }

  #sink(work: RegionWork): Sink {
    const problem: Sink['problem'] = (code, message, path) =>
      this.#damage(path === undefined ? work.path : `${work.path}/${encodePath(path)}`, code, message)
    const named = (meta: EntryMeta) => `${work.path}/${encodePath(meta.path)}`
    return {
      problem,
      keys: this.#options.keys,
      entry: (meta) => {
        this.#options.counters.addEntry()
        const bytes = memoryBytes(new Uint8Array(0))
        this.#show(
          this.#memberContent(work.path, meta, bytes, work.depth, () => bytes),
          meta.type,
          undefined,
          false,
        )
      },
      file: (meta, size, fill) => {
        this.#guard(named(meta), () => {
          const content = this.#room(work.depth, size)
          this.#options.counters.addBytes(size)
          fill(content)
          const bytes = memoryBytes(content)
          this.#member(work.path, meta, bytes, work.depth, () =>
            isShared(content) ? bytes : memoryBytes(shared(content)),
          )
        })
      },
      slice: (meta, at, length) => {
        this.#guard(named(meta), () => {
          const bytes = sliceBytes(work.bytes, at, length)
          this.#options.counters.addBytes(length)
          this.#member(work.path, meta, bytes, work.depth, () => bytes)
        })
      },
      mapped: (meta, size, extents) => {
        this.#guard(named(meta), () => {
          const { limits, counters } = this.#options
          if (!(size <= limits.bytes)) throw new LimitError('artefact', `${size} bytes`)
          const bytes = mappedBytes(work.bytes, size, extents)
          const told = extents.reduce((sum, { length }) => sum + length, 0)
          counters.addBytes(told + Math.floor((size - told) / HOLES_PER_BYTE))
          this.#member(work.path, meta, bytes, work.depth, () => bytes)
        })
      },
      stream: (meta, decode) => {
        const path = named(meta)
        if (this.#options.skip.has(path)) return
        this.#options.now(path)
        let size = 0
        this.#guard(path, () => {
          const { limits } = this.#options
          const growing = new Growing(limits.artefact, work.region.end - work.region.start, limits.ratio)
          try {
            const end = decode((chunk) => {
              this.#options.counters.addBytes(chunk.length)
              growing.write(chunk)
            })
            if (end.problem) this.#damage(path, damageCode(end.problem.code), end.problem.message)
          } catch (error) {
            if (!(error instanceof LimitError)) throw error
            keep(this.tally.limits, limitHit(error.limit, path))
          }
          const bytes = growing.bytes()
          size = bytes.size
          this.#member(work.path, meta, bytes, work.depth, () => bytes)
        })
        if (size >= WORTH_RECLAIMING) globalThis.gc?.()
      },
    }
  }

  #member(root: string, meta: EntryMeta, bytes: Bytes, depth: number, keepBytes: () => Bytes): void {
    this.#options.counters.addEntry()
    this.#countFile(bytes.size)
    this.#content(this.#memberContent(root, meta, bytes, depth, keepBytes), false)
  }

  #memberContent(
    root: string,
    meta: EntryMeta,
    bytes: Bytes,
    depth: number,
    keepBytes: () => Bytes,
  ): Content {
    const inner = encodePath(meta.path)
    const path = inner === '' ? root : `${root}/${inner}`
    return { path, root, inner, meta, bytes, depth, program: meta.program === true, keep: keepBytes }
  }

  #gap(work: ContentWork, gap: Region, inlays: Inlays, separate: boolean): void {
    const parts = [...inlays.split(gap)]
    const told = parts.map((part) => this.#tellPart(work, part))
    if (!separate) return
    const only = parts.length === 1 ? told[0] : undefined
    for (const { start, end } of only ?? findPadding(work.bytes, gap).rest) {
      const alone = parts.find(
        (part) => part.inlaid !== undefined && part.start === start && part.end === end,
      )
      const bytes = sliceBytes(work.bytes, start, end - start)
      const path = stepPath(work.path, start, alone?.inlaid ?? 'unknown')
      this.#show(
        {
          path,
          root: work.path,
          inner: '',
          meta: undefined,
          bytes,
          depth: work.depth,
          program: false,
          keep: () => bytes,
        },
        'unknown',
        undefined,
        false,
      )
    }
  }

  /** Accounts for a part of a stretch that was not opened; gives what of it is no padding. */
  #tellPart(work: ContentWork, part: Part): readonly Region[] {
    if (part.inlaid !== undefined) {
      this.#countFormat(part.inlaid)
      if (work.depth === 0) this.#map(work.path, part, part.inlaid)
      return [part]
    }
    const padding = findPadding(work.bytes, part)
    this.tally.paddingBytes += padding.bytes
    if (work.depth === 0) this.#mapGap(work.path, part, padding.rest)
    for (const { start, end } of padding.rest) {
      const described = describeBytes(work.bytes, start, end - start)
      if (work.program && !isOpaque(described.guess)) continue
      this.tally.unknownBytes += end - start
      keep(this.tally.unknown, { path: work.path, offset: start, length: end - start, ...described })
    }
    return padding.rest
  }

  #mapGap(path: string, gap: Region, rest: readonly Region[]): void {
    let done = gap.start
    const add = (kind: MapPart['kind'], offset: number, end: number) => {
      if (end > offset) keep(this.tally.map, { path, offset, length: end - offset, kind })
    }
    for (const { start, end } of rest) {
      add('padding', done, start)
      add('unknown', start, end)
      done = end
    }
    add('padding', done, gap.end)
  }

  #show(content: Content, type: Found['type'], format: string | undefined, covered: boolean): void {
    this.tally.artefacts++
    let digest: string | undefined
    this.#options.visitor.visit({
      path: content.path,
      root: content.root,
      inner: content.inner,
      type,
      meta:
        content.meta && content.meta.target !== undefined
          ? { ...content.meta, target: encodeText(content.meta.target) }
          : content.meta,
      format,
      bytes: content.bytes,
      covered,
      sha256: () => (digest ??= digestOf(content.bytes)),
      keep: content.keep,
    })
  }

  /** Room for one content; each depth has its own, because a content is read while its members are. */
  #room(depth: number, size: number): Uint8Array {
    const { limits } = this.#options
    if (!(size <= limits.artefact)) throw new LimitError('artefact', `${size} bytes`)
    if (size > 4 * WORTH_SHARING) return new Uint8Array(new SharedArrayBuffer(size))
    let arena = this.#arenas[depth]
    if (!arena || arena.length < size) {
      arena = new Uint8Array(Math.max(256 * 1024, 2 ** Math.ceil(Math.log2(size + 1))))
      this.#arenas[depth] = arena
    }
    return arena.subarray(0, size).fill(0)
  }

  #countFile(bytes: number): void {
    this.tally.files++
    this.tally.bytes += bytes
  }

  #countFormat(name: string): void {
    this.tally.formats[name] = (this.tally.formats[name] ?? 0) + 1
  }

  #damage(path: string, code: DamageNote['code'], message: string): void {
    keep(this.tally.damage, { path, code, message })
  }

  #safely<T>(attempt: () => T): T | undefined {
    try {
      return attempt()
    } catch (error) {
      if (isExpected(error)) return undefined
      throw error
    }
  }

  /** Whatever goes wrong costs this path and nothing else; only the run's own budget ends everything. */
  #guard(path: string, attempt: () => void): void {
    try {
      attempt()
    } catch (error) {
      if (error instanceof BudgetError) throw error
      if (error instanceof LimitError) keep(this.tally.limits, limitHit(error.limit, path))
      else if (error instanceof FormatError) this.#damage(path, error.code, error.message)
      else if (error instanceof DecodeError) this.#damage(path, damageCode(error.code), error.message)
      else if (error instanceof BytesError) this.#damage(path, 'truncated', error.message)
      else keep(this.tally.limits, limitHit('crash', path))
    }
  }
}

export function stepPath(holder: string, at: number, format: string): string {
  return `${holder}@0x${at.toString(16)}:${format}`
}

function streamContentName(name: string | undefined): string {
  const last = encodePath(name ?? '')
    .split('/')
    .at(-1)
  return last === undefined || last === '' ? 'content' : last
}

/** Within a program, too, what looks like this is nothing that its container spoke of. */
function isOpaque(guess: UnknownRegion['guess']): boolean {
  return guess === 'compressed' || guess === 'compressed-or-encrypted'
}

function damageCode(code: DecodeError['code']): DamageNote['code'] {
  switch (code) {
    case 'truncated':
    case 'checksum':
    case 'unsupported':
      return code
    case 'corrupt':
    case 'output-full':
      return 'structure'
  }
}

function isExpected(error: unknown): boolean {
  return error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError
}

function isShared(content: Uint8Array): boolean {
  return content.buffer instanceof SharedArrayBuffer
}

function shared(content: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(content.length))
  copy.set(content)
  return copy
}

export function digestOf(bytes: Bytes): string {
  const hash = createHash('sha256')
  forEachWindow(bytes, 0, bytes.size, 256 * 1024, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}
