import { readdirSync, readFileSync } from 'node:fs'
import type { Artefact, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { linuxConfigCheck } from '../linux-config/index.ts'
import { linuxModulesCheck } from './index.ts'

export const KERNEL = 'boot/vmlinuz@0x0:kernel/payload@0x0:lz4/content@0x0:kernel/segment-3'

export function fixture(folder: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${folder}/${file}`, import.meta.url))
}

export function artefactOf(file: string, content: Uint8Array): Artefact {
  if (file === 'kernel.bin') return testArtefact('segment-3', content, { path: KERNEL })
  if (file === 'config') return testArtefact('boot/config-6.1.0', content)
  return testArtefact(file.endsWith('.ko') ? `lib/modules/6.1.0/kernel/${file}` : `etc/keys/${file}`, content)
}

/** A case of `fixtures/` as one release. */
export function releaseOf(folder: string): readonly Artefact[] {
  const files = readdirSync(new URL(`./fixtures/${folder}/`, import.meta.url)).sort()
  return files.map((file) => artefactOf(file, fixture(folder, file)))
}

export function run(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): TestRun {
  return runChecks([linuxConfigCheck, linuxModulesCheck], artefacts, settings)
}

export function inShort({ evidence }: TestRun): readonly string[] {
  return evidence
    .filter(({ kind }) => linuxModulesCheck.states.includes(kind))
    .map(({ kind, level, polarity, confidence, observation }) => {
      const { count } = observation as { readonly count: number }
      return [kind.replace('boot.linux.module-', ''), level ?? '-', polarity, confidence.grade, count].join(
        ' ',
      )
    })
}
