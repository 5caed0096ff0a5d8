import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import type { ComponentSeen } from '../facts.ts'
import { programsCheck } from './index.ts'
import { COMPONENT_RULES } from './rules.ts'

interface Sample {
  readonly id: string
  readonly version: string | null
  readonly file: string
  readonly text: string
}

interface NearMiss {
  readonly why: string
  readonly file: string
  readonly text: string
  readonly nameOnly?: boolean
}

function fixture<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')) as readonly T[]
}

function seenIn({ file, text }: Pick<Sample, 'file' | 'text'>): readonly ComponentSeen[] {
  // Some bytes around, as in a file.
  const content = Buffer.from(`\x7f\0\0\0${text}\0\0\0`, 'latin1')
  return runChecks([programsCheck], [testArtefact(file, content, { format: 'elf' })])
    .facts.filter(({ kind }) => kind === 'component.seen')
    .map(({ data }) => data as ComponentSeen)
}

const SAMPLES = [...fixture<Sample>('positive/debian-12.json'), ...fixture<Sample>('positive/described.json')]

describe('components.programs', () => {
  it('knows at least 150 components, each with a sample', () => {
    const ids = COMPONENT_RULES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(150)
    expect(ids.toSorted()).toEqual(SAMPLES.map(({ id }) => id).toSorted())
  })

  it.each(SAMPLES)('knows $id by its own bytes', (sample) => {
    expect(seenIn(sample).map(({ id, version }) => [id, version ?? null])).toContainEqual([
      sample.id,
      sample.version,
    ])
  })

  it('sees nothing of a sample whose version is cut off', () => {
    for (const sample of SAMPLES.filter(({ version }) => version !== null)) {
      const cut = sample.text.replaceAll(sample.version as string, '%s')
      const named = seenIn({ file: sample.file.replaceAll(sample.version as string, ''), text: cut })
      expect(
        named.filter(({ version }) => version !== undefined),
        sample.id,
      ).toEqual([])
    }
  })

  it.each(fixture<NearMiss>('near-miss/quotations.json'))('is not misled: $why', (miss) => {
    const seen = seenIn(miss)
    expect(seen.filter(({ version }) => version !== undefined)).toEqual([])
    expect(seen.length > 0).toBe(miss.nameOnly === true)
  })

  it('says nothing of what it does not know', () => {
    for (const sample of fixture<NearMiss>('negative/unknown.json')) expect(seenIn(sample)).toEqual([])
  })
})
