import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { uefiKeysCheck } from '../uefi-keys/index.ts'
import { uefiCheck } from './index.ts'

export function fixture(folder: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${folder}/${file}`, import.meta.url))
}

/** A file of a case as the frame shows it. */
export function artefactOf(file: string, content: Uint8Array): Artefact {
  if (file.endsWith('.store')) {
    const path = `${file}@0x0:uefi-variables`
    return testArtefact('', content, { path, root: file, type: 'region', format: 'uefi-variables' })
  }
  const format = file.endsWith('.efi') || file.endsWith('.EFI') ? 'pe' : undefined
  return testArtefact(file.replaceAll('__', '/'), content, { format })
}

/** A case of `fixtures/` as one release. */
export function releaseOf(folder: string): readonly Artefact[] {
  const files = readdirSync(new URL(`./fixtures/${folder}/`, import.meta.url)).sort()
  return files.filter((file) => !file.endsWith('.crt')).map((file) => artefactOf(file, fixture(folder, file)))
}

export function run(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): TestRun {
  return runChecks([uefiKeysCheck, uefiCheck], artefacts, settings)
}

/** What this check says, and not that of the keys. */
export function inShort({ evidence }: TestRun): readonly string[] {
  const ours = new Set(uefiCheck.states)
  return evidence
    .filter(
      ({ kind, observation }) =>
        ours.has(kind) && !('lists' in Object(observation) && kind === 'boot.uefi.known-key'),
    )
    .map(({ kind, level, polarity, confidence }) =>
      [kind.replace('boot.uefi.', ''), level ?? '-', polarity, confidence.grade].join(' '),
    )
}
