import { type Bytes, joinedBytes, memoryBytes, sliceBytes } from '@messlatte/bytes'
import {
  baseName,
  type Content,
  type ContentWork,
  type HeldPart,
  headOf,
  memberContent,
  type RegionWork,
  type SharedContent,
  worthSearching,
} from './content.ts'
import type {
  Batch,
  ContainerFormat,
  EntryMeta,
  Format,
  KeyMaterial,
  LeafFormat,
  Region,
  Sink,
} from './contract.ts'
import { digestOf } from './digest.ts'
import { Findings } from './findings.ts'
import type { Inlays } from './inlays.ts'
import type { Counters, Limits } from './limits.ts'
import { namedParts } from './named-parts.ts'
import { encodePath, encodeText, stepPath } from './names.ts'
import { findPadding } from './padding.ts'
import { type Recognised, Recogniser } from './recogniser.ts'
import { openRegions } from './regions.ts'
import { Rooms } from './rooms.ts'
import { safely } from './safely.ts'
import { createSink, type Member } from './sink.ts'
import { placeOf } from './split/part.ts'
import type { PartSet } from './split/sets.ts'
import { emptyTally, type Tally } from './tally.ts'
import type { Found, Visitor } from './visitor.ts'

/** How much of the batches of a container others do; `some` is up to where the budget of members ends. */
export type TakenOver = 'all' | 'some' | 'none'

/** Work that another thread may take over: a content of its own, or batches of a container. */
export interface Later {
  content?(content: SharedContent): boolean
  batches?(work: RegionWork, batches: Iterable<Batch<unknown>>): TakenOver
  /** What may be a part of something larger, until all parts are known. */
  part?(part: HeldPart): boolean
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
/** As which parts of something larger stand in nest paths. */
const SPLIT = 'split'

/** Walks through contents and containers of one thread. Everything that it meets goes to the visitor and the tally. */
export class Walk {
  readonly #findings = new Findings()
  readonly #rooms: Rooms
  readonly #options: WalkOptions
  readonly #recogniser: Recogniser
  readonly #byName: ReadonlyMap<string, Format>

  constructor(options: WalkOptions) {
    this.#options = options
    this.#rooms = new Rooms(options.limits)
    this.#recogniser = new Recogniser(options, this.#findings)
    this.#byName = new Map(options.formats.map((format) => [format.name, format]))
  }

  /** What was found since the last call. */
  takeTally(): Tally {
    const { tally } = this.#findings
    this.#findings.tally = emptyTally()
    return tally
  }

  /** A file of the release. */
  releaseFile(name: string, bytes: Bytes, directory = ''): void {
    const path = directory === '' ? name : `${directory}/${name}`
    this.#findings.guard(path, () => {
      this.#findings.file(bytes.size)
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
    if (bytes) this.#member(directory, { meta, bytes, keep: () => bytes }, 0)
    else sink.entry(meta)
  }

  /** What `later.content` was offered. */
  deferredContent({ image, format, ...content }: SharedContent): void {
    this.#options.now(content.path)
    this.#findings.guard(content.path, () =>
      this.#search({ ...content, keep: () => content.bytes }, image, format),
    )
  }

  /** What `later.batches` was offered. */
  deferredBatch(work: RegionWork, plan: unknown): void {
    const format = this.#byName.get(work.format) as ContainerFormat
    this.#options.now(work.path)
    this.#findings.guard(work.path, () => format.read(work.bytes, work.region, plan, this.#sink(work)))
  }

