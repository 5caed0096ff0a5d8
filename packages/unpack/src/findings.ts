import { type Bytes, BytesError, DecodeError } from '@messlatte/bytes'
import type { DamageNote, LimitName, MapPart, UnknownRegion } from '@messlatte/model'
import { type Format, FormatError, type Region } from './contract.ts'
import { describeBytes } from './entropy.ts'
import type { Part } from './inlays.ts'
import { BudgetError, LimitError } from './limits.ts'
import { findPadding, partsBetweenErased } from './padding.ts'
import { damageCode, safely } from './safely.ts'
import { emptyTally, keep, limitHit, type Tally } from './tally.ts'

/** A content, or a stretch of one, of which something is told. */
interface Told {
  readonly path: string
  readonly bytes: Bytes
  readonly depth: number
  readonly program: boolean
}

/** Puts into a tally what a walk finds and could not do. */
export class Findings {
  tally: Tally = emptyTally()

  file(bytes: number): void {
    this.tally.files++
    this.tally.bytes += bytes
  }

  format(name: string): void {
    this.tally.formats[name] = (this.tally.formats[name] ?? 0) + 1
  }

  damage(path: string, code: DamageNote['code'], message: string): void {
    keep(this.tally, 'damage', { path, code, message })
  }

  limit(limit: LimitName, path: string): void {
    keep(this.tally, 'limits', limitHit(limit, path))
  }

  region(path: string, { start, end }: Region, format: string, parts: readonly MapPart[] = []): void {
    const told = { path, offset: start, length: end - start, kind: 'format', format } as const
    keep(this.tally, 'map', parts.length > 0 ? { ...told, parts } : told)
  }

  layouts(path: string, bytes: Bytes, format: Format, region: Region): void {
    for (const layout of safely(() => format.layouts?.(bytes, region)) ?? [])
      keep(this.tally, 'layouts', { path, layout })
  }

  /** A part of a stretch that was not opened; gives what of it is no padding. */
  unopened({ path, bytes, depth, program }: Told, part: Part): readonly Region[] {
    if (part.inlaid !== undefined) {
      this.format(part.inlaid)
      if (depth === 0) this.region(path, part, part.inlaid)
      return [part]
    }
    const { rest } = findPadding(bytes, part)
    const written = rest.flatMap((one) => partsBetweenErased(bytes, one))
    this.tally.paddingBytes += written.reduce(
      (left, one) => left - (one.end - one.start),
      part.end - part.start,
    )
    if (depth === 0) this.#mapGap(path, part, written)
    for (const { start, end } of written) {
      const described = describeBytes(bytes, start, end - start)
      if (program && !isOpaque(described.guess)) continue
      this.tally.unknownBytes += end - start
      keep(this.tally, 'unknown', { path, offset: start, length: end - start, ...described })
    }
    return rest
  }

  /** Whatever goes wrong costs this path and nothing else; only the run's own budget ends everything. */
  guard(path: string, attempt: () => void): void {
    try {
      attempt()
    } catch (error) {
      if (error instanceof BudgetError) throw error
      if (error instanceof LimitError) this.limit(error.limit, path)
      else if (error instanceof FormatError) this.damage(path, error.code, error.message)
      else if (error instanceof DecodeError) this.damage(path, damageCode(error.code), error.message)
      else if (error instanceof BytesError) this.damage(path, 'truncated', error.message)
      else this.limit('crash', path)
    }
  }

  #mapGap(path: string, gap: Region, rest: readonly Region[]): void {
    let done = gap.start
    const add = (kind: MapPart['kind'], offset: number, end: number) => {
      if (end > offset) keep(this.tally, 'map', { path, offset, length: end - offset, kind })
    }
    for (const { start, end } of rest) {
      add('padding', done, start)
      add('unknown', start, end)
      done = end
    }
    add('padding', done, gap.end)
  }
}

/** Within a program, too, what looks like this is nothing that its container spoke of. */
function isOpaque(guess: UnknownRegion['guess']): boolean {
  return guess === 'compressed' || guess === 'compressed-or-encrypted'
}
