import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, Check, EvidenceDraft } from '../contract.ts'
import { runChecks, testArtefact } from '../testing.ts'

/** A folder of fixtures that belong to one release: path inside the image by file name, with `__` for each slash. */
export interface FixtureCase {
  readonly name: string
  readonly artefacts: readonly Artefact[]
}

/** The cases of `fixtures/<kind>/` beside a test. */
export function fixtureCases(
  testUrl: string,
  kind: 'positive' | 'negative' | 'near-miss',
): readonly FixtureCase[] {
  const folder = new URL(`./fixtures/${kind}/`, testUrl)
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const files = new URL(`${name}/`, folder)
      const artefacts = readdirSync(files)
        .sort()
        .map((file) => fileOf(file.replaceAll('__', '/'), readFileSync(new URL(file, files))))
      return { name, artefacts }
    })
}

function fileOf(inner: string, content: Buffer): Artefact {
  const isElf = content.subarray(0, 4).toString('latin1') === '\x7fELF'
  return testArtefact(inner, content, { mode: 0o600, ...(isElf ? { format: 'elf' } : {}) })
}

/** What a check and the boot find in one case of fixtures. */
export function evidenceOfCase(
  testUrl: string,
  kind: 'near-miss' | 'negative' | 'positive',
  name: string,
  checks: readonly Check[],
): readonly EvidenceDraft[] {
  const found = fixtureCases(testUrl, kind).find((one) => one.name === name)
  if (!found) throw new Error(`no case ${kind}/${name}`)
  return runChecks(checks, found.artefacts).evidence.filter(({ kind: what }) =>
    what.startsWith('credential.'),
  )
}

/** `subject setting user value: polarity grade, state`, one line for each statement. */
export function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence
    .map(({ polarity, confidence, observation }) => {
      const { subject, settings, user, value, state } = observation as {
        readonly subject?: string
        readonly settings?: readonly string[]
        readonly user?: string
        readonly value?: { readonly $secret: { readonly value: string } }
        readonly state?: string
      }
      const words = [
        subject,
        settings?.join('+'),
        user === undefined ? '' : `(${user})`,
        value?.$secret.value,
      ]
      return `${words.filter(Boolean).join(' ')}: ${polarity} ${confidence.grade}, ${state}`
    })
    .sort()
}
