import { createPublicKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { linkFaults, linksInShort, linksOf } from '../../secure-boot/chain/testing.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { anchorsCheck } from '../anchors/index.ts'
import { clientsCheck } from '../clients/index.ts'

const ROOT = 'device.img@0x0:squashfs'

/** Cases of a check of update files: a folder for each, with the files of one release. */
export interface UpdateCases {
  readonly check: Check
  /** Checks whose facts it reads, beside those of keys and clients. */
  readonly after?: readonly Check[]
  readonly fixtures: URL
  /** Ending of update files, and the format that they are; files as they lie in the release where it is left out. */
  readonly ending: string
  readonly format?: string
  /** Another ending, and its format. */
  readonly also?: readonly [ending: string, format: string]
  /** Nest path in which the other files of a case lie; the release itself where it is not told. */
  readonly root?: string
  /** Where devices keep `update.pem`, if not in `etc`. */
  readonly keyAt?: string
  /** Path and content of a configuration that names `/etc/update.pem`. */
  readonly configuration: readonly [string, string]
}

export function updateFile({ fixtures }: UpdateCases, path: string): Buffer {
  return readFileSync(new URL(path, fixtures))
}

export function updateArtefact({ format, also }: UpdateCases, content: Uint8Array, file = 'a'): Artefact {
  const name = also && file.endsWith(also[0]) ? also[1] : format
  if (name === undefined) return testArtefact(file, content, { path: file, root: '' })
  const region = { root: file, name: '', type: 'region', format: name } as const
  return testArtefact('', content, { ...region, path: `${file}@0x0:${name}` })
}

/**
 * `update.pem` is what the client of the device is configured with; other PEM files lie beside the update. `__` in a name
 * stands for a slash.
 */
export function runUpdate(
  cases: UpdateCases,
  name: string,
  settings: Partial<Settings> = {},
  more: readonly Artefact[] = [],
  change: (content: Buffer, file: string) => Buffer = (content) => content,
): TestRun {
  const files = readdirSync(new URL(`${name}/`, cases.fixtures)).sort()
  const artefacts = files.flatMap((file): readonly Artefact[] => {
    const content = change(updateFile(cases, `${name}/${file}`), file)
    if (file.endsWith(cases.ending) || (cases.also && file.endsWith(cases.also[0])))
      return [updateArtefact(cases, content, file)]
    if (file !== 'update.pem') {
      const inner = file.replaceAll('__', '/')
      const { root = '' } = cases
      return [testArtefact(inner, content, { path: root === '' ? inner : `${root}/${inner}`, root })]
    }
    const [path, text] = cases.configuration
    return [
      testArtefact(cases.keyAt ?? 'etc/update.pem', content, { root: ROOT }),
      testArtefact(path, text, { root: ROOT }),
    ]
  })
  return runArtefacts(cases, [...artefacts, ...more], settings)
}

export function runArtefacts(
  { check, after = [] }: UpdateCases,
  artefacts: readonly Artefact[],
  settings: Partial<Settings> = {},
): TestRun {
  return runChecks([privateKeysCheck, anchorsCheck, clientsCheck, ...after, check], artefacts, settings)
}

/** `kind level polarity grade` of each, without what all updates have. */
export function updateInShort({ check }: UpdateCases, { evidence }: TestRun): readonly string[] {
  return evidence
    .filter(({ kind }) => check.states.includes(kind) && !kind.endsWith('.description'))
    .map(({ kind, level, polarity, confidence }: EvidenceDraft) =>
      [kind.split('.').at(-1), level ?? '-', polarity, confidence.grade].join(' '),
    )
}

export function updateTable(cases: UpdateCases, kind: string): Readonly<Record<string, readonly string[]>> {
  const names = readdirSync(new URL(`${kind}/`, cases.fixtures)).sort()
  return Object.fromEntries(
    names.map((name) => [name, updateInShort(cases, runUpdate(cases, `${kind}/${name}`))]),
  )
}

/** What contradicts itself in the links of all cases. */
export function updateLinkFaults(cases: UpdateCases): readonly string[] {
  return ['positive', 'negative', 'near-miss'].flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, cases.fixtures)).flatMap((name) =>
      linksOf(runUpdate(cases, `${kind}/${name}`).facts).flatMap((link) =>
        linkFaults(link).map((fault) => `${kind}/${name} ${fault}`),
      ),
    ),
  )
}

/** As `--trust` gives a key: a public key in PEM, or its SubjectPublicKeyInfo. */
export function trusting(key: Uint8Array): Pick<Settings, 'trusted'> {
  const spki =
    key[0] === 0x30 ? key : createPublicKey(Buffer.from(key)).export({ type: 'spki', format: 'der' })
  return { trusted: [{ name: 'mine', spki, sha256: sha256(spki) }] }
}

type Table = Readonly<Record<string, readonly string[]>>

/** What the tests of all checks of update files have in common. */
export interface UpdateSuite {
  readonly negative: Table
  readonly positive: Table
  readonly nearMiss: Table
  /** A case with a signature that holds, and the file of it that is changed. */
  readonly whole: readonly [name: string, file: string]
  /** Stretches of the file in which no bit may change without being told; all of it where they are left out. */
  readonly covered?: (content: Buffer) => readonly (readonly [from: number, to: number])[]
  /** Links of the whole case. */
  readonly links: readonly string[]
}

const TRIES = 60

export function updateSuite(cases: UpdateCases, suite: UpdateSuite): void {
  const [name, file] = suite.whole
  const changed = (change: (content: Buffer) => Buffer) =>
    runUpdate(cases, name, {}, [], (content, at) => (at === file ? change(content) : content))

  it('verifies with what devices have', () => {
    expect(updateTable(cases, 'negative')).toEqual(suite.negative)
  })

  it('says what is against an update', () => {
    expect(updateTable(cases, 'positive')).toEqual(suite.positive)
  })

  it('does not take for good what nobody vouches for', () => {
    expect(updateTable(cases, 'near-miss')).toEqual(suite.nearMiss)
  })

  it('gives links that do not contradict themselves', () => {
    expect(updateLinkFaults(cases)).toEqual([])
    expect(linksInShort(runUpdate(cases, name).facts)).toEqual(suite.links)
  })

  it('never verifies what was changed', () => {
    const content = updateFile(cases, `${name}/${file}`)
    for (const [from, to] of suite.covered?.(content) ?? [[0, content.length]]) {
      for (let at = from; at < to; at += Math.max(1, Math.floor((to - from) / TRIES))) {
        const found = updateInShort(
          cases,
          changed((whole) => {
            whole[at] = (whole[at] as number) ^ 2
            return whole
          }),
        )
        const isFine = found.length > 0 && found.every((one) => one.includes(' for '))
        expect(isFine, `${at}: ${found}`).toBe(false)
      }
    }
  })

  it('gives an answer for any bytes', () => {
    const { length } = updateFile(cases, `${name}/${file}`)
    fc.assert(
      fc.property(
        fc.nat(length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        fc.nat(length),
        (at, bytes, cut) => {
          changed((whole) => {
            whole.set(bytes.subarray(0, whole.length - at), at)
            return cut % 3 === 0 ? whole.subarray(0, cut) : whole
          })
        },
      ),
      { numRuns: TRIES },
    )
  })
}