  /** What `later.part` was offered: parts of one whole, or what turned out to have no others. */
  heldParts({ parts, whole, missing }: PartSet<HeldPart>): void {
    const [first] = parts
    if (!first) return
    for (const name of missing)
      this.#findings.damage(first.path, 'truncated', `the part ${encodePath(name)} is missing`)
    const path = stepPath(first.path, 0, SPLIT)
    if (parts.length > 1 && !this.#options.skip.has(path)) this.#split(path, parts, encodePath(whole))
    else
      for (const part of parts) {
        this.#options.now(part.path)
        this.#findings.guard(part.path, () => this.#settled({ ...part, keep: () => part.bytes }, part.image))
      }
  }

  /** Each part is accounted for by itself; what they are together is a content of its own. */
  #split(path: string, parts: readonly HeldPart[], whole: string): void {
    const [first] = parts as readonly [HeldPart]
    this.#findings.format(SPLIT)
    for (const part of parts) {
      if (part.depth === 0) this.#findings.region(part.path, { start: 0, end: part.size }, SPLIT)
      this.#show({ ...part, keep: () => part.bytes }, 'file', SPLIT, true)
    }
    this.#options.now(path)
    const bytes = joinedBytes(parts.map((part) => part.bytes))
    const of = { meta: undefined, bytes, program: false, keep: () => bytes }
    this.#findings.guard(path, () => {
      this.#show({ ...of, path, root: first.path, inner: '', depth: first.depth }, 'region', SPLIT, true)
      const inner = { ...of, path: `${path}/${whole}`, root: path, inner: whole, depth: first.depth + 1 }
      this.#findings.file(0)
      this.#settled(inner, first.image)
    })
  }

  #content(content: Content, image: boolean): void {
    if (!this.#holds(content, image)) this.#settled(content, image)
  }

  /** Whether a content waits until it is known which others belong to it. */
  #holds(content: Content, image: boolean): boolean {
    const { part } = this.#options.later
    const { bytes } = content
    if (!part || content.inner === '') return false
    const place = safely(() => placeOf(baseName(content), bytes))
    if (!place) return false
    const { keep: _keep, ...held } = content
    return part({ ...held, bytes: content.keep(), size: bytes.size, image, place, head: headOf(bytes) })
  }

  #settled(content: Content, image: boolean): void {
    const { path, bytes } = content
    // Searching it did harm before; what it is and its digest are still told.
    if (this.#options.skip.has(path)) {
      this.#show(content, 'file', undefined, false)
      return
    }
    const start = this.#recogniser.formatsAt(content, 0)
    const leaf = this.#recogniser.leafOver(bytes, start)
    if (leaf && this.#recogniser.endsWith(bytes, leaf.region.end)) {
      this.#findings.format(leaf.format.name)
      if (image) this.#findings.region(path, leaf.region, leaf.format.name)
      this.#show(content, 'file', leaf.format.name, false)
      this.#examine(path, bytes, leaf)
      return
    }
    if (!image && !leaf && start.length === 0 && !worthSearching(bytes)) {
      this.#show(content, 'file', undefined, false)
      return
    }
    const format = leaf?.format.name
    if (start.length > 0 && bytes.size >= WORTH_SHARING && this.#options.later.content) {
      const { keep, ...rest } = content
      const shared = { ...rest, bytes: keep(), image, ...(format !== undefined && { format }) }
      if (this.#options.later.content(shared)) return
    }
    this.#search(content, image, format)
  }

  /** Shows a content, with what lies in it. */
  #search(content: Content, image: boolean, format: string | undefined): void {
    const { path, bytes, depth, program, within } = content
    const covered = this.#regions({
      path,
      bytes,
      depth,
      program,
      image,
      ...(within !== undefined && { within }),
    })
    this.#show(content, 'file', format, covered)
  }

  /** Opens all structures that lie in a content; says whether there were any. */
  #regions(work: ContentWork): boolean {
    const { any, left, inlays } = openRegions(this.#recogniser, work, (found) => this.#open(work, found))
    if (any || work.image) for (const gap of left) this.#gap(work, gap, inlays, any)
    return any
  }

  #open({ path: holder, bytes, depth, program }: ContentWork, found: Recognised): void {
    const { format, region, stream } = found
    if (depth === 0)
      this.#findings.region(
        holder,
        region,
        format.name,
        namedParts(holder, bytes, format, region, this.#options.keys),
      )
    const path = stepPath(holder, region.start, format.name)
    this.#findings.format(format.name)
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
      this.#findings.file(0)
      const inner = stream.content.bytes()
      this.#findings.guard(path, () =>
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
    this.#findings.layouts(path, bytes, format, region)
    this.#findings.guard(path, () =>
      examine?.(bytes, region, (code, message) => this.#findings.damage(path, code, message)),
    )
  }

  #container(work: RegionWork, format: ContainerFormat): void {
    const { limits, skip, later } = this.#options
    if (skip.has(work.path)) return
    if (work.depth > limits.depth) {
      this.#findings.limit('depth', work.path)
      return
    }
    this.#options.now(work.path)
    this.#findings.layouts(work.path, work.bytes, format, work.region)
    this.#findings.guard(work.path, () => {
      const sink = this.#sink(work)
      const batches = format.open(work.bytes, work.region, sink.problem, this.#options.keys)
      const isShared = work.region.end - work.region.start >= WORTH_SHARING / 4
      const taken = (isShared && later.batches?.(work, batches)) || 'none'
      if (taken === 'some') this.#findings.limit('entries', work.path)
      if (taken !== 'none') return
      for (const batch of batches) {
        this.#options.counters.check()
        this.#findings.guard(work.path, () => format.read(work.bytes, work.region, batch.plan, sink))
      }
    })
  }

  #sink(work: RegionWork): Sink {
    const bytes = memoryBytes(new Uint8Array(0))
    return createSink(work, {
      ...this.#options,
      findings: this.#findings,
      rooms: this.#rooms,
      entry: (meta) => {
        this.#options.counters.addEntry(toldOf(meta))
        const content = memberContent(work.path, { meta, bytes, keep: () => bytes }, work.depth)
        this.#show(content, meta.type, undefined, false)
      },
      member: (member) => this.#member(work.path, member, work.depth),
    })
  }

  #member(root: string, member: Member, depth: number): void {
    this.#options.counters.addEntry(toldOf(member.meta))
    this.#findings.file(member.bytes.size)
    this.#content(memberContent(root, member, depth), false)
  }

  #gap(work: ContentWork, gap: Region, inlays: Inlays, separate: boolean): void {
    const parts = [...inlays.split(gap)]
    const told = parts.map((part) => this.#findings.unopened(work, part))
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

  #show(content: Content, type: Found['type'], format: string | undefined, covered: boolean): void {
    this.#findings.tally.artefacts++
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
}

/** Bytes of the names and attributes of a member. */
function toldOf({ path, target = '', xattrs = {} }: EntryMeta): number {
  let told = path.length + target.length
  for (const name in xattrs) told += name.length + (xattrs[name] as string).length
  return told
}
