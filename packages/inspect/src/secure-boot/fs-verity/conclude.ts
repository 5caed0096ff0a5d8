import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import { otherEvidence, signatureEvidence } from '../outcome/evidence.ts'
import { keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { type CheckedFile, checkFiles, type FileState } from './files.ts'
import * as say from './say.ts'
import { FS_VERITY } from './scheme.ts'
import { type SignedFile, signedFiles } from './signatures.ts'

/** Files that are named; links name more. */
const MOST_NAMED = 12
const MOST_COVERED = 64
const SIGNATURE = 'boot.fs-verity.signature'
const LEVELS: Readonly<Record<FileState, EvidenceDraft['level']>> = {
  match: 'E2',
  content: 'E2',
  'tree-differs': 'EX',
  differs: 'EX',
  broken: 'EX',
  pending: undefined,
}

/** Reduce: computes every tree again, and verifies the signatures; files of one system that come to the same are one line. */
export function concludeFsVerity(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  const checked = checkFiles(facts, out)
  for (const group of grouped(checked, ({ file, state }) => `${file.place.root} ${state}`))
    out.evidence(filesEvidence(group))
  // A signature over a descriptor whose content is another one covers nothing of what is there.
  const wrong = new Set(
    checked.filter(({ state }) => LEVELS[state] === 'EX').map(({ file }) => file.place.path),
  )
  for (const group of grouped(signedFiles(checked, facts, ring, out), signerOf)) {
    const [first] = group as readonly [SignedFile]
    const observed = {
      count: group.length,
      some: group.slice(0, MOST_NAMED).map(({ place }) => place.path),
      digest: first.digest,
      kept: first.kept,
      certificates: first.certificates
        .slice(0, MOST_NAMED)
        .map(({ subject, sha256 }) => `${subject.text} ${sha256}`),
    }
    for (const draft of signatureEvidence(FS_VERITY, first.place, ring, first.outcome, observed)) {
      out.evidence(draft)
      const covered = group.filter(({ place }) => !wrong.has(place.path))
      if (draft.kind === SIGNATURE && covered.length > 0) giveLink(out, covered, draft)
    }
  }
}

function signerOf({ system, kept, outcome }: SignedFile): string {
  const keys =
    'keys' in outcome ? outcome.keys.map(({ spkiSha256, origin }) => `${origin} ${spkiSha256}`) : []
  return JSON.stringify([system, kept, outcome.result, keys])
}

function grouped<One>(all: readonly One[], keyOf: (one: One) => string): Iterable<readonly One[]> {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups.values()
}

function filesEvidence(group: readonly CheckedFile[]): EvidenceDraft {
  const [{ file, state }] = group as readonly [CheckedFile]
  const level = LEVELS[state]
  const { descriptor } = file.data
  const common = {
    ...(level ? { level } : {}),
    title: say.title(group.length, state),
    observation: {
      state,
      system: file.place.root,
      count: group.length,
      some: group.slice(0, MOST_NAMED).map((one) => one.file.place.inner),
      signed: group.filter((one) => (one.file.data.descriptor?.signature ?? '') !== '').length,
      algorithm: descriptor?.algorithm ?? null,
      block: descriptor?.block ?? null,
      salt: descriptor?.salt ?? null,
      digest: descriptor?.digest ?? null,
      repeat: 'fsverity digest FILE (with --hash-alg, --block-size, --salt); fsverity measure FILE on a unit',
    },
  } as const
  const reason = say.REASONS[state]
  return level === 'EX'
    ? otherEvidence(FS_VERITY, 'files', file.place, {
        ...common,
        polarity: 'against',
        confidence: { grade: 'medium', reason },
        overturnedBy: say.AS_DELIVERED,
      })
    : otherEvidence(FS_VERITY, 'files', file.place, {
        ...common,
        polarity: 'neutral',
        confidence: { grade: state === 'match' ? 'high' : 'medium', reason },
      })
}

/** What a signature covers: the content of each file, by its digest. */
function giveLink(out: ReduceOut, group: readonly SignedFile[], { level }: EvidenceDraft): void {
  const [{ place, system, outcome }] = group as readonly [SignedFile]
  const link = linkOf(FS_VERITY, place, {
    evidence: 'signature',
    level: level ?? 'E0',
    covers: group.slice(0, MOST_COVERED).map((one) => ({
      path: one.place.path,
      stage: 'files',
      name: one.place.inner || one.place.path,
    })),
    keys: outcome.result === 'verified' ? outcome.keys : [],
  })
  out.fact('chain.link', place, system === '' ? link : { ...link, holder: system })
}
