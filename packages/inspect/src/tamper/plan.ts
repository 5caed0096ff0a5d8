import type { Bytes } from '@messlatte/bytes'
import type { CaseRef, TamperAnswer, TamperFile, TamperKind, Text } from '@messlatte/model'
import { type Anatomy, type Forgery, type Hands, isOfReader, NotMade, type Part, text } from './contract.ts'
import { Rope } from './rope.ts'
import { FLIPPED, FLIPPED_INSIDE, FLIPPED_PART, JUDGE, SUMS, TRUNCATED, UNCHANGED } from './say.ts'

/** A file of the set, as a plan. */
export interface Variant {
  /** From 1. */
  readonly number: number
  /** Behind the number in its name: lower case, digits and `-`. */
  readonly what: string
  readonly kind: TamperKind
  readonly title: Text
  readonly part: Pick<Part, 'name' | 'cover' | 'at' | 'length'> | undefined
  readonly answer: TamperAnswer
  /** Why it is for a person to judge. */
  readonly judge: Text | undefined
  /** Whether sums outside of the signature were put in order: `none` where nothing had to be. */
  readonly sums: TamperFile['sums']
  readonly cases: readonly CaseRef[]
  readonly rope: Rope
}

/** What was not made, and why. */
export interface Unmade {
  readonly what: string
  readonly why: Text
}

export interface Plan {
  readonly format: string
  readonly signed: Anatomy['signed']
  readonly sums: Text | undefined
  readonly variants: readonly Variant[]
  readonly unmade: readonly Unmade[]
  readonly limits: readonly Text[]
}

type Draft = Omit<Variant, 'number' | 'cases'>

/**
 * All variants of a file, in a fixed order. Only their bytes that are signed or drawn at random differ from run to run.
 * @param onStep called before each of them
 */
export function planTampering(
  bytes: Bytes,
  anatomy: Anatomy,
  hands: Hands,
  onStep: () => void = () => undefined,
): Plan {
  const unmade: Unmade[] = []
  const drafts: Draft[] = []
  const add = (what: string, make: () => Draft) => {
    onStep()
    try {
      const draft = make()
      if (draft.rope.changes().length === 0) unmade.push({ what, why: UNCHANGED })
      else drafts.push(...withSums(draft, anatomy))
    } catch (error) {
      unmade.push({ what, why: reasonOf(error) })
    }
  }
  for (const part of anatomy.parts) add(`flip-${part.name}`, () => flipped(bytes, part, anatomy))
  for (const forgery of anatomy.forgeries) {
    const what = forgery.variant === undefined ? forgery.kind : `${forgery.kind}-${forgery.variant}`
    add(what, () => forged(forgery, what, hands))
  }
  for (const draft of truncated(bytes, anatomy.parts)) add(draft.what, () => draft)
  return {
    format: anatomy.format,
    signed: anatomy.signed,
    sums: anatomy.sums?.title,
    variants: drafts.map((draft, index) => ({ ...draft, number: index + 1, cases: casesOf(draft.kind) })),
    unmade,
    limits: anatomy.limits,
  }
}

/** What hostile bytes do to readers is a reason; what else is thrown is a fault of ours. */
function reasonOf(error: unknown): Text {
  if (error instanceof NotMade) return error.why
  if (isOfReader(error))
    return text(
      `The file cannot be read there: ${error.message}.`,
      `Die Datei ist dort nicht lesbar: ${error.message}.`,
    )
  throw error
}

/** The file with its sums in order comes first: it is the one that tries the signature. */
function withSums(draft: Draft, { sums }: Anatomy): readonly Draft[] {
  // A sum that was flipped itself would only be put back.
  if (!sums || draft.kind === 'truncated' || draft.part?.cover === 'checksum') return [draft]
  const mended = mendedBy(sums.mend, draft.rope)
  if (mended === draft.rope) return [draft]
  const inOrder: Draft = {
    ...draft,
    rope: mended,
    sums: 'mended',
    title: SUMS.mended(draft.title, sums.title),
  }
  if (draft.kind !== 'flip') return [inOrder]
  return [
    inOrder,
    { ...draft, sums: 'left', what: `${draft.what}-sum-left`, title: SUMS.left(draft.title, sums.title) },
  ]
}

/** What a change made unreadable has no sums to mend. */
function mendedBy(mend: (rope: Rope) => Rope, rope: Rope): Rope {
  try {
    return mend(rope)
  } catch (error) {
    if (isOfReader(error)) return rope
    throw error
  }
}

function flipped(bytes: Bytes, part: Part, anatomy: Anatomy): Draft {
  const at = part.at + (part.flipAt ?? Math.floor(part.length / 2))
  const { name, cover, length } = part
  const judge = judgeOf(part)
  return {
    what: `flip-${name}`,
    kind: 'flip',
    title: titleOf(part, at, anatomy),
    part: { name, cover, at: part.at, length },
    answer: judge ? 'judge' : 'refuse',
    judge,
    sums: 'none',
    rope: part.flipped?.() ?? Rope.of(bytes).flip(at),
  }
}

function titleOf({ title, flipped }: Part, at: number, { format }: Anatomy): Text {
  if (flipped) return FLIPPED_INSIDE(title)
  return format === 'unknown' ? FLIPPED(at) : FLIPPED_PART(title, at)
}

function judgeOf({ cover, used }: Part): Text | undefined {
  if (used === false) return JUDGE.unused
  return cover === 'checksum' ? JUDGE.sum : undefined
}

function forged(forgery: Forgery, what: string, hands: Hands): Draft {
  return {
    what,
    kind: forgery.kind,
    title: forgery.title,
    part: undefined,
    answer: forgery.judge ? 'judge' : 'refuse',
    judge: forgery.judge,
    sums: 'none',
    rope: forgery.make(hands),
  }
}

/** Half of it, and all but the last byte that is put to use: padding behind that may be missing without harm. */
function truncated(bytes: Bytes, parts: readonly Part[]): readonly Draft[] {
  const draft = (what: string, size: number): Draft => ({
    what,
    kind: 'truncated',
    title: TRUNCATED(size, bytes.size),
    part: undefined,
    answer: 'refuse',
    judge: undefined,
    sums: 'none',
    rope: Rope.of(bytes).cut(size),
  })
  const ends = parts.filter(({ used }) => used !== false).map(({ at, length }) => at + length)
  const end = ends.length > 0 ? Math.max(...ends) : bytes.size
  const half = Math.floor(end / 2)
  return end < 4 ? [] : [draft('truncated-half', half), draft('truncated-end', end - 1)]
}

/** The functional cases: misuse of the mechanism in both editions, a manipulated update in the newer one. */
const MISUSE: readonly CaseRef[] = [
  { spec: 'ts103701-v1.1.1', id: '5.3-2-2' },
  { spec: 'ts103701-v2.1.1', id: '5.3-2-2' },
]
const MANIPULATED: CaseRef = { spec: 'ts103701-v2.1.1', id: '5.3-9-2' }

function casesOf(kind: TamperKind): readonly CaseRef[] {
  return kind === 'older-version' ? MISUSE : [...MISUSE, MANIPULATED]
}
