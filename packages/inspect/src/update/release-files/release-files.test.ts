import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { releaseFilesCheck } from './index.ts'

function given(kind: string): readonly string[] {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).flatMap((name) => {
    const inner = name.replaceAll('__', '/')
    const artefact = testArtefact(inner, readFileSync(new URL(name, folder)), { root: '', path: inner })
    return runChecks([releaseFilesCheck], [artefact]).facts.map(({ place }) => place.path)
  })
}

describe('update.release-files', () => {
  it('gives what metadata may speak of, and nothing else', () => {
    expect(given('positive')).toEqual(['firmware.bin', 'targets/firmware.bin'])
    expect(given('negative')).toEqual([])
    expect(given('near-miss')).toEqual([])
  })

  it('gives no files of a file system', () => {
    expect(runChecks([releaseFilesCheck], [testArtefact('vmlinuz', 'x')]).facts).toEqual([])
    expect(runChecks([releaseFilesCheck], [testArtefact('targets/a', 'x')]).facts).toHaveLength(1)
  })
})
