import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import type { Artefact, EvidenceDraft, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { TRUST, trustOf } from '../outcome/testing.ts'
import { espCheck } from './index.ts'

const OF_ESP = ['esp-image', 'esp-partition-table', 'esp-otadata']

/** A file of the release as the frame shows it: the first region that a format of the family recognises. */
export function espArtefact(content: Uint8Array, file: string): Artefact {
  const bytes = memoryBytes(content)
  for (const start of [0, 4096]) {
    for (const format of FORMATS) {
      if (format.kind !== 'container' || !OF_ESP.includes(format.name)) continue
      const region = start < content.length ? format.recognise(bytes, start) : undefined
      if (!region) continue
      const path = `${file}@0x${start.toString(16)}:${format.name}`
      const more = { path, root: file, name: '', type: 'region', format: format.name } as const
      return testArtefact('', content.subarray(start, region.end), more)
    }
  }
  return testArtefact(file, content, { path: file, root: '' })
}

/** The files of a case of `fixtures/`. */
export function fixture(name: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}/${file}`, import.meta.url))
}

/** A case of `fixtures/` as one release: .pub for a key that the user trusts, .digest for one as fuses hold it. */
export function runFixture(name: string, more: Partial<Settings> = {}): TestRun {
  const files = readdirSync(new URL(`./fixtures/${name}/`, import.meta.url)).sort()
  const artefacts = files
    .filter((file) => !TRUST.test(file))
    .map((file) => espArtefact(fixture(name, file), file))
  const trust = trustOf(files, (file) => fixture(name, file))
  return runChecks([espCheck], artefacts, { ...trust, ...more })
}

export function checkFixture(name: string, more: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runFixture(name, more).evidence
}

/** `kind level polarity grade` of each, without the kind's common start. */
export function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.esp.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

export function cases(kind: 'positive' | 'negative' | 'near-miss'): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}
