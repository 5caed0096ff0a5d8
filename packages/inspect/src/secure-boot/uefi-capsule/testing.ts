import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { uefiCapsuleCheck } from './index.ts'

export const VOLUME = 'bios.fd@0x0:uefi-volume/FMP/FmpDxe.efi'

export function fixture(folder: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${folder}/${file}`, import.meta.url))
}

export function artefactOf(file: string, content: Uint8Array): Artefact {
  const region = { root: file, type: 'region' } as const
  if (file.endsWith('.cap'))
    return testArtefact('', content, { ...region, path: `${file}@0x0:uefi-capsule`, format: 'uefi-capsule' })
  if (file.endsWith('.dtb'))
    return testArtefact('', content, { ...region, path: `${file}@0x0:fdt`, format: 'fdt' })
  return testArtefact(file, content, { path: VOLUME })
}

/** A case of `fixtures/` as one release. */
export function releaseOf(folder: string): readonly Artefact[] {
  const files = readdirSync(new URL(`./fixtures/${folder}/`, import.meta.url)).sort()
  return files.filter((file) => !file.endsWith('.pem')).map((file) => artefactOf(file, fixture(folder, file)))
}

export function run(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): TestRun {
  return runChecks([uefiCapsuleCheck], artefacts, settings)
}
