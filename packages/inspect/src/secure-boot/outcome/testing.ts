import { createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes, sha256 } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import type { Artefact, Check, EvidenceDraft, Fact, Settings, TrustedKey } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'

/** The cases of a scheme: a folder for each, with the files of one release. */
export interface Cases {
  readonly check: Check
  /** Checks whose facts it reads. */
  readonly after?: readonly Check[]
  /** Of the check's `fixtures/`. */
  readonly fixtures: URL
  /** The formats whose regions the check looks at; other files are shown as they are. */
  readonly formats?: readonly string[]
  /** Nest path in which files lie that are no region; the release itself where it is not told. */
  readonly root?: string
}

export const KINDS = ['positive', 'negative', 'near-miss'] as const

export function namesOf({ fixtures }: Cases): readonly string[] {
  return KINDS.flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, fixtures))
      .sort()
      .map((name) => `${kind}/${name}`),
  )
}

export function fileOf({ fixtures }: Cases, path: string): Buffer {
  return readFileSync(new URL(path, fixtures))
}

/** A file of the release as the frame shows it: the region of a format at its start, or as it is. */
export function artefactOf({ formats = [], root = '' }: Cases, content: Uint8Array, file: string): Artefact {
  const bytes = memoryBytes(content)
  for (const format of FORMATS) {
    if (format.kind === 'stream' || !formats.includes(format.name)) continue
    const region = format.recognise(bytes, 0)
    if (!region) continue
    const path = `${file}@0x0:${format.name}`
    const more = { path, root: file, name: '', type: 'region', format: format.name } as const
    return testArtefact('', content.subarray(0, region.end), more)
  }
  return testArtefact(file, content, { path: root === '' ? file : `${root}/${file}`, root })
}

export function factsOfCase(cases: Cases, name: string): readonly Fact[] {
  return runCase(cases, name).facts
}

/** A case as one release: `.pub` is a key that the user trusts, `.digest` the digest of one (raw bytes). */
export function checkCase(
  cases: Cases,
  name: string,
  more: Partial<Settings> = {},
): readonly EvidenceDraft[] {
  return ofCheck(cases.check, runCase(cases, name, more))
}

/** A key that the user trusts, PEM. */
export function trustedKey(name: string, pem: Uint8Array | string): TrustedKey {
  const spki = createPublicKey(Buffer.from(pem)).export({ type: 'spki', format: 'der' })
  return { name, spki, sha256: sha256(spki) }
}

/** Files of a case that are none of the release: they say what the user trusts. */
export const TRUST = /\.(?:pub|digest)$/

/** What the user trusts in a case: `.pub` a key (PEM), `.digest` the digest of one (raw bytes). */
export function trustOf(
  files: readonly string[],
  content: (file: string) => Buffer,
): Pick<Settings, 'trusted' | 'trustedDigests'> {
  return {
    trusted: files.filter((file) => file.endsWith('.pub')).map((file) => trustedKey(file, content(file))),
    trustedDigests: files
      .filter((file) => file.endsWith('.digest'))
      .map((file) => content(file).toString('hex')),
  }
}

function runCase(cases: Cases, name: string, more: Partial<Settings> = {}): TestRun {
  const files = readdirSync(new URL(`${name}/`, cases.fixtures)).sort()
  const content = (file: string) => fileOf(cases, `${name}/${file}`)
  const artefacts = files
    .filter((file) => !TRUST.test(file))
    .map((file) => artefactOf(cases, content(file), file))
  return runChecks([privateKeysCheck, ...(cases.after ?? []), cases.check], artefacts, {
    ...trustOf(files, content),
    ...more,
  })
}

/** With what finds private keys, whose public halves checks compare with. */
export function checkArtefacts(
  check: Check,
  artefacts: readonly Artefact[],
  settings: Partial<Settings> = {},
): readonly EvidenceDraft[] {
  return ofCheck(check, runChecks([privateKeysCheck, check], artefacts, settings))
}

function ofCheck({ states }: Check, { evidence }: TestRun): readonly EvidenceDraft[] {
  return evidence.filter(({ kind }) => states.includes(kind))
}

/** `kind level polarity grade` of each, without the kind's common start. */
export function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.slice(kind.indexOf('.', 5) + 1), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

export function flipped(content: Uint8Array, at: number, mask = 1): Buffer {
  const changed = Buffer.from(content)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}
