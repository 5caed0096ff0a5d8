import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { linkFaults, linksOf } from '../../secure-boot/chain/testing.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { anchorsCheck } from '../anchors/index.ts'
import { clientsCheck } from '../clients/index.ts'

const ROOT = 'device.img@0x0:squashfs'

/** Cases of a check of update files: a folder for each, with the files of one release. */
export interface UpdateCases {
  readonly check: Check
  readonly fixtures: URL
  /** Ending of update files, and the format that they are; files as they lie in the release where it is left out. */
  readonly ending: string
  readonly format?: string
  /** Another ending, and its format. */
  readonly also?: readonly [ending: string, format: string]
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

/** `update.pem` is what the client of the device is configured with; other PEM files lie beside the update. */
export function runUpdate(
  cases: UpdateCases,
  name: string,
  settings: Partial<Settings> = {},
  more: readonly Artefact[] = [],
): TestRun {
  const files = readdirSync(new URL(`${name}/`, cases.fixtures)).sort()
  const artefacts = files.flatMap((file): readonly Artefact[] => {
    const content = updateFile(cases, `${name}/${file}`)
    if (file.endsWith(cases.ending) || (cases.also && file.endsWith(cases.also[0])))
      return [updateArtefact(cases, content, file)]
    if (file !== 'update.pem') return [testArtefact(file, content, { path: file, root: '' })]
    const [path, text] = cases.configuration
    return [
      testArtefact(cases.keyAt ?? 'etc/update.pem', content, { root: ROOT }),
      testArtefact(path, text, { root: ROOT }),
    ]
  })
  return runArtefacts(cases, [...artefacts, ...more], settings)
}

export function runArtefacts(
  { check }: UpdateCases,
  artefacts: readonly Artefact[],
  settings: Partial<Settings> = {},
): TestRun {
  return runChecks([privateKeysCheck, anchorsCheck, clientsCheck, check], artefacts, settings)
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
