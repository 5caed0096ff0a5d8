import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import type { Artefact, EvidenceDraft, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { TRUST, trustOf } from '../outcome/testing.ts'
import { mcubootCheck } from './index.ts'

/** A file of the release as the frame shows it: the region of an image, or a whole file that no format knows. */
export function artefact(content: Uint8Array, file: string): Artefact {
  const format = FORMATS.find(({ name }) => name === 'mcuboot')
  const region = format?.kind === 'container' ? format.recognise(memoryBytes(content), 0) : undefined
  if (!region) return testArtefact(file, content, { path: file, root: '' })
  const more = { root: file, name: '', type: 'region', format: 'mcuboot' } as const
  return testArtefact('', content.subarray(0, region.end), { ...more, path: imagePath(file) })
}

export function imagePath(file: string): string {
  return `${file}@0x0:mcuboot`
}

/** The body of an image, as the unpacker shows it when it has the key. */
export function bodyArtefact(content: Uint8Array, file: string): Artefact {
  return testArtefact('body', content, { root: imagePath(file) })
}

/** The files of a case of `fixtures/`. */
export function fixture(name: string, file = 'image.bin'): Buffer {
  return readFileSync(new URL(`./fixtures/${name}/${file}`, import.meta.url))
}

/** A case of `fixtures/` as one release: .pub for a key that the user trusts, .digest for its digest, .body for a body in the clear. */
export function runFixture(name: string, more: Partial<Settings> = {}): TestRun {
  const files = readdirSync(new URL(`./fixtures/${name}/`, import.meta.url)).sort()
  const artefacts = files.flatMap((file): readonly Artefact[] => {
    if (TRUST.test(file)) return []
    const content = fixture(name, file)
    return [
      file.endsWith('.body') ? bodyArtefact(content, file.replace('.body', '.bin')) : artefact(content, file),
    ]
  })
  const trust = trustOf(files, (file) => fixture(name, file))
  return runChecks([mcubootCheck], artefacts, { ...trust, ...more })
}

export function checkFixture(name: string, more: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runFixture(name, more).evidence
}

/** `kind level polarity grade` of each, without the kind's common start. */
export function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.mcuboot.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

export function cases(kind: 'positive' | 'negative' | 'near-miss'): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}
