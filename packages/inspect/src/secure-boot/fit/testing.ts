import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, EvidenceDraft, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { trustOf } from '../outcome/testing.ts'
import { fitCheck } from './index.ts'

/** A FIT as the frame shows it: a region of a file of the release. */
export function fitArtefact(content: Uint8Array, file = 'fit.itb'): Artefact {
  const path = `${file}@0x0:fit`
  return testArtefact('', content, { path, root: file, name: '', type: 'region', format: 'fit' })
}

/** A device tree, a file of the release or one within something. */
export function treeArtefact(content: Uint8Array, path = 'control.dtb'): Artefact {
  return testArtefact(path, content, { path, root: '', format: 'fdt' })
}

/** The files of a case of `fixtures/`. */
export function fixture(name: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}/${file}`, import.meta.url))
}

/** A case of `fixtures/` as one release: .itb, .dtb, and .pub for a key that the user trusts. */
export function runFixture(name: string, more: Partial<Settings> = {}): TestRun {
  const files = readdirSync(new URL(`./fixtures/${name}/`, import.meta.url)).sort()
  const artefacts = files.flatMap((file): readonly Artefact[] => {
    if (file.endsWith('.itb')) return [fitArtefact(fixture(name, file), file)]
    return file.endsWith('.dtb') ? [treeArtefact(fixture(name, file), file)] : []
  })
  const trust = trustOf(files, (file) => fixture(name, file))
  return runChecks([fitCheck], artefacts, { ...trust, ...more })
}

export function checkFixture(name: string, more: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runFixture(name, more).evidence
}

/** `kind level polarity grade` of each, without the kind's common start. */
export function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.fit.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

export function cases(kind: 'positive' | 'negative' | 'near-miss'): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}
