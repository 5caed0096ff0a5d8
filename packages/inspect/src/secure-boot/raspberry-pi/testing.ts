import { readdirSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { parseRpiEeprom } from '@messlatte/unpack'
import type { Artefact, Settings } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { type Cases, fileOf, TRUST, trustOf } from '../outcome/testing.ts'
import { raspberryPiCheck } from './index.ts'

export const CASES: Cases = { check: raspberryPiCheck, fixtures: new URL('./fixtures/', import.meta.url) }

/** The files of a case; those of an EEPROM image as the unpacker shows them. */
export function artefactsOf(file: string, content: Buffer): readonly Artefact[] {
  const eeprom = file.startsWith('pieeprom') ? parseRpiEeprom(memoryBytes(content), 0) : undefined
  const root = `${file}@0x0:rpi-eeprom`
  return [
    testArtefact(file, content, { path: file, root: '' }),
    ...(eeprom?.sections ?? []).map(({ name, at, length }) =>
      testArtefact(name, content.subarray(at, at + length), { root }),
    ),
  ]
}

export function run(name: string, more: Partial<Settings> = {}): TestRun {
  const files = readdirSync(new URL(`${name}/`, CASES.fixtures)).sort()
  const content = (file: string) => fileOf(CASES, `${name}/${file}`)
  const artefacts = files
    .filter((file) => !TRUST.test(file))
    .flatMap((file) => artefactsOf(file, content(file)))
  return runChecks([privateKeysCheck, raspberryPiCheck], artefacts, { ...trustOf(files, content), ...more })
}
